import { expect, type Page, test } from '@playwright/test';
import type { RunEntry } from '@/lib/sync/run-history';
import { openTamperScene, type TamperScene } from '../world/tamper/tamper-scene.ts';
import { runSeed } from './expected.ts';
import { showOnAllSites, tabId, visit } from './scene.ts';

/**
 * What the user has decided (what is copied, what Sidelight does on which sites) is damaged or gone. Nobody else can say it
 * anew: it is said in one sentence with one button, and until then no more is done than was wanted.
 */
test.describe.configure({ mode: 'serial' });
const ORG = { accounts: 40, contacts: 160, leads: 50, opportunities: 20, tasks: 20 };
const seed = runSeed();

let scene: TamperScene;
let options: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  scene = await openTamperScene({ seed, ...ORG });
  options = scene.kill.options;
  const began = scene.kill.now();
  await scene.kill.connect();
  await scene.kill.ended(began);
  await scene.told();
});
test.afterAll(async () => scene?.kill.close());

const summary = () => options.locator('summary', { hasText: 'What is copied' });
const history = async () => {
  const [connection] = await scene.kill.ask('connections.list', {});
  const answer = await scene.ask<RunEntry[]>('sync.history', { connectionId: connection?.id ?? '' });
  return answer.ok ? answer.value : [];
};
const leadsHere = async () => (await scene.kill.copy.content()).counts.lead;

test('a choice without Leads is made as a person does', async () => {
  await options.reload();
  await summary().click();
  const began = scene.kill.now();
  await options.getByRole('checkbox', { name: 'Leads', exact: true }).uncheck();
  await options.getByRole('button', { name: 'Save', exact: true }).click();
  await scene.kill.ended(began);
  expect(await leadsHere()).toBe(0);
});

test('when it is gone, no sync goes on with everything, and the page says it with one button', async () => {
  await scene.tamper([{ kind: 'delete', at: { box: 'selection' } }]);
  expect(await scene.told()).toBe('ready selection.damaged');
  expect(await scene.sync()).toBe('selection.damaged');
  expect(await leadsHere(), 'Leads in the copy').toBe(0);
  expect((await history())[0]).toMatchObject({ outcome: 'failed', objects: [] });
  await options.reload();
  const sentence = options.getByText('Your choice of what is copied was damaged.', { exact: false });
  await expect(sentence).toHaveCount(1);
  await expect(options.getByRole('button', { name: 'Choose what is copied' })).toBeVisible();
});

test('the button opens the form, which can be saved as it is or changed, and the sync goes on with that', async () => {
  await options.getByRole('button', { name: 'Choose what is copied' }).click();
  await expect(summary()).toBeFocused();
  const leads = options.getByRole('checkbox', { name: 'Leads', exact: true });
  await expect(leads).toBeChecked();
  await expect(options.getByRole('button', { name: 'Save', exact: true })).toBeEnabled();
  await leads.uncheck();
  const began = scene.kill.now();
  await options.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(options.getByText('Saved. The copy is being brought in line.')).toBeVisible();
  await scene.kill.ended(began);
  await expect(options.getByRole('button', { name: 'Choose what is copied' })).toHaveCount(0);
  expect(await leadsHere()).toBe(0);
  expect(await scene.told()).toBe('ready');
});

test.describe('decisions about sites', () => {
  let popup: Page;
  let site: Page;

  test.beforeAll(async () => {
    await showOnAllSites(options);
    const websites = scene.kill.sandbox.org
      .rows('Account')
      .map(({ Website }) => String(Website ?? '').replace(/^https?:\/\//, ''));
    site = await visit(scene.kill.scene, new URL(`https://${websites.find((website) => website !== '')}`).host);
    expect(await scene.ask('decisions.never', { never: ['banking'] })).toMatchObject({ ok: true });
    popup = await scene.kill.scene.open(`popup.html?tab=${await tabId(scene.kill.scene, site)}`);
    await expect(popup.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('that are gone are said, and nothing is shown beside a site meanwhile', async () => {
    await scene.tamper([{ kind: 'delete', at: { box: 'site-decisions' } }]);
    expect(await scene.told()).toBe('ready decisions.damaged');
    await popup.reload();
    await expect(popup.getByText('Your decisions about sites were damaged.', { exact: false }).first()).toBeVisible();
    await options.reload();
    await expect(options.getByText('Your decisions about sites were damaged.', { exact: false })).toHaveCount(1);
    await options.getByRole('link', { name: 'Site access' }).click();
    await expect(options.getByRole('button', { name: 'Reset decisions' })).toBeVisible();
  });

  test('are reset by the button, and then sites are looked up again', async () => {
    await options.getByRole('button', { name: 'Reset decisions' }).click();
    await expect(options.getByRole('checkbox', { name: 'Banks and payment' })).not.toBeChecked();
    expect(await scene.told()).toBe('ready');
    await popup.reload();
    await expect(popup.getByText('Your decisions about sites were damaged.', { exact: false })).toHaveCount(0);
    expect((await scene.ask('site.state', { tabId: await tabId(scene.kill.scene, site) }, popup)).ok).toBe(true);
  });
});
