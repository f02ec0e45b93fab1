import { expect, test } from '@playwright/test';
import { overlayFrames } from '../world/overlay-frame.ts';
import { overlayParts } from '../world/overlay-parts.ts';
import { within } from '../world/within.ts';
import { html, middleOf, openOverlayScene, type OverlayScene, pressTab, shownSidebar, tabOf } from './overlay-scene.ts';
import { overlayHost } from './scene.ts';

/** What a page can forge, take or break of the overlay. Judged from the page's own world, and by what the extension then does. */
let scene: OverlayScene;
test.beforeAll(async () => {
  scene = await openOverlayScene();
});
test.afterAll(async () => {
  await scene?.close();
});

test('nothing that a page has put into its prototypes is called', async () => {
  const page = await scene.visit(
    html(`<script>
      window.called = [];
      const spy = (owner, name) => { const real = owner[name]; owner[name] = function (...args) { called.push(name); return real.apply(this, args); }; };
      for (const [owner, names] of [[Element.prototype, ['attachShadow', 'append', 'setAttribute', 'matches', 'closest', 'remove']],
        [HTMLElement.prototype, ['showPopover', 'hidePopover', 'focus', 'click']], [Document.prototype, ['createElement', 'createElementNS', 'elementsFromPoint']],
        [CSSStyleSheet.prototype, ['replaceSync']], [EventTarget.prototype, ['addEventListener', 'dispatchEvent']], [Promise.prototype, ['then']],
        [JSON, ['stringify', 'parse']], [Array.prototype, ['some', 'find', 'map']]]) for (const name of names) spy(owner, name);
      Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', { set() { called.push('adoptedStyleSheets'); }, get() { return []; } });
      Object.defineProperty(HTMLElement.prototype, 'popover', { set() { called.push('popover'); } });
      Object.defineProperty(Object.prototype, 'token', { set(value) { called.push('token ' + value); }, get() { called.push('token?'); }, configurable: true });
      customElements.define = () => called.push('define');
      window.Proxy = window.MutationObserver = window.IntersectionObserver = function () { called.push('constructed'); };
    </script><h1>Patched</h1>`),
  );
  await tabOf(page);
  await page.evaluate('called.length = 0');
  const [x, y] = middleOf(await tabOf(page));
  await page.mouse.click(x, y);
  const frame = await shownSidebar(page);
  await expect(frame.getByRole('heading', { name: scene.name, exact: true })).toBeVisible();
  const called = await page.evaluate(() => (globalThis as unknown as { called: string[] }).called);
  // The developer tools' own script runs in the page's world and may use what it finds there.
  expect(called.filter((one) => /token|popover|adopted|Shadow|replaceSync|define|Popover/i.test(one))).toEqual([]);
  await page.close();
});

test('messages of a page, whatever they look like, are heard by nobody', async () => {
  const page = await scene.visit();
  const frame = await pressTab(page);
  const requests = scene.server.log.requests.length;
  const spoken = await page.evaluate((token) => {
    const messages = [
      { sidelight: 1, overlay: 'remove' },
      { sidelight: 1, overlay: 'close' },
      { sidelight: 1, overlay: 'toggle', token, place: { edge: 'left', at: 0 } },
      { sidelight: 1, name: 'overlay.ask', payload: {} },
      { sidelight: 1, name: 'sidebar.hide', payload: { token, how: 'always' } },
      { sidelight: 1, name: 'vault.reset', payload: {} },
      { sidelight: 1, event: 'connections.changed', payload: {} },
    ];
    const targets: Window[] = [window, parent, top ?? window, ...Array.from(window as unknown as ArrayLike<Window>)];
    for (const message of messages) {
      for (const target of targets) target.postMessage(message, '*');
      document.dispatchEvent(new CustomEvent('sidelight', { detail: message }));
      new BroadcastChannel('sidelight').postMessage(message);
      document
        .querySelector('html > div[popover]')
        ?.dispatchEvent(new CustomEvent('message', { detail: message, bubbles: true }));
    }
    return targets.length;
  }, new URL(frame.url()).hash);
  expect(spoken, 'no window of ours is among them').toBe(3);
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  expect(overlayFrames(page)).toHaveLength(1);
  expect((await overlayParts(page)).frame?.x).toBe(900);
  await expect(frame.getByRole('heading', { name: scene.name, exact: true })).toBeVisible();
  expect(scene.server.log.requests.slice(requests).filter(({ host }) => /salesforce/.test(host))).toEqual([]);
  await page.close();
});

test('a click that a page makes itself opens nothing', async () => {
  const page = await scene.visit();
  const tab = await tabOf(page);
  await page.evaluate(([x, y]) => {
    const host = document.querySelector('html > div[popover]');
    for (const target of [host, document.elementFromPoint(x, y)])
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
        target?.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, clientX: x, clientY: y }));
    (host as HTMLElement | null)?.click();
    (host as HTMLElement | null)?.focus();
  }, middleOf(tab));
  // A real click comes after all of them: what is open then was opened by it alone.
  await page.mouse.click(100, 400);
  expect(overlayFrames(page)).toHaveLength(0);
  await page.close();
});

test('a page finds no handle to navigate the frame', async () => {
  const page = await scene.visit();
  const frame = await pressTab(page);
  const { hash } = new URL(frame.url());
  await page.evaluate(() => {
    for (const name of ['Sidelight', 'sidelight', 'sidebar', '0', '_parent', '_top']) {
      const link = Object.assign(document.createElement('a'), { href: '#away', target: name });
      document.body.append(link);
      if (!name.startsWith('_')) continue;
      link.click();
    }
    if (window.length > 0) window[0]?.location.replace('https://evil.example/');
  });
  expect(new URL(frame.url()).hash).toBe(hash);
  expect(await page.evaluate(() => window.length)).toBe(0);
  await expect(frame.getByRole('heading', { name: scene.name, exact: true })).toBeVisible();
  await page.close();
});

test('the sidebar’s page shows nothing in a frame of the page, not even with the token of its tab', async () => {
  const page = await scene.visit();
  const frame = await pressTab(page);
  const stolen = frame.url();
  const fixed = `chrome-extension://${scene.extensionId}/sidebar.html${new URL(stolen).hash}`;
  // A page does not learn these addresses; it is given them here.
  await page.evaluate(
    (urls) => {
      for (const url of urls) document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
    },
    [stolen, fixed],
  );
  await expect.poll(() => page.frames().filter((one) => one !== frame && one !== page.mainFrame()).length).toBeGreaterThan(0);
  const others = page.frames().filter((one) => one !== frame && one !== page.mainFrame());
  for (const other of others) {
    if (other.url().startsWith('chrome-extension')) await other.getByText('This view may not ask for that').waitFor();
    expect(await other.evaluate(() => document.body?.textContent ?? '').catch(() => '')).not.toContain(scene.name);
  }
  await page.close();
});

test('a matched page inside a frame of another page gets nothing', async () => {
  await (await scene.visit()).close();
  const outer = 'www.notes-on-bread.com';
  scene.sites.set(
    outer,
    () =>
      new Response(
        html(`<iframe src="https://${scene.host}/" style="opacity:0.01;position:fixed;inset:0;width:100%;height:100%"></iframe>`),
        {
          headers: { 'content-type': 'text/html' },
        },
      ),
  );
  const page = await scene.browser.context.newPage();
  await page.goto(`https://${outer}/`);
  const inner = page.frames().find((one) => one.url().includes(scene.host));
  await inner?.waitForLoadState('load');
  // A tab of its own asks after it and is answered; by then the frame would have been, too.
  const own = await scene.visit();
  await tabOf(own);
  expect(await inner?.locator('html > div[popover]').count()).toBe(0);
  await expect(overlayHost(page)).toHaveCount(0);
  await own.close();
  await page.close();
});

test('what is dragged out of the sidebar does not reach the page', async () => {
  const page = await scene.visit(
    html(`<style>html,body{height:100%;margin:0}</style><h1>Drop here</h1><script>window.dropped = [];
      for (const type of ['dragenter', 'dragover', 'drop']) addEventListener(type, (event) => { event.preventDefault();
        dropped.push(type + event.dataTransfer.getData('text/plain') + event.dataTransfer.getData('text/uri-list')); }, true);</script>`),
  );
  const frame = await pressTab(page);
  const box = await frame.locator('a[href*="/lightning/r/"]').first().boundingBox();
  if (!box) throw new Error('no link');
  await frame.evaluate(() => {
    const seen = globalThis as unknown as { drags: string[] };
    seen.drags = [];
    addEventListener('dragstart', (event) => seen.drags.push(event.defaultPrevented ? 'stopped' : 'begun'));
  });
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 50, box.y + 10, { steps: 5 });
  await page.mouse.move(300, 300, { steps: 10 });
  await within(5000, 'the drop', page.mouse.up());
  expect(await frame.evaluate('drags'), 'a person who drags the link').toEqual(['stopped']);
  expect(await page.evaluate('dropped')).toEqual([]);
  await page.close();
});

test('keys pressed in the sidebar are not heard by the page', async () => {
  const page = await scene.visit(
    html(`<script>window.keys = []; for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput'])
      { addEventListener(type, (event) => keys.push(event.key ?? event.data), true); document.addEventListener(type, (event) => keys.push(event.key ?? event.data), true); }</script><h1>Listening</h1>`),
  );
  const frame = await pressTab(page);
  await frame.locator('main').click();
  await page.keyboard.press('Tab');
  await page.keyboard.type('secret');
  expect(await frame.evaluate(() => document.hasFocus())).toBe(true);
  expect(await page.evaluate('keys')).toEqual([]);
  await page.close();
});

for (const { what, headers, shown } of [
  { what: 'a sandbox', headers: { 'content-security-policy': 'sandbox allow-scripts' }, shown: false },
  {
    what: 'COEP credentialless',
    headers: { 'cross-origin-embedder-policy': 'credentialless', 'cross-origin-opener-policy': 'same-origin' },
    shown: true,
  },
  { what: 'document isolation', headers: { 'document-isolation-policy': 'isolate-and-require-corp' }, shown: true },
  {
    what: 'a refusal to be framed',
    headers: { 'x-frame-options': 'DENY', 'content-security-policy': "frame-ancestors 'none'; child-src 'none'" },
    shown: true,
  },
  { what: 'an XML document', headers: { 'content-type': 'application/xhtml+xml' }, shown: false },
]) {
  test(`on a page with ${what} the sidebar ${shown ? 'opens' : 'does not come, and the popup does'}`, async () => {
    const body = headers['content-type']
      ? '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>A company</h1></body></html>'
      : html('<h1>A company</h1>');
    const page = await scene.visit(body, headers as Record<string, string>);
    if (shown) {
      const frame = await pressTab(page);
      await expect(frame.getByRole('heading', { name: scene.name, exact: true })).toBeVisible();
    } else {
      const own = await scene.visit();
      await tabOf(own);
      await own.close();
      await expect(overlayHost(page)).toHaveCount(0);
    }
    await page.close();
  });
}

test('a page that lets no frame in keeps the tab, which says so and opens what stands outside the page', async () => {
  // A thousand frames are the most a page may have in Chromium.
  const page = await scene.visit(
    html(
      `<h1>Full</h1><script>for (let index = 0; index < 1005; index += 1) document.body.append(Object.assign(document.createElement('iframe'), { hidden: true }));</script>`,
    ),
  );
  await page.bringToFront();
  await page.mouse.click(...middleOf(await tabOf(page)));
  await expect.poll(async () => (await overlayParts(page)).note?.text, { timeout: 20_000 }).toContain('lets no sidebar in');
  const browser = scene.browser.context.browser();
  const session = await browser?.newBrowserCDPSession();
  await page.mouse.click(...middleOf(await tabOf(page)));
  await expect
    .poll(async () => {
      const { targetInfos = [] } = (await session?.send('Target.getTargets')) ?? {};
      return targetInfos.filter(({ url }) => /\/(?:popup|sidepanel)\.html/.test(url)).length;
    })
    .toBe(1);
  await page.close();
});
