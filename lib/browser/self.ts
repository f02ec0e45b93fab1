import { browser } from 'wxt/browser';

/** The extension's own id and origin. */
export function self(): { id: string; origin: string } {
  return { id: browser.runtime.id, origin: new URL(browser.runtime.getURL('/')).origin };
}

/**
 * Keeps the worker from being stopped while `work` goes on: Chromium ends it 30 seconds after the last extension API
 * call, whatever else it is doing (developer.chrome.com, service worker lifecycle).
 */
export async function keepAwake<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), 20_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
