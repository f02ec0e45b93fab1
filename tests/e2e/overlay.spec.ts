import { expect, type Page, test } from '@playwright/test';
import { overlayFrame, overlayFrames } from '../world/overlay-frame.ts';
import { hostOf } from './expected.ts';
import { connect, openScene, openSidebar, overlayHost, plainPage, type Scene, showOnAllSites, syncNow, visit } from './scene.ts';

/** What a page can see, break or take of the overlay. Judged from the page's own world and by what is shown. */
let scene: Scene;
let host: string;
let name: string;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 120 } });
  await showOnAllSites(await connect(scene));
  const row = scene.sandbox.org.rows('Account').find((one) => /^https?:\/\/www\./.test(String(one.Website)));
  if (!row) throw new Error('no Account with a www website');
  host = hostOf(row) ?? '';
  name = String(row.Name);
});
test.afterAll(async () => {
  await scene?.close();
});

async function visitWith(headers: Record<string, string>, body?: string): Promise<Page> {
  scene.sites.set(host, () => {
    const page = plainPage('A company', headers);
    return body === undefined ? page : new Response(body, { headers: page.headers });
  });
  return visit(scene, host);
}

for (const [what, headers] of [
  ['no policy', {}],
  ['a policy that forbids everything', { 'content-security-policy': "default-src 'none'; frame-src 'none'; style-src 'none'" }],
  ['trusted types', { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" }],
  ['cross-origin isolation', { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' }],
] as const) {
  test(`opens on a page with ${what}`, async () => {
    const page = await visitWith(headers);
    const frame = await openSidebar(page);
    await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
    await page.close();
  });
}

test('gives the page no way in: no root, no document, no window, no resource entry, no name of a record', async () => {
  const page = await visitWith({});
  await openSidebar(page);
  const seen = await page.evaluate(() => {
    const element = document.querySelector('html > div[popover]');
    return {
      root: element?.shadowRoot ?? null,
      frames: window.length,
      iframes: document.querySelectorAll('iframe').length,
      resources: performance
        .getEntriesByType('resource')
        .map((entry) => entry.name)
        .filter((entry) => !entry.endsWith('/favicon.ico')),
      html: document.documentElement.outerHTML,
    };
  });
  expect(seen).toMatchObject({ root: null, frames: 0, iframes: 0, resources: [] });
  expect(seen.html).not.toContain(name);
  expect(seen.html).not.toContain('chrome-extension');
  await page.close();
});

test('is not told to the page by any message or event', async () => {
  const page = await visitWith(
    {},
    `<!doctype html><title>Listening</title><script>
      window.heard = [];
      addEventListener('message', (event) => heard.push('message ' + event.origin));
      const dispatch = EventTarget.prototype.dispatchEvent;
      EventTarget.prototype.dispatchEvent = function (event) { heard.push('dispatched ' + event.type); return dispatch.call(this, event); };
    </script><h1>Listening</h1>`,
  );
  await openSidebar(page);
  expect(await page.evaluate('heard')).toEqual([]);
  await page.close();
});

test('keeps its place and look whatever styles the page has', async () => {
  const page = await visitWith(
    {},
    `<!doctype html><title>Hostile styles</title><style>
      div, [popover] { display: none !important; opacity: 0 !important; transform: scale(0) !important; mask: linear-gradient(#0000,#0000) !important; left: 0 !important }
      iframe { width: 1px !important }
    </style><h1>Hostile styles</h1>`,
  );
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
  expect(await frame.evaluate(() => [innerWidth, innerHeight])).toEqual([380, page.viewportSize()?.height]);
  await page.close();
});

test('goes for good from a page that keeps taking it away', async () => {
  const page = await visitWith(
    {},
    `<!doctype html><title>Fight</title><script>
      new MutationObserver(() => document.querySelectorAll('html > div[popover]').forEach((element) => element.remove()))
        .observe(document.documentElement, { childList: true });
    </script><h1>Fight</h1>`,
  );
  await page.waitForFunction(() => document.readyState === 'complete');
  await expect(overlayHost(page)).toHaveCount(0);
  await page.close();
});

test('closes by its button and by Escape, and gives the focus back to the page', async () => {
  const page = await visitWith({});
  const frame = await openSidebar(page);
  await frame.getByRole('button', { name: /Close/ }).click();
  await expect.poll(() => overlayFrames(page).length).toBe(0);
  await openSidebar(page);
  await page.keyboard.press('Escape');
  await expect.poll(() => overlayFrames(page).length).toBe(0);
  await page.close();
});

test('shows nothing to a frame without a token of its own tab', async () => {
  const page = await visitWith({});
  const frame = await openSidebar(page);
  const stolen = new URL(frame.url());
  const other = await scene.open(`sidebar.html${stolen.hash}`);
  await expect(other.getByText(name)).toHaveCount(0);
  await expect(other.getByRole('alert').or(other.getByText('This view may not ask for that')).first()).toBeVisible();
  await other.close();
  await page.close();
});

test('cannot be reached by the page at its fixed address', async () => {
  const page = await visitWith({});
  await openSidebar(page);
  const reached = await page.evaluate(async (id) => {
    const answer = await fetch(`chrome-extension://${id}/sidebar.html`).catch(() => null);
    return answer?.ok ?? false;
  }, scene.extensionId);
  expect(reached).toBe(false);
  await page.close();
});

test('answers a page that speaks to the extension nothing at all', async () => {
  const page = await visitWith({});
  await overlayHost(page).waitFor({ state: 'attached' });
  const answer = await page.evaluate(async (id) => {
    const api = (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome?.runtime?.sendMessage;
    if (typeof api !== 'function') return 'no way to speak';
    return api(id, { sidelight: 1, name: 'connections.list', payload: {} });
  }, scene.extensionId);
  expect(answer).toBe('no way to speak');
  await page.close();
});

test('shows a record full of markup as text', async () => {
  const { org } = scene.sandbox;
  const hostile = '<img src=x onerror="document.title=\'owned\'"> \u202Egnp.exe {{7*7}} =HYPERLINK("http://evil")';
  const row = org.rows('Account').find((one) => one.Name === name);
  const contact = org.insert('Contact', { AccountId: String(row?.Id), LastName: hostile, Email: 'javascript:alert(1)@x.com' });
  const options = await scene.open('options.html');
  await options.getByRole('button', { name: 'Sync now' }).click();
  const page = await visitWith({});
  await expect
    .poll(async () => {
      const frame = overlayFrames(page)[0] ?? (await openSidebar(page));
      return frame.locator(`a[href$="/lightning/r/Contact/${contact.Id}/view"]`).count();
    })
    .toBeGreaterThan(0);
  const frame = await overlayFrame(page);
  await expect(frame.getByText('<img src=x onerror=')).toBeVisible();
  expect(await frame.evaluate(() => document.title)).not.toContain('owned');
  expect(await frame.locator('a[href^="javascript:"]').count()).toBe(0);
  expect(await frame.locator('img').count()).toBe(0);
  await page.close();
});

test('goes from every tab when access to sites is taken back, and syncing goes on', async () => {
  const page = await visitWith({});
  await overlayHost(page).waitFor({ state: 'attached' });
  const options = await scene.open('options.html');
  await options.getByRole('link', { name: 'Site access' }).click();
  await options.getByRole('radio', { name: /Only in the popup/ }).click();
  await expect(overlayHost(page)).toHaveCount(0);
  await page.reload();
  await expect(overlayHost(page)).toHaveCount(0);
  await options.getByRole('link', { name: 'Connections' }).click();
  await syncNow(options);
  await expect(options.getByText('Connected', { exact: true })).toBeVisible();
  const connections = await options.evaluate(() =>
    chrome.runtime.sendMessage({ sidelight: 1, name: 'connections.list', payload: {} }),
  );
  expect(connections.value[0].sync.lastError).toBeNull();
  const { origins = [] } = await options.evaluate(() => chrome.permissions.getAll());
  expect(origins.sort()).toEqual(['https://*.my.salesforce.com/*', 'https://login.salesforce.com/*']);

  await showOnAllSites(options);
  await expect(overlayHost(page), 'one overlay, also in a page that had one before').toHaveCount(1);
  await page.close();
});
