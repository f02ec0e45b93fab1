import type { Page } from '@playwright/test';
import type { State } from './state.ts';

/** The tab at a page's edge. It stands in a closed shadow root, so it is met by keyboard and by its picture alone. */
const tab = (name: string, act?: (page: Page) => Promise<void>, rest: Partial<State> = {}): State => ({
  id: `tab-${name}`,
  view: 'tab',
  answers: {},
  ...(act ? { act } : {}),
  ...rest,
});

async function focusTab(page: Page): Promise<void> {
  await page.locator('[popover]').waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'Contact' }).focus();
  await page.keyboard.press('Tab');
}

async function press(page: Page): Promise<void> {
  await focusTab(page);
  await page.keyboard.press('Enter');
}

async function pressInVain(page: Page): Promise<void> {
  const gone = page.waitForEvent('framedetached');
  await press(page);
  await gone;
}

export const tabStates: State[] = [
  tab('closed'),
  tab('focused', focusTab),
  tab('moved', async (page) => {
    await focusTab(page);
    for (const key of ['ArrowLeft', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  }),
  tab('opening', press, { answers: { 'sidebar.open': 'never' } }),
  // It takes its time: a frame that the page forbids is loaded as well.
  tab('refused', pressInVain, { accessDenied: true }),
];
