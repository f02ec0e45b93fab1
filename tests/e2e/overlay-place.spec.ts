import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { overlayFrames } from '../world/overlay-frame.ts';
import { overlayParts } from '../world/overlay-parts.ts';
import { pictureOf, pixelsOf } from '../world/pixels.ts';
import {
  closeSidebar,
  html,
  middleOf,
  openOverlayScene,
  overlayIs,
  type OverlayScene,
  pressCommand,
  pressLast,
  pressTab,
  shownSidebar,
  sidebarGone,
  tabOf,
} from './overlay-scene.ts';

/** Where the overlay stands, when it goes out of the way, and where the user does not want it. */
let scene: OverlayScene;
test.beforeAll(async () => {
  scene = await openOverlayScene();
});
test.afterAll(async () => {
  await scene?.close();
});

const MARK = [66, 88, 207] as const;

async function drag(page: Page, to: readonly [number, number]): Promise<void> {
  await page.bringToFront();
  const from = middleOf(await tabOf(page));
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

/** To be looked at, where SIDELIGHT_SHOTS names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SIDELIGHT_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `overlay-${name}.png`) });
}

/** The tab is on screen: its mark is, in its own colours. */
async function expectTabSeen(page: Page): Promise<void> {
  const tab = await tabOf(page);
  expect(pixelsOf(await pictureOf(page, tab), MARK)).toBeGreaterThan(60);
}

test('the tab is dragged, snaps to the nearer edge, and stands there on the next visit', async () => {
  const page = await scene.visit();
  await drag(page, [200, 600]);
  const left = await overlayIs(page, ({ tab }) => tab?.x === 0, 'the tab is at the left edge');
  expect(Math.abs((left.tab?.y ?? 0) - 578)).toBeLessThan(3);
  expect(overlayFrames(page), 'a drag opens nothing').toHaveLength(0);
  await expectTabSeen(page);
  await page.reload();
  const again = await overlayIs(page, ({ tab }) => tab?.x === 0, 'the tab is at the left edge again');
  expect(Math.abs((again.tab?.y ?? 0) - 578)).toBeLessThan(3);

  const frame = await pressTab(page);
  const open = await overlayParts(page);
  expect(open.frame).toMatchObject({ x: 0, width: 380 });
  await closeSidebar(page, frame);
  await drag(page, [1200, 322]);
  await overlayIs(page, ({ tab }) => tab?.x === 1280 - 28, 'the tab is at the right edge');
  await page.close();
});

test('which site the tab was moved on does not stand in clear in the extension’s storage', async () => {
  const options = await scene.open('options.html');
  const stored = await options.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)));
  expect(stored).toContain('"edge"');
  expect(stored).not.toContain(scene.host.replace(/^www\./, '').split('.')[0] ?? '?');
  await options.close();
});

test('the tab is moved and opened by the keyboard alone', async () => {
  const page = await scene.visit();
  const before = await tabOf(page);
  await page.bringToFront();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await overlayIs(page, ({ tab }) => (tab?.y ?? 0) > before.y + 10, 'the tab is lower');
  await page.keyboard.press('ArrowLeft');
  await overlayIs(page, ({ tab }) => tab?.x === 0, 'the tab is at the left edge');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await overlayIs(page, ({ tab }) => Math.abs((tab?.y ?? 0) - before.y) < 2, 'the tab is back');
  await page.keyboard.press('Enter');
  await shownSidebar(page);
  await page.keyboard.press('Escape');
  await sidebarGone(page);
  await page.close();
});

test('a tab that is taken up and let go outside the window stays in it', async () => {
  const page = await scene.visit();
  await drag(page, [1275, 5000]);
  const { tab } = await overlayIs(page, (parts) => (parts.tab?.y ?? 0) > 700, 'the tab is at the lower end');
  expect((tab?.y ?? 0) + (tab?.height ?? 0)).toBeLessThanOrEqual(800);
  await drag(page, [1275, 322]);
  await page.close();
});

test('the key opens the sidebar, and closes it again', async () => {
  const page = await scene.visit();
  await tabOf(page);
  await pressCommand(scene, 'sidebar', page);
  await shownSidebar(page);
  await pressCommand(scene, 'sidebar', page);
  await sidebarGone(page);
  await page.close();
});

for (const { what, body } of [
  {
    what: 'a banner across the lower half',
    body: `<div style="position:fixed;inset:40% 0 0 0;background:#eee"><button style="position:absolute;right:0;top:0;width:200px;height:200px">Accept</button></div>`,
  },
  {
    what: 'a banner inside an open shadow root',
    body: `<div id="banner"></div><script>banner.attachShadow({mode:'open'}).innerHTML =
      '<div style="position:fixed;right:0;top:250px;width:400px;height:200px;background:#eee"><button style="width:100%;height:100%">Accept</button></div>'</script>`,
  },
  {
    what: 'a banner in a frame',
    body: `<iframe srcdoc="<button>Accept</button>" style="position:fixed;right:0;top:200px;width:400px;height:260px;border:0;background:#eee"></iframe>`,
  },
  {
    what: 'a banner that comes late',
    body: `<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend',
      '<div style="position:fixed;right:0;top:250px;width:400px;height:200px"><button style="width:100%;height:100%">Accept</button></div>'), 700)</script>`,
  },
]) {
  test(`the tab is out of the way of the button of ${what}`, async () => {
    const page = await scene.visit(html(`<h1>A company</h1>${body}`));
    await expect
      .poll(async () => {
        const { tab } = await overlayParts(page);
        if (!tab) return 'no tab';
        const banner = await page.evaluate(() => {
          const element =
            document.querySelector<HTMLElement>('div > button, iframe') ??
            document.querySelector('#banner')?.shadowRoot?.querySelector('button');
          return element ? JSON.parse(JSON.stringify(element.getBoundingClientRect())) : null;
        });
        if (!banner) return 'no banner';
        const apart = tab.y + tab.height <= banner.top || tab.y >= banner.bottom;
        return apart ? 'apart' : 'over the button';
      })
      .toBe('apart');
    await expectTabSeen(page);
    await shoot(page, what.replaceAll(' ', '-'));
    await page.close();
  });
}

test('the tab comes back to its place when the banner is gone', async () => {
  const page = await scene.visit(
    html(`<button style="position:fixed;right:0;top:250px;width:400px;height:200px" onclick="this.remove()">Accept</button>`),
  );
  const { tab } = await overlayIs(
    page,
    (parts) => parts.tab !== null && (parts.tab.y < 206 || parts.tab.y >= 450),
    'the tab is aside',
  );
  await page.getByRole('button', { name: 'Accept' }).click();
  await overlayIs(page, (parts) => parts.tab !== null && parts.tab.y !== tab?.y && parts.tab.y > 250, 'the tab is back');
  await page.close();
});

test('a button that scrolls with the page moves nothing', async () => {
  const page = await scene.visit(
    html(`<button style="position:absolute;right:0;top:200px;width:400px;height:300px">Buy</button>`),
  );
  const { y } = await tabOf(page);
  expect(Math.abs(y - 300)).toBeLessThan(12);
  await page.close();
});

test('nothing is shown over an element in full screen, and it is back afterwards', async () => {
  const page = await scene.visit(
    html(`<main style="background:#fff"><button onclick="document.documentElement.requestFullscreen()">Full</button></main>`),
  );
  await pressTab(page);
  await page.getByRole('button', { name: 'Full' }).click();
  await overlayIs(page, ({ tab, frame }) => tab === null && frame === null, 'nothing is shown');
  await page.evaluate(() => document.exitFullscreen());
  await overlayIs(page, ({ frame }) => frame !== null, 'the sidebar is back');
  await page.close();
});

test('nothing is shown over a video that plays with sound and fills the window; a silent one is decoration', async () => {
  const page = await scene.visit(
    html(`<style>body{margin:0}video{position:fixed;inset:0;width:100vw;height:100vh;background:#000}</style><video></video>`),
  );
  await tabOf(page);
  const play = (muted: boolean) =>
    page.evaluate(async (silent) => {
      const [video, canvas] = [document.querySelector('video'), document.createElement('canvas')];
      if (!video) throw new Error('no video');
      canvas.getContext('2d')?.fillRect(0, 0, 300, 150);
      video.muted = silent;
      video.srcObject ??= canvas.captureStream(10);
      await video.play();
    }, muted);
  await play(true);
  await expectTabSeen(page);
  await play(false);
  await overlayIs(page, ({ tab }) => tab === null, 'nothing is shown');
  await page.evaluate(() => document.querySelector('video')?.pause());
  await tabOf(page);
  await page.close();
});

test('printing leaves it out', async () => {
  const page = await scene.visit();
  await pressTab(page);
  await page.emulateMedia({ media: 'print' });
  await overlayIs(page, ({ tab, frame }) => tab === null && frame === null, 'nothing is printed');
  await page.emulateMedia({ media: 'screen' });
  await overlayIs(page, ({ frame }) => frame !== null, 'it is on the screen');
  await page.close();
});

for (const zoom of [0.5, 0.9, 1, 1.1, 3]) {
  test(`at a zoom of ${zoom * 100} % tab and sidebar are whole, and its links are followed`, async () => {
    const page = await scene.visit();
    await tabOf(page);
    const options = await scene.open('options.html');
    const setZoom = (factor: number) =>
      options.evaluate(
        async ([url, wanted]) => {
          const tab = (await chrome.tabs.query({})).find((one) => one.url?.startsWith(url));
          await chrome.tabs.setZoom(tab?.id ?? -1, wanted);
        },
        [`https://${scene.host}/`, factor] as const,
      );
    await setZoom(zoom);
    await expect.poll(() => page.evaluate(() => Math.round((window.devicePixelRatio || 1) * 10) / 10)).toBe(zoom);
    // The window's resize event comes with the next frame that is drawn, and none is drawn of a page behind another.
    await page.bringToFront();
    const view = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    await expect(async () => {
      const tab = await tabOf(page);
      expect(tab.x + tab.width).toBeLessThanOrEqual(view.width + 1);
      expect(tab.y + tab.height).toBeLessThanOrEqual(view.height + 1);
    }).toPass();
    await pressCommand(scene, 'sidebar', page);
    const frame = await shownSidebar(page);
    const size = await frame.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    expect(size[0]).toBe(Math.min(380, view.width));
    await shoot(page, `zoom-${zoom * 100}`);
    expect(size[1], 'nothing sticks out').toBeLessThanOrEqual(size[0] ?? 0);
    const opened = scene.browser.context.waitForEvent('page');
    await frame.getByRole('link', { name: /Open in Salesforce/ }).click();
    await (await opened).close();
    await setZoom(1);
    await options.close();
    await page.close();
  });
}

test('in a narrow window the sidebar takes all of it and can be closed', async () => {
  const page = await scene.visit();
  await page.setViewportSize({ width: 320, height: 480 });
  const tab = await tabOf(page);
  expect(tab).toMatchObject({ x: 292, width: 28 });
  const frame = await pressTab(page);
  expect((await overlayParts(page)).frame).toMatchObject({ x: 0, width: 320, height: 480 });
  await shoot(page, 'narrow');
  expect(await frame.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await closeSidebar(page, frame);
  await page.close();
});

test('on a page that is written from right to left the tab stands at the left until the user chooses, and all of it is whole', async () => {
  const fresh = await openOverlayScene({ browser: { reducedMotion: 'no-preference' } });
  const page = await fresh.visit(html('<h1>شركة</h1>', 'lang="ar" dir="rtl"'));
  expect(await tabOf(page)).toMatchObject({ x: 0, width: 28, height: 44 });
  await expectTabSeen(page);
  const frame = await pressTab(page);
  expect((await overlayParts(page)).frame).toMatchObject({ x: 0, y: 0, width: 380 });
  expect(await frame.evaluate(() => getComputedStyle(document.documentElement).direction), 'the sidebar keeps its own').toBe(
    'ltr',
  );
  await shoot(page, 'rtl');
  pressLast(frame.getByRole('button', { name: /Close/ }));
  await drag(page, [1200, 322]);
  await overlayIs(page, ({ tab }) => tab?.x === 1280 - 28, 'the tab is at the right edge');
  await page.close();
  await fresh.close();
});

test('with reduced motion the tab is at once where it is let go', async () => {
  const page = await scene.visit();
  await drag(page, [1275, 622]);
  const { tab } = await overlayParts(page);
  expect(Math.abs((tab?.y ?? 0) - 600)).toBeLessThan(3);
  await drag(page, [1275, 322]);
  await page.close();
});
