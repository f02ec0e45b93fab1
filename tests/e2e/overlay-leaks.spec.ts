import { expect, type Page, test } from '@playwright/test';
import { launchWorldBrowser } from '../world/browser.ts';
import {
  chooseOverlay,
  html,
  openOverlayScene,
  type OverlayScene,
  pressCommand,
  pressTab,
  shownSidebar,
} from './overlay-scene.ts';

/** What a page can learn, forge or break of the overlay. Judged from the page's own world, and by what the extension then does. */
let scene: OverlayScene;
test.beforeAll(async () => {
  scene = await openOverlayScene();
});
test.afterAll(async () => {
  await scene?.close();
});

/** Everything of the extension that an address could be guessed of. */
const GUESSES = [
  'sidebar.html',
  'popup.html',
  'options.html',
  'overlay.js',
  'overlay-tab.js',
  'background.js',
  'icon/48.png',
  'manifest.json',
  'nothing.html',
];

/** All that a page can find out about itself without the user's help, as text to compare. */
async function traces(page: Page, id: string): Promise<string> {
  await page.waitForLoadState('load');
  return page.evaluate(
    async ([extension, guesses]) => {
      const tries = guesses.map(async (path) => {
        const url = `chrome-extension://${extension}/${path}`;
        const fetched = await fetch(url).then(
          () => 'read',
          () => 'refused',
        );
        const image = await new Promise((done) => {
          const one = new Image();
          one.onload = () => done('loaded');
          one.onerror = () => done('failed');
          one.src = url;
        });
        return `${path} ${fetched} ${image}`;
      });
      const globals = Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name));
      return JSON.stringify({
        tries: await Promise.all(tries),
        html: document.documentElement.outerHTML,
        globals: globals.sort(),
        chrome: Object.keys((window as { chrome?: object }).chrome ?? {}).sort(),
        symbols: Object.getOwnPropertySymbols(window).map(String),
        documentNames: Object.getOwnPropertyNames(document).sort(),
        sheets: document.adoptedStyleSheets.length + document.styleSheets.length,
        frames: window.length,
        popovers: document.querySelectorAll(':popover-open').length,
        top: document.elementsFromPoint(innerWidth - 5, innerHeight * 0.4).map((element) => element.tagName),
        resources: performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => !name.endsWith('favicon.ico'))
          .sort(),
        heard: (window as unknown as { heard?: string[] }).heard,
        custom: navigator.userAgent,
      });
    },
    [id, GUESSES] as const,
  );
}

/** Listens from its first moment on, as a page that looks for extensions does. */
const LISTENING = html(`<script>
  window.heard = [];
  addEventListener('message', (event) => heard.push('message ' + event.origin));
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) { heard.push('dispatched ' + event.type); return dispatch.call(this, event); };
  new MutationObserver((records) => { for (const { type, target } of records) if (document.readyState === 'complete') heard.push(type + ' ' + target.nodeName); })
    .observe(document, { childList: true, subtree: true, attributes: true });
</script><h1>Bread</h1>`);

test('a page of no company in the CRM finds the same as in a browser without Sidelight', async () => {
  const stranger = 'www.notes-on-bread.com';
  scene.sites.set(
    stranger,
    () => new Response(LISTENING, { headers: { 'content-type': 'text/html', 'cache-control': 'no-store' } }),
  );
  const page = await scene.browser.context.newPage();
  await page.goto(`https://${stranger}/`);
  const withIt = await traces(page, scene.extensionId);
  await page.close();
  const bare = await launchWorldBrowser({ server: scene.server });
  const control = await bare.context.newPage();
  await control.goto(`https://${stranger}/`);
  const without = await traces(control, scene.extensionId);
  await bare.close();
  expect(JSON.parse(withIt)).toEqual(JSON.parse(without));
});

test('a page of a company in the CRM finds nothing either while the user wants nothing shown, until they press the key', async () => {
  await chooseOverlay(scene, /Show nothing until I ask/);
  const page = await scene.visit(LISTENING);
  const matched = JSON.parse(await traces(page, scene.extensionId));
  const other = 'www.notes-on-bread.com';
  scene.sites.set(
    other,
    () => new Response(LISTENING, { headers: { 'content-type': 'text/html', 'cache-control': 'no-store' } }),
  );
  const control = await scene.browser.context.newPage();
  await control.goto(`https://${other}/`);
  expect(matched).toEqual(JSON.parse(await traces(control, scene.extensionId)));
  await control.close();
  await pressCommand(scene, 'sidebar', page);
  await shownSidebar(page);
  await page.close();
  await chooseOverlay(scene, /Show a tab/);
});

test('what a page can measure of the overlay is the same for an Account with much and with little', async () => {
  const { org } = scene.sandbox;
  const measured = async (host: string, name: string) => {
    scene.sites.set(
      host,
      () => new Response(LISTENING, { headers: { 'content-type': 'text/html', 'cache-control': 'no-store' } }),
    );
    const page = await scene.browser.context.newPage();
    await page.goto(`https://${host}/`);
    const frame = await pressTab(page);
    await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
    const seen = await page.evaluate(() => {
      const element = document.querySelector('html > div[popover]');
      const box = element?.getBoundingClientRect();
      return {
        box: [box?.x, box?.y, box?.width, box?.height],
        markup: element?.outerHTML,
        scroll: [
          document.documentElement.scrollWidth,
          document.documentElement.scrollHeight,
          element?.scrollWidth,
          element?.scrollHeight,
        ],
        children: document.documentElement.children.length,
        hit: document.elementFromPoint(innerWidth - 100, 300)?.tagName,
        layoutShifts: performance.getEntriesByType('layout-shift').length,
      };
    });
    await page.close();
    return seen;
  };
  const rows = org.rows('Account').filter((row) => /^https?:\/\/www\./.test(String(row.Website)));
  const weight = (row: (typeof rows)[number]) => org.rows('Contact').filter((one) => one.AccountId === row.Id).length;
  const sorted = rows.toSorted((one, other) => weight(one) - weight(other));
  const [little, much] = [sorted[0], sorted.at(-1)];
  if (!little || !much) throw new Error('no Accounts');
  expect(weight(much)).toBeGreaterThan(weight(little));
  const hostOf = (row: typeof little) => new URL(String(row.Website)).hostname;
  expect(await measured(hostOf(much), String(much.Name))).toEqual(await measured(hostOf(little), String(little.Name)));
});
