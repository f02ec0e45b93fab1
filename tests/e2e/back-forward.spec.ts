import { expect, test } from '@playwright/test';
import { hostOf } from './expected.ts';
import { connect, openScene, openSidebar, overlayHost, plainPage, type Scene, showOnAllSites, visit } from './scene.ts';

/** Pages that the browser keeps when they are left, and shows again as they were. */
let scene: Scene;

test.afterEach(async () => {
  await scene?.close();
});

test('going back to a kept page shows the Account of that page', async () => {
  scene = await openScene({ sandbox: { accounts: 60 }, browser: { backForwardCache: true } });
  await showOnAllSites(await connect(scene));
  const withSites = scene.sandbox.org.rows('Account').filter((row) => /^https?:\/\/www\./.test(String(row.Website)));
  const [first, second] = withSites;
  if (!first || !second) throw new Error('too few Accounts with a www website');
  const cacheable = (title: string) => () => plainPage(title, { 'cache-control': 'max-age=60' });
  for (const row of [first, second]) scene.sites.set(hostOf(row) ?? '', cacheable(String(row.Name)));
  const page = await visit(scene, hostOf(first) ?? '');
  await expect(overlayHost(page)).toBeAttached();
  await page.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }));
  await page.goto(`https://${hostOf(second)}/`);
  const sidebar = await openSidebar(page);
  await expect(sidebar.getByRole('heading', { name: String(second.Name), exact: true })).toBeVisible();
  // A moment later, so that the page still answers this call before it is left.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await expect(page).toHaveURL(`https://${hostOf(first)}/`);
  await expect.poll(() => page.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true);
  const again = await openSidebar(page);
  await expect(again.getByRole('heading', { name: String(first.Name), exact: true })).toBeVisible();
});
