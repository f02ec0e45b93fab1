import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { batchRecords, catchUpAt, DAY, dueAt, retryAfter, type ScheduleState, wasMissed } from '@/lib/sync/schedule';

const NOW = Date.parse('2026-05-01T00:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEVER: ScheduleState = { lastSuccessAt: null, lastFailureAt: null, failures: 0, retryAt: null };
const IDS = Array.from({ length: 300 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex'));

/** How many of the shares fall into each third of [0, 1). */
const thirds = (shares: number[]) =>
  [0, 1, 2].map((third) => shares.filter((share) => share >= 0 && Math.floor(share * 3) === third).length);

describe('schedule', () => {
  it('is due at once when the connection never ran', () => {
    expect(dueAt(NEVER, 'c1')).toBe(0);
  });

  it('is due a day after the last success, and up to 45 minutes later', () => {
    const due = dueAt({ ...NEVER, lastSuccessAt: NOW }, 'c1');
    expect(due - NOW).toBeGreaterThanOrEqual(DAY);
    expect(due - NOW).toBeLessThan(DAY + 45 * MINUTE);
  });

  it.each([1, 4])('is due every %i hours when that is chosen, and at most a quarter of it later', (hours) => {
    const late = IDS.map((id) => dueAt({ ...NEVER, lastSuccessAt: NOW }, id, hours * HOUR) - NOW - hours * HOUR);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(Math.min(hours * 15, 45) * MINUTE);
  });

  it('spreads connections over the 45 minutes', () => {
    const shares = IDS.map((id) => (dueAt({ ...NEVER, lastSuccessAt: 0 }, id) - DAY) / (45 * MINUTE));
    expect(Math.min(...thirds(shares))).toBeGreaterThan(60);
  });

  describe('given a run that failed', () => {
    const failed = (failures: number, retryAt: number | null = null): ScheduleState => ({
      lastSuccessAt: NOW - HOUR,
      lastFailureAt: NOW,
      failures,
      retryAt,
    });

    it('is due again after minutes, although the last success is not a day ago', () => {
      const wait = dueAt(failed(1), 'c1') - NOW;
      expect(wait).toBeGreaterThanOrEqual(1.5 * MINUTE);
      expect(wait).toBeLessThanOrEqual(2.5 * MINUTE);
    });

    it('is not due before the CRM allows it', () => {
      expect(dueAt(failed(1, NOW + 3 * HOUR), 'c1')).toBe(NOW + 3 * HOUR);
    });

    it('is due later than the CRM allows when it has failed often', () => {
      expect(dueAt(failed(9, NOW + MINUTE), 'c1')).toBeGreaterThan(NOW + 4 * HOUR);
    });
  });

  describe('given what a failure says about trying again', () => {
    it('waits as long as the CRM asks for', () => {
      expect(retryAfter('crm.busy', 90_000, NOW, 'c1')).toBe(NOW + 90_000);
      expect(retryAfter('crm.unavailable', 2 * HOUR, NOW, 'c1')).toBe(NOW + 2 * HOUR);
      expect(retryAfter('crm.limit', 5 * MINUTE, NOW, 'c1')).toBe(NOW + 5 * MINUTE);
    });

    it('waits at least an hour after a used-up limit of which the CRM does not say when it ends', () => {
      expect(retryAfter('crm.limit', undefined, NOW, 'c1')).toBeGreaterThanOrEqual(NOW + HOUR);
    });

    it('waits at least an hour when the reserve is reached, whatever the CRM says', () => {
      expect(retryAfter('crm.reserve', undefined, NOW, 'c1')).toBeGreaterThanOrEqual(NOW + HOUR);
      expect(retryAfter('crm.reserve', 1000, NOW, 'c1')).toBeGreaterThanOrEqual(NOW + HOUR);
      expect(retryAfter('crm.reserve', 3 * HOUR, NOW, 'c1')).toBe(NOW + 3 * HOUR);
    });

    it('spreads the hour, since all browsers of a company hit the limit at once', () => {
      const shares = IDS.map((id) => ((retryAfter('crm.limit', undefined, NOW, id) ?? 0) - NOW - HOUR) / (15 * MINUTE));
      expect(Math.min(...thirds(shares))).toBeGreaterThan(60);
    });

    it('says nothing when the CRM said nothing', () => {
      expect(retryAfter('crm.offline', undefined, NOW, 'c1')).toBeNull();
    });

    it.each([0, -5, Number.NaN])('takes a wait of %s ms for none', (asked) => {
      expect(retryAfter('crm.busy', asked, NOW, 'c1')).toBeNull();
    });

    it.each([Number.POSITIVE_INFINITY, 400 * DAY])('lets no answer put the syncs off for longer than a day (%s ms)', (asked) => {
      expect(retryAfter('crm.busy', asked, NOW, 'c1')).toBe(NOW + DAY);
    });
  });

  describe('given a computer that slept', () => {
    it('calls a run missed when it was due more than 35 minutes ago', () => {
      expect(wasMissed(NOW - 35 * MINUTE, NOW)).toBe(false);
      expect(wasMissed(NOW - 35 * MINUTE - 1, NOW)).toBe(true);
    });

    it('does not call the first run of a new connection missed', () => {
      expect(wasMissed(0, NOW)).toBe(false);
    });

    it('spreads the runs of a company’s laptops over ten minutes', () => {
      const shares = IDS.map((id) => (catchUpAt(NOW, id) - NOW) / (10 * MINUTE));
      expect(Math.min(...thirds(shares))).toBeGreaterThan(60);
    });

    it('gives a connection another moment on another day, so that nobody is always the first', () => {
      const shares = Array.from(
        { length: 300 },
        (_, day) => (catchUpAt(NOW + day * DAY, 'c1') - NOW - day * DAY) / (10 * MINUTE),
      );
      expect(Math.min(...thirds(shares))).toBeGreaterThan(60);
    });
  });

  it.each([
    [0, 5000],
    [1, 2500],
    [2, 1250],
    [3, 625],
    [4, 500],
    [5, 500],
    [1000, 500],
  ])('halves the batch with every kill that got nowhere: after %i it is %i records', (halvings, records) => {
    expect(batchRecords(halvings)).toBe(records);
  });
});
