import { expect, test } from '@playwright/test';
import { hostOf } from './expected.ts';
import { connect, openScene, openSidebar, overlayHost, type Scene, showOnAllSites } from './scene.ts';

/** Pages that the browser loads before anybody opens them. */
let scene: Scene;

test.afterEach(async () => {
  await scene?.close();
});

const page = (text: string) =>
  new Response(`<!doctype html><html lang="en"><title>Prerendered</title><body>${text}</body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });

const SPECULATION = '<script type="speculationrules">{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}</script>';

/** Notes how many overlays it has while it is prerendered, and tells the site when it has been loaded. */
const WITNESS = `<script>
  globalThis.seen = { prerendered: document.prerendering, early: 0 };
  const count = () => document.querySelectorAll('html > div[popover="manual"]').length;
  const watch = new MutationObserver(() => { if (document.prerendering) seen.early += count(); });
  watch.observe(document.documentElement, { childList: true });
  addEventListener('load', () => fetch('/loaded'));
</script>`;

test('a page that is only prerendered shows nothing; opened, it shows its Account once', async () => {
  scene = await openScene({ sandbox: { accounts: 60 } });
  await showOnAllSites(await connect(scene));
  const account = scene.sandbox.org.rows('Account').find((row) => /^https?:\/\/www\./.test(String(row.Website)));
  const host = account && hostOf(account);
  if (!host) throw new Error('no Account with a www website');
  const asked: { path: string; purpose: string | null }[] = [];
  scene.sites.set(host, (request) => {
    const { pathname } = new URL(request.url);
    asked.push({ path: pathname, purpose: request.headers.get('sec-purpose') });
    if (pathname === '/loaded') return new Response(null, { status: 204 });
    return pathname === '/next' ? page(`<h1>Next</h1>${WITNESS}`) : page(`<h1>First</h1><a href="/next">Next</a>${SPECULATION}`);
  });
  const tab = await scene.browser.context.newPage();
  await tab.goto(`https://${host}/`);
  await expect(overlayHost(tab)).toBeAttached();
  await expect.poll(() => asked.map(({ path }) => path), { message: 'the browser prerenders' }).toContain('/loaded');
  expect(asked.find(({ path }) => path === '/next')?.purpose).toContain('prerender');

  await tab.getByRole('link', { name: 'Next' }).click();
  await expect(tab.getByRole('heading', { name: 'Next' })).toBeVisible();
  expect(await tab.evaluate(() => (globalThis as unknown as { seen: object }).seen)).toEqual({ prerendered: true, early: 0 });
  expect(
    asked.filter(({ path }) => path === '/next'),
    'the prerendered page is the one that is shown',
  ).toHaveLength(1);
  await expect(overlayHost(tab)).toHaveCount(1);
  const sidebar = await openSidebar(tab);
  await expect(sidebar.getByRole('heading', { name: String(account.Name), exact: true })).toBeVisible();
});
