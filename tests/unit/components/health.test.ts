import { describe, expect, it } from 'vitest';
import { lostChoiceOf, maySync, remedyFor } from '@/components/connections/health';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { ErrorCode } from '@/lib/shared/errors';

const SYNC: ConnectionSummary['sync'] = {
  running: null,
  lastSuccessAt: null,
  lastError: null,
  nextDueAt: null,
  skipped: 0,
  calls: 0,
  usage: null,
  held: [],
  unavailable: [],
};
const broken = (code: ErrorCode | null, state: ConnectionSummary['state'] = 'damaged') => ({
  state,
  sync: { ...SYNC, lastError: code && { code, at: '2026-05-12T09:30:00.000Z' } },
});

describe('a copy that cannot be used', () => {
  it.each([
    ['storage.evicted', 'reconnect'],
    ['storage.unreadable', 'reconnect'],
    ['storage.newer-version', 'update'],
    ['storage.quota', 'sync'],
    ['vault.tampered', 'sync'],
    ['unexpected', 'reconnect'],
    [null, 'reconnect'],
  ] as const)('after %s has one way out: %s', (code, remedy) => {
    expect(remedyFor(broken(code))).toBe(remedy);
    expect(maySync(broken(code))).toBe(remedy === 'sync');
  });
});

it('a copy that can be used needs none, whatever the last sync said', () => {
  expect(remedyFor(broken('storage.quota', 'ready'))).toBeNull();
  expect(maySync(broken('storage.quota', 'ready'))).toBe(true);
  expect(maySync(broken('auth.reconnect', 'reconnect-needed'))).toBe(false);
});

it('what the user has decided and is damaged has to be said anew; the copy can be used meanwhile', () => {
  for (const code of ['selection.damaged', 'decisions.damaged'] as const) {
    expect(lostChoiceOf(broken(code, 'ready'))).toBe(code);
    expect(remedyFor(broken(code, 'ready'))).toBeNull();
    expect(lostChoiceOf(broken(code, 'reconnect-needed'))).toBeNull();
  }
  expect(lostChoiceOf(broken('crm.offline', 'ready'))).toBeNull();
});
