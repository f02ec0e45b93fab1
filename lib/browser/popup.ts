import { browser } from 'wxt/browser';

const WIDTH = 420;
const HEIGHT = 640;

/** Opens the popup at its button; where the browser does not allow that now, as a small window of its own. */
export async function openPopup(): Promise<void> {
  await browser.action.openPopup().catch(async () => {
    const url = browser.runtime.getURL('/popup.html');
    await browser.windows.create({ url, type: 'popup', width: WIDTH, height: HEIGHT });
  });
}
