import { describe, expect, it } from 'vitest';
import { isLeftOut, leavesOut, leftOutAt } from '@/lib/crm/leave-out';
import { OBJECTS } from '@/lib/crm/records';
import { record } from '../../builders/records';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const EVERYTHING = { optedOut: false, closedTaskDays: null };

describe('what is left out of a copy', () => {
  it('is nothing when nothing is chosen', () => {
    const nothing = leftOutAt(EVERYTHING, NOON);
    for (const object of OBJECTS) expect(leavesOut(object, nothing)).toBe(false);
    expect(isLeftOut(record('contact', 'c', { doNotCall: true, emailOptOut: true }), nothing)).toBe(false);
    expect(isLeftOut({ ...record('task', 't', { closed: true }), modifiedAt: '2001-01-01T00:00:00.000Z' }, nothing)).toBe(false);
  });

  it('are people who have opted out of e-mail, of calls, or of both, and nobody else', () => {
    const leftOut = leftOutAt({ ...EVERYTHING, optedOut: true }, NOON);
    for (const object of ['contact', 'lead'] as const) {
      expect(isLeftOut(record(object, 'p', { emailOptOut: true }), leftOut)).toBe(true);
      expect(isLeftOut(record(object, 'p', { doNotCall: true }), leftOut)).toBe(true);
      expect(isLeftOut(record(object, 'p', {}), leftOut)).toBe(false);
    }
    expect(isLeftOut(record('account', 'a'), leftOut)).toBe(false);
  });

  it('are Tasks that are closed and were not changed since a day that stands still for a day', () => {
    const leftOut = leftOutAt({ ...EVERYTHING, closedTaskDays: 30 }, NOON);
    expect(leftOut.closedBefore).toBe('2026-05-02T00:00:00.000Z');
    expect(leftOutAt({ ...EVERYTHING, closedTaskDays: 30 }, NOON + 11 * 3_600_000).closedBefore).toBe(leftOut.closedBefore);
    const task = (closed: boolean, modifiedAt: string) => ({ ...record('task', 't', { closed }), modifiedAt });
    expect(isLeftOut(task(true, '2026-05-01T23:59:59.000Z'), leftOut)).toBe(true);
    expect(isLeftOut(task(true, '2026-05-02T00:00:00.000Z'), leftOut)).toBe(false);
    expect(isLeftOut(task(false, '2001-01-01T00:00:00.000Z'), leftOut)).toBe(false);
  });
});
