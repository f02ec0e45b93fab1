import { expect, test } from '@playwright/test';
import { overlayFrames } from '../world/overlay-frame.ts';
import { openPopup } from '../world/popup.ts';
import {
  chooseOverlay,
  closeSidebar,
  html,
  openOverlayScene,
  type OverlayScene,
  pressCommand,
  pressLast,
  pressTab,
  shownSidebar,
  tabOf,
} from './overlay-scene.ts';
import { overlayHost } from './scene.ts';

/** What the sidebar does by itself, and where the user does not want it. */
let scene: OverlayScene;
test.beforeAll(async () => {
  scene = await openOverlayScene();
});
test.afterAll(async () => {
  await scene?.close();
});

test('opens beside the page when the user chose so, without taking the keyboard, and not again where it was closed', async () => {
  await chooseOverlay(scene, /Open the sidebar/);
  const page = await scene.visit(html('<h1>A company</h1><input autofocus aria-label="Search">'));
  const frame = await shownSidebar(page);
  await page.bringToFront();
  await page.keyboard.type('bread');
  await expect(page.getByLabel('Search')).toHaveValue('bread');
  await closeSidebar(page, frame);
  await page.reload();
  await tabOf(page);
  expect(overlayFrames(page)).toHaveLength(0);
  await page.close();
  const other = await scene.visit();
  await shownSidebar(other);
  await other.close();
  await chooseOverlay(scene, /Show a tab/);
});

test('shows nothing until it is asked, when the user chose so; the key opens it, and closing takes all of it away', async () => {
  await chooseOverlay(scene, /Show nothing until I ask/);
  const page = await scene.visit();
  await pressCommand(scene, 'sidebar', page);
  const frame = await shownSidebar(page);
  pressLast(frame.getByRole('button', { name: /Close/ }));
  await expect(overlayHost(page)).toHaveCount(0);
  await chooseOverlay(scene, /Show a tab/);
  await tabOf(page);
  await page.close();
});

for (const { choice, says, stays } of [
  { choice: 'In this tab', says: /hidden on this site in this tab/, stays: false },
  { choice: 'For today', says: /hidden on this site for today/, stays: true },
  { choice: 'Always', says: /hidden on this site\./, stays: true },
]) {
  test(`hides on this site: ${choice}; the popup says so and brings it back`, async () => {
    const page = await scene.visit();
    const frame = await pressTab(page);
    await frame.getByRole('button', { name: 'Hide on this site' }).click();
    pressLast(frame.getByRole('button', { name: choice }));
    await expect(overlayHost(page)).toHaveCount(0);
    await page.reload();
    const popup = await openPopup(page, scene.extensionId);
    await popup.waitForText(says);
    await popup.close();
    await expect(overlayHost(page)).toHaveCount(0);
    const other = await scene.visit();
    if (!stays) await tabOf(other);
    else {
      const options = await scene.open('options.html#sites');
      await expect(options.getByRole('heading', { name: 'Hidden there' })).toBeVisible();
      await options.close();
      await expect(overlayHost(other)).toHaveCount(0);
    }
    await other.close();
    const back = await openPopup(page, scene.extensionId);
    await back.waitForText(says);
    await back.evaluate(() =>
      [...document.querySelectorAll('button')].find((one) => one.textContent === 'Show it again')?.click(),
    );
    await tabOf(page);
    await back.close().catch(() => undefined);
    await page.close();
  });
}
