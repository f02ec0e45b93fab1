import { browser } from 'wxt/browser';

/** The extension's own id and origin. */
export function self(): { id: string; origin: string } {
  return { id: browser.runtime.id, origin: new URL(browser.runtime.getURL('/')).origin };
}

/** What runs here, for a report: by number and by the browser's own word for the system. */
export async function runtimeFacts(): Promise<{
  version: string;
  family: string;
  major: number;
  language: string;
  system: string;
}> {
  const { userAgent, language } = navigator;
  const [, name, major] = /(Firefox|Chrome)\/(\d+)/.exec(userAgent) ?? [];
  return {
    version: browser.runtime.getManifest().version,
    family: name === 'Firefox' ? 'firefox' : 'chromium',
    major: Number(major ?? 0),
    language: language.slice(0, 2).toLowerCase(),
    system: (await browser.runtime.getPlatformInfo()).os,
  };
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
