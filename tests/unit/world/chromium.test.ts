import { describe, expect, it } from 'vitest';
import { findChromium } from '../../world/chromium.ts';

const only =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

describe('the search for a Chromium', () => {
  it('takes the one that SIDELIGHT_CHROMIUM names before all others', () => {
    const exists = only('/my/chromium', '/usr/bin/chromium');
    expect(findChromium({ env: { SIDELIGHT_CHROMIUM: '/my/chromium' }, platform: 'linux', exists })).toBe('/my/chromium');
  });

  it('says so when that one is not there, instead of taking another', () => {
    const env = { SIDELIGHT_CHROMIUM: '/gone' };
    expect(() => findChromium({ env, platform: 'linux', exists: only('/usr/bin/chromium') })).toThrow('/gone');
  });

  it("prefers Debian's binary to the wrapper that adds flags of its own", () => {
    const exists = only('/usr/bin/chromium', '/usr/lib/chromium/chromium');
    expect(findChromium({ env: {}, platform: 'linux', exists })).toBe('/usr/lib/chromium/chromium');
  });

  it("falls back to Playwright's browser, and never takes branded Chrome, which loads no unpacked extension", () => {
    const exists = only('/usr/bin/google-chrome', '/opt/google/chrome/chrome', '/cache/playwright/chrome');
    expect(findChromium({ env: {}, platform: 'linux', exists, playwrightPath: '/cache/playwright/chrome' })).toBe(
      '/cache/playwright/chrome',
    );
    expect(findChromium({ env: {}, platform: 'linux', exists, playwrightPath: '' })).toBeUndefined();
  });
});
