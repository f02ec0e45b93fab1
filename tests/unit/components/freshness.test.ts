import { describe, expect, it, vi } from 'vitest';
import type { AccountView, Liveness } from '@/lib/messaging/account-protocol';

vi.stubGlobal('navigator', { language: 'en-US' });
const { freshnessWords } = await import('@/components/account/FreshnessLine');

const NOW = Date.UTC(2026, 4, 12, 9, 30);
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const live = (rest: Partial<Liveness>): Liveness => ({ state: 'stored', at: null, code: null, changed: 0, gone: 0, ...rest });
const words = (rest: Partial<Pick<AccountView, 'syncedAt' | 'stale' | 'live'>>) =>
  freshnessWords({ syncedAt: ago(180), stale: false, crmLabel: 'Salesforce', live: live({}), ...rest }, NOW);

describe('while the CRM has not been heard', () => {
  it('says how old the copy is', () => expect(words({})).toBe('Synced 3h ago'));

  it('says that it may be out of date', () => expect(words({ stale: true })).toBe('Synced 3h ago, may be out of date'));

  it('says that the first sync runs', () => expect(words({ syncedAt: null })).toBe('First sync from Salesforce is running'));

  it('keeps the time of the copy while it asks', () => {
    expect(words({ live: live({ state: 'asking' }) })).toBe('Synced 3h ago · Checking Salesforce…');
    expect(words({ syncedAt: null, live: live({ state: 'asking' }) })).toContain('First sync from Salesforce is running');
  });
});

describe('when the CRM has answered', () => {
  it('speaks of the answer, and no more of the copy', () => {
    const answered = live({ state: 'live', at: ago(0) });
    expect(words({ live: answered })).toBe('As in Salesforce, just now');
    expect(words({ live: answered, stale: true, syncedAt: null })).toBe('As in Salesforce, just now');
  });

  it('says how old an answer is that has been there for a while', () => {
    expect(words({ live: live({ state: 'live', at: ago(7) }) })).toBe('As in Salesforce, 7m ago');
  });

  it.each([
    [1, '1 record is gone'],
    [2, '2 records are gone'],
  ])('says that %i went', (gone, text) => {
    expect(words({ live: live({ state: 'live', at: ago(0), gone }) })).toBe(`As in Salesforce, just now · ${text}`);
  });
});

describe('when the CRM could not be asked', () => {
  it.each([
    ['crm.offline', 'Salesforce not reached'],
    ['crm.timeout', 'Salesforce not reached'],
    ['crm.limit', 'too few API calls left'],
    ['crm.reserve', 'too few API calls left'],
    ['auth.reconnect', 'login ended'],
    ['unexpected', 'Salesforce could not be asked'],
  ] as const)('%s is a few words behind the time', (code, text) => {
    expect(words({ live: live({ state: 'failed', code }) })).toBe(`Synced 3h ago · ${text}`);
  });
});
