import { describe, expect, it } from 'vitest';
import { findFirefox } from '../../world/firefox.ts';

const only =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path);

describe('the search for a Firefox', () => {
  it('takes the one that SIDELIGHT_FIREFOX names before all others', () => {
    const exists = only('/my/firefox', '/usr/bin/firefox');
    expect(findFirefox({ env: { SIDELIGHT_FIREFOX: '/my/firefox' }, platform: 'linux', exists })).toBe('/my/firefox');
  });

  it('says so when that one is not there, instead of taking another', () => {
    const env = { SIDELIGHT_FIREFOX: '/gone' };
    expect(() => findFirefox({ env, platform: 'linux', exists: only('/usr/bin/firefox') })).toThrow('/gone');
  });

  it('prefers an ESR, and finds none where there is none', () => {
    const exists = only('/usr/bin/firefox', '/usr/bin/firefox-esr');
    expect(findFirefox({ env: {}, platform: 'linux', exists })).toBe('/usr/bin/firefox-esr');
    expect(findFirefox({ env: {}, platform: 'linux', exists: () => false })).toBeUndefined();
  });
});
