import { expect, type Page, test } from '@playwright/test';
import { hostOf } from './expected.ts';
import { connect, openScene, type Scene, showOnAllSites, tabId, visit } from './scene.ts';

/** The same build creates every object in two organisations that are configured differently, and takes it back. */
let scene: Scene;

test.afterEach(async () => {
  await scene?.close();
});

type Filling = Readonly<Record<string, string>>;

/** What a person types or chooses, by label; `own` is what only the second organisation asks for. */
const RECORDS: readonly { object: string; name: string; typed: Filling; own: Filling; seen: Filling }[] = [
  {
    object: 'Lead',
    name: 'New lead',
    typed: { 'Last Name': 'Keysworth', Company: 'Keysworth Ltd' },
    own: { Region: 'EMEA', Territory: 'DACH' },
    seen: { LastName: 'Keysworth' },
  },
  {
    object: 'Contact',
    name: 'New contact',
    typed: { 'Last Name': 'Lindqvist' },
    own: { 'Preferred Language': 'German' },
    seen: { LastName: 'Lindqvist' },
  },
  {
    object: 'Account',
    name: 'New account',
    typed: { 'Account Name': 'Lindqvist Pumps' },
    own: { Segment: 'Enterprise' },
    seen: { Name: 'Lindqvist Pumps' },
  },
  {
    object: 'Opportunity',
    name: 'New opportunity',
    typed: { Name: 'Pumps for plant 2', Stage: 'Prospecting', 'Close Date': '2027-03-31' },
    own: { 'Budget Code': 'B-27' },
    seen: { Name: 'Pumps for plant 2', CloseDate: '2027-03-31' },
  },
  {
    object: 'Task',
    name: 'New task',
    typed: { Subject: 'Ask about pumps' },
    own: { Channel: 'Phone' },
    seen: { Subject: 'Ask about pumps' },
  },
];

async function fill(popup: Page, values: Filling): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const control = popup.getByLabel(new RegExp(`^${label}\\b(?! ID)`)).first();
    if ((await control.evaluate((element) => element.localName)) === 'select') await control.selectOption(value);
    else await control.fill(value);
  }
}

for (const config of ['plain', 'record-types'] as const) {
  test(`all five objects are created beside a matched site, and undone, in the organisation "${config}"`, async () => {
    scene = await openScene({ sandbox: { accounts: 40, config } });
    const { org } = scene.sandbox;
    await showOnAllSites(await connect(scene));
    const account = org.rows('Account').find((row) => /^https?:\/\/www\./.test(String(row.Website)));
    const host = (account && hostOf(account)) ?? '';
    const site = await visit(scene, host);
    const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
    for (const { object, name, typed, own, seen } of RECORDS) {
      const before = new Set(org.rows(object).map(({ Id }) => Id));
      await popup.getByRole('button', { name: 'New', exact: true }).click();
      await popup.getByRole('menuitem', { name }).click();
      await fill(popup, typed);
      if (config === 'record-types') await fill(popup, own);
      if (object === 'Lead' || object === 'Contact') await popup.getByRole('radio', { name: /Contract/ }).check();
      await popup
        .getByRole('form')
        .getByRole('button', { name: /^Create/ })
        .click();
      if (object === 'Account') {
        await expect(popup.getByRole('row', { name: /^Website/ })).toContainText(host);
        await popup.getByRole('button', { name: 'Create anyway' }).click();
      }
      await expect(popup.getByRole('heading', { name: `${object} created` })).toBeVisible();
      const made = org.rows(object).filter(({ Id }) => !before.has(Id));
      expect(made, object).toMatchObject([seen]);
      if (object === 'Contact' || object === 'Opportunity') expect(made).toMatchObject([{ AccountId: account?.Id }]);
      if (object === 'Task') expect(made).toMatchObject([{ WhatId: account?.Id }]);

      await popup.getByRole('button', { name: 'Undo' }).click();
      await expect(popup.getByRole('heading', { name: 'Taken back' })).toBeVisible();
      expect(org.rows(object).filter(({ Id }) => !before.has(Id))).toEqual([]);
      await popup.getByRole('button', { name: 'Done' }).click();
    }
  });
}
