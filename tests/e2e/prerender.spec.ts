import { expect, test } from '@playwright/test';
import { launchUndriven } from '../world/browser.ts';
import { hostOf } from './expected.ts';
import { connect, EXTENSION_DIR, openScene, type Scene, showOnAllSites } from './scene.ts';

/**
 * Pages that the browser loads before anybody opens them. It does not while developer tools are attached to it
 * (`PrerenderingDisabledByDevTools`), so here the pages themselves go on and tell the site what they saw.
 */
let scene: Scene;
let undriven: Awaited<ReturnType<typeof launchUndriven>> | undefined;

test.afterEach(async () => {
  await undriven?.close();
  await scene?.close();
});

const page = (title: string, script: string) =>
  new Response(`<!doctype html><html lang="en"><title>${title}</title><body><h1>${title}</h1>${script}</body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });

/** Has the next page prerendered as soon as Sidelight is at work, and opens it once it has been loaded. */
const FIRST = `<script>
  new MutationObserver((_, observer) => {
    if (!document.querySelector('html > div[popover="manual"]')) return;
    observer.disconnect();
    const rules = document.createElement('script');
    rules.type = 'speculationrules';
    rules.textContent = '{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}';
    document.head.append(rules);
    fetch('/go').then(() => { location.href = '/next'; });
  }).observe(document.documentElement, { childList: true });
</script>`;

/** Counts the overlays it has before it is opened, and says how many there are as soon as there is one afterwards. */
const NEXT = `<script>
  const seen = { prerendered: document.prerendering, early: 0 };
  const count = () => document.querySelectorAll('html > div[popover="manual"]').length;
  new MutationObserver(() => {
    if (document.prerendering) seen.early += count();
    else if (count() > 0) fetch('/seen', { method: 'POST', body: JSON.stringify({ ...seen, opened: count() }) });
  }).observe(document.documentElement, { childList: true });
  addEventListener('load', () => setTimeout(() => fetch('/loaded'), 1000));
</script>`;

test('a page that is only prerendered shows nothing; opened, it shows that its Account is known', async () => {
  scene = await openScene({ sandbox: { accounts: 60 }, browser: { prerender: true } });
  await showOnAllSites(await connect(scene));
  const account = scene.sandbox.org.rows('Account').find((row) => /^https?:\/\/www\./.test(String(row.Website)));
  const host = account && hostOf(account);
  if (!host) throw new Error('no Account with a www website');
  await scene.suspend();

  const purposes: (string | null)[] = [];
  const told: unknown[] = [];
  const loaded = Promise.withResolvers<void>();
  scene.sites.set(host, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return page('First', FIRST);
    if (pathname === '/loaded') loaded.resolve();
    if (pathname === '/go') await loaded.promise;
    if (pathname === '/seen') told.push(await request.json());
    if (pathname !== '/next') return new Response(null, { status: 204 });
    purposes.push(request.headers.get('sec-purpose'));
    return page('Next', NEXT);
  });
  const { server, browser } = scene;
  undriven = await launchUndriven({ extensionDir: EXTENSION_DIR, profileDir: browser.profileDir, server }, `https://${host}/`);

  await expect.poll(() => told, { timeout: 60_000 }).toEqual([{ prerendered: true, early: 0, opened: 1 }]);
  expect(purposes, 'the page that was prerendered is the one that was opened').toEqual(['prefetch;prerender']);
});
