import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { SyncStatus } from '@/lib/messaging/protocol';

vi.stubGlobal('navigator', { language: 'en-US' });
const { UsageLine } = await import('@/components/sync/UsageLine');

const STATUS: SyncStatus = {
  running: null,
  lastSuccessAt: null,
  lastError: null,
  nextDueAt: null,
  skipped: 0,
  calls: 3,
  usage: { used: 1234, max: 15_000, reserve: 3000 },
  held: [],
  unavailable: [],
};
const html = (rest: Partial<SyncStatus>) => renderToStaticMarkup(<UsageLine status={{ ...STATUS, ...rest }} />);

it('says what the last run cost and what the organisation has used', () => {
  expect(html({})).toContain(
    'Last run: 3 calls. Your organisation used 1,234 of 15,000 API calls today; 3,000 are left to others.',
  );
});

it('speaks of the run that is on its way, in the singular where it is one', () => {
  const running = {
    object: 'task' as const,
    done: 0,
    total: 0,
    overallDone: 0,
    overallTotal: 0,
    recordsPerSecond: null,
    secondsLeft: null,
  };
  expect(html({ running, calls: 1 })).toContain('This run: 1 call.');
});

it('promises nothing to others when nothing is left to them', () => {
  expect(html({ usage: { used: 1, max: 15_000, reserve: 0 } })).toContain('used 1 of 15,000 API calls today.');
});

it('is not there when nothing is known', () => expect(html({ calls: 0, usage: null })).toBe(''));

it.each([
  ['crm.limit', true],
  ['crm.reserve', true],
  ['crm.offline', false],
] as const)('after %s it warns: %s', (code, warns) => {
  expect(html({ lastError: { code, at: '2026-05-12T09:00:00.000Z' } }).includes('text-warn')).toBe(warns);
});
