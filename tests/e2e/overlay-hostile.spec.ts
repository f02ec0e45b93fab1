import { expect, type Frame, type Page, test } from '@playwright/test';
import { type Attack, COVER_ATTACKS, HOST_ATTACKS, STYLE_ATTACKS } from '../world/hostile-pages.ts';
import { overlayParts } from '../world/overlay-parts.ts';
import { likeness, type Picture, pictureOf, type Rect } from '../world/pixels.ts';
import { until, within } from '../world/within.ts';
import { openOverlayScene, type OverlayScene, pressTab } from './overlay-scene.ts';

/**
 * Pages that want a click of the user on something of ours that the user does not see. Judged by the pixels on the screen just before
 * the click and by what the click does: what cannot be seen does nothing.
 */
let scene: OverlayScene;
test.beforeAll(async () => {
  scene = await openOverlayScene();
});
test.afterAll(async () => {
  await scene?.close();
});

/** A page with something under every place, which counts what it gets. */
const PAGE = `<!doctype html><html lang="en"><title>Win a prize</title><style>body{margin:0;min-height:100vh;background:#7a3fd0}</style>
<h1>Win a prize</h1><script>window.clicks = 0; addEventListener('click', () => clicks++, true);</script></html>`;

/** So much of the sidebar has to look as it did for a person to know what they press. */
const SEEN = 0.97;

/** All that the CRM holds. */
const crmState = () =>
  JSON.stringify(['Account', 'Contact', 'Lead', 'Opportunity', 'Task'].map((object) => scene.sandbox.org.rows(object)));

interface Target {
  frame: Frame;
  /** Where the sidebar stands, and the link to the CRM that the page wants to be pressed. */
  area: Rect;
  link: readonly [number, number];
  before: Picture;
}

async function openTarget(page: Page): Promise<Target> {
  const frame = await pressTab(page);
  await frame.getByText(/^Checking/).waitFor({ state: 'detached' });
  const { frame: area } = await overlayParts(page);
  const box = await frame.locator('a[href*="/lightning/r/Contact/"]').first().boundingBox();
  if (!area || !box) throw new Error('no link in the sidebar');
  const link = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(20, 20);
  return { frame, area, link, before: await settled(page, area) };
}

/** The picture of the sidebar when two in a row are the same: its own updates are through. */
async function settled(page: Page, area: Rect): Promise<Picture> {
  let last = await pictureOf(page, area);
  return until(10_000, 'the sidebar to come to rest', async () => {
    const next = await pictureOf(page, area);
    const same = likeness(last, next, 0) === 1;
    last = next;
    return same ? next : undefined;
  });
}

/** `missed`: the page got the click. `nothing`: nobody did. */
type Outcome = 'acted' | 'refused' | 'gone' | 'missed' | 'nothing';

/** Four times as long as the sidebar waits before it acts. */
const CERTAIN_MS = 1000;

/** What became of a click, as soon as it is certain. */
function outcomeOf(page: Page, { frame }: Target, opened: () => number): Promise<Outcome> {
  const start = performance.now();
  return until(10_000, 'the click to come to something', async () => {
    if (opened() > 0) return 'acted';
    if (frame.isDetached()) return 'gone';
    const refused = await frame
      .locator('#covered')
      .count()
      .catch(() => 0);
    if (refused > 0) return 'refused';
    const clicks = await page.evaluate(() => (globalThis as { clicks?: number }).clicks ?? 0).catch(() => 0);
    if (clicks > 0) return 'missed';
    return performance.now() - start > CERTAIN_MS ? 'nothing' : undefined;
  });
}

async function attacked({ run, atClick }: Attack): Promise<{ likeness: number; outcome: Outcome }> {
  const page = await scene.visit(PAGE);
  const target = await openTarget(page);
  // The tab at the page's edge was one click of the user on the page itself.
  await page.evaluate('clicks = 0');
  let opened = 0;
  const onPage = () => {
    opened += 1;
  };
  scene.browser.context.on('page', onPage);
  try {
    await page.evaluate(`(() => { ${run} })()`);
    // Two frames later everything that a page can do at once is on the screen.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 60))).catch(() => undefined);
    const seen = likeness(target.before, await pictureOf(page, target.area));
    if (atClick) await page.evaluate(`(() => { ${atClick} })()`);
    // A frame that is destroyed under the pointer never tells the developer tools that it got the press.
    await within(2000, 'the click', page.mouse.click(...target.link)).catch(() => undefined);
    const outcome = await outcomeOf(page, target, () => opened);
    const after = atClick ? likeness(target.before, await pictureOf(page, target.area).catch(() => target.before)) : seen;
    return { likeness: Math.min(seen, after), outcome };
  } finally {
    scene.browser.context.off('page', onPage);
    for (const other of scene.browser.context.pages()) if (/salesforce\.com/.test(other.url())) await other.close();
    await page.close();
  }
}

test('a link of the sidebar that can be seen is followed', async () => {
  expect(await attacked({ what: 'nothing', run: '' })).toEqual({ likeness: 1, outcome: 'acted' });
});

for (const attack of [...STYLE_ATTACKS, ...COVER_ATTACKS, ...HOST_ATTACKS]) {
  test(`what is not seen is not done: ${attack.what}`, async () => {
    const before = crmState();
    let result = await attacked(attack);
    // On a busy machine the browser gives the page a click for some frames after the host is itself again. Nothing of ours acts then.
    for (let again = 0; attack.isFutile && result.outcome === 'missed' && again < 3; again += 1) result = await attacked(attack);
    const { likeness: seen, outcome } = result;
    console.log(`    ${(seen * 100).toFixed(0)} % as it was, ${outcome}`);
    if (attack.isFutile) expect({ seen, outcome }, 'the attack changes nothing').toEqual({ seen: 1, outcome: 'acted' });
    if (outcome === 'acted') expect(seen, 'a click acted on what was not seen').toBeGreaterThan(SEEN);
    expect(crmState(), 'the CRM is as it was').toBe(before);
  });
}
