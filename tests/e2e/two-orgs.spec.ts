import { expect, type Page, test } from '@playwright/test';
import { createSandbox, type Sandbox } from '../sandbox-crm/sandbox.ts';
import { accountsByDomain } from './expected.ts';
import {
  connect,
  loginWindow,
  logIn,
  openScene,
  openSidebar,
  type Scene,
  showOnAllSites,
  startConnecting,
  visit,
} from './scene.ts';

/** Two organisations of one CRM in one browser: each has its own copy, and a company that both know is shown from both. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let other: Sandbox;
let options: Page;
let domain: string;
let names: string[];

test.beforeAll(async () => {
  other = createSandbox({ seed: 2, accounts: 60, myDomain: 'emea-demo', orgNumber: 7_311 });
  scene = await openScene({ sandbox: { seed: 1, accounts: 60 }, other });
  const [first] = [...accountsByDomain(scene.sandbox)].filter(([, list]) => list.length === 1);
  const [theirs] = other.org.rows('Account');
  if (!first || !theirs) throw new Error('an org without Accounts');
  domain = first[0];
  other.org.update('Account', String(theirs.Id), { Name: 'Known In EMEA Too', Website: `https://${domain}` });
  names = [String(first[1][0]?.Name), 'Known In EMEA Too'];
});
test.afterAll(async () => {
  await scene?.close();
});

const cards = () => options.locator('section[aria-label^="Salesforce"]');

test('a second organisation is connected beside the first, with its own copy', async () => {
  options = await connect(scene);
  await options.getByRole('button', { name: 'Connect another organisation' }).click();
  await options.getByRole('radio', { name: /test\.salesforce\.com/ }).check();
  const login = loginWindow(scene);
  await startConnecting(scene, options, other.clientApp.clientId);
  await logIn(await login);
  await expect(cards()).toHaveCount(2);
  await expect(options.getByText('Last sync', { exact: true })).toHaveCount(2, { timeout: 60_000 });
  for (const [index, { org, myDomainUrl }] of [scene.sandbox, other].entries()) {
    await expect(cards().nth(index)).toContainText(new URL(myDomainUrl).host);
    await expect(cards().nth(index)).toContainText(org.rows('Contact').length.toLocaleString('en-US'));
  }
});

test('a company that both know is offered from both, and each is shown from its own', async () => {
  await showOnAllSites(options);
  const page = await visit(scene, domain);
  const frame = await openSidebar(page);
  const chooser = frame.getByRole('navigation').getByRole('button');
  await expect(chooser).toHaveCount(2);
  for (const name of names) await expect(chooser.filter({ hasText: name })).toHaveCount(1);
  for (const [index, { lightningUrl }] of [scene.sandbox, other].entries()) {
    const name = names[index] ?? '';
    const button = chooser.filter({ hasText: name });
    if (await button.isEnabled()) await button.click();
    await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
    await expect(frame.locator(`a[href^="${lightningUrl}/lightning/r/Account/"]`).first()).toBeVisible();
  }
  await page.close();
});

test('disconnecting one leaves the other as it is', async () => {
  await options.bringToFront();
  await cards().nth(1).getByRole('button', { name: 'Disconnect…' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await expect(cards()).toHaveCount(1);
  await expect(cards().first()).toContainText(new URL(scene.sandbox.myDomainUrl).host);
  const page = await visit(scene, domain);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: names[0] ?? '', exact: true })).toBeVisible();
  await expect(frame.getByText('Known In EMEA Too')).toHaveCount(0);
  await page.close();
});
