import { QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import type { LockReason } from '@/lib/shared/lock-reason';

vi.stubGlobal('navigator', { language: 'en-US' });
const { newQueryClient } = await import('@/components/hooks/query-client');
const { UnlockForm } = await import('@/components/vault/UnlockForm');
const { asClock, later, secondsUntil } = await import('@/components/vault/use-seconds-left');
const { strengthOf } = await import('@/components/vault/strength');

const NOW = Date.UTC(2026, 4, 12, 9, 30);
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const LOCKED: VaultState = {
  mode: 'passphrase',
  locked: 'start',
  passkeys: [],
  kdf: 'argon2id',
  idleMinutes: 15,
  retryAt: null,
  change: null,
};
const PASSKEY = { credentialId: 'AAEC', salt: 'AwQF', name: 'This computer', createdAt: at(0) };

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

const html = (rest: Partial<VaultState> = {}) =>
  renderToStaticMarkup(
    <QueryClientProvider client={newQueryClient()}>
      <UnlockForm vault={{ ...LOCKED, ...rest }} passkey={<i>passkey</i>} draft={null} onReset={() => {}} />
    </QueryClientProvider>,
  );

describe('the unlock form', () => {
  it.each<[LockReason, string]>([
    ['start', 'Your browser was started anew.'],
    ['user', 'You locked it.'],
    ['idle', 'Nothing was typed or moved for 15 minutes.'],
    ['screen', 'Your screen was locked.'],
    ['limit', 'It had been open for 12 hours'],
  ])('says why: %s', (locked, words) => expect(html({ locked })).toContain(words));

  it('says it in the singular, and without a number where there is none', () => {
    expect(html({ locked: 'idle', idleMinutes: 1 })).toContain('for 1 minute.');
    expect(html({ locked: 'idle', idleMinutes: 0 })).toContain('for a while.');
  });

  it('hides what is typed from onlookers, password managers and spell checkers', () => {
    const field = /<input[^>]*>/.exec(html())?.[0] ?? '';
    expect(field).toContain('type="password"');
    expect(field).toContain('autoComplete="off"');
    expect(field).toContain('spellCheck="false"');
  });

  it('offers a passkey where there is one', () => {
    expect(html()).not.toContain('passkey</i>');
    expect(html({ passkeys: [PASSKEY] })).toContain('passkey</i>');
  });

  it('names no passkey and no record', () => expect(html({ passkeys: [PASSKEY] })).not.toContain('This computer'));

  it('counts down while no passphrase may be tried, and holds the button', () => {
    const button = (shown: string) => /<button[^>]*type="submit"[^>]*>/.exec(shown)?.[0] ?? '';
    expect(html({ retryAt: at(125) })).toContain('You can try again in 2:05.');
    expect(button(html({ retryAt: at(125) }))).toContain('aria-disabled="true"');
    expect(html({ retryAt: at(-1) })).not.toContain('You can try again');
    expect(button(html({ retryAt: at(-1) }))).not.toContain('aria-disabled');
  });

  it('says what a lost passphrase means', () => {
    expect(html()).toContain('Nothing in your CRM is lost.');
    expect(html()).toContain('End it in your CRM by hand.');
  });
});

describe('the wait', () => {
  it.each([
    [null, 0],
    [at(-5), 0],
    [at(0.2), 1],
    [at(30), 30],
    ['no time', 0],
  ])('until %s is %i seconds', (end, seconds) => expect(secondsUntil(end, NOW)).toBe(seconds));

  it.each([
    [5, '0:05'],
    [60, '1:00'],
    [3599, '59:59'],
    [3661, '1:01:01'],
  ])('%i seconds are written %s', (seconds, text) => expect(asClock(seconds)).toBe(text));

  it('is the longer one of what the state and what the last try said', () => {
    expect(later(at(5), at(9))).toBe(at(9));
    expect(later(at(5), null)).toBe(at(5));
    expect(later(null, null)).toBeNull();
  });
});

describe('what is said of a passphrase', () => {
  it.each([
    ['', 'empty'],
    ['harbour', 'short'],
    ['aaaaaaaaaaaaaaaa', 'repeats'],
    ['abababababab', 'repeats'],
    ['Tr0ub4dor&3xyz', 'long'],
    ['pelican pelican pelican pelican', 'long'],
    ['harbour velvet pelican thirteen', 'words'],
    ['Größe-Fähre-Kürbis-Mühle', 'words'],
  ])('%s: %s', (passphrase, kind) => expect(strengthOf(passphrase).kind).toBe(kind));

  it('counts characters as people do', () => {
    expect(strengthOf('🐟🐠🐡🦈🐙🦑🦐🦞🦀🐚🪸')).toEqual({ kind: 'short', missing: 1 });
  });
});
