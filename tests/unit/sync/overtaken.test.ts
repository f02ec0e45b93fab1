import { describe, expect, it } from 'vitest';
import { createOvertaken } from '@/lib/sync/overtaken';
import { fakeClock } from '../../fakes/fake-clock';

const DAY = 24 * 3_600_000;

describe('what a live refresh has overtaken', () => {
  it('is what was written after the run had asked, not before', () => {
    const clock = fakeClock();
    const overtaken = createOvertaken(clock);
    const before = clock.now();
    clock.wait(1000);
    overtaken.note('contact', ['c1', 'c2']);
    expect(overtaken.since('contact', 'c1', before)).toBe(true);
    expect(overtaken.since('contact', 'c2', clock.now())).toBe(true);
    expect(overtaken.since('contact', 'c1', clock.now() + 1)).toBe(false);
  });

  it('tells records of one id apart by their object', () => {
    const clock = fakeClock();
    const overtaken = createOvertaken(clock);
    overtaken.note('contact', ['x']);
    expect(overtaken.since('lead', 'x', 0)).toBe(false);
    expect(overtaken.since('contact', 'y', 0)).toBe(false);
  });

  it('goes by the last time a record was written', () => {
    const clock = fakeClock();
    const overtaken = createOvertaken(clock);
    overtaken.note('lead', ['l']);
    clock.wait(5000);
    const asked = clock.now();
    overtaken.note('lead', ['l']);
    expect(overtaken.since('lead', 'l', asked)).toBe(true);
  });

  it('is forgotten after a day', () => {
    const clock = fakeClock();
    const overtaken = createOvertaken(clock);
    overtaken.note('lead', ['old']);
    clock.wait(DAY);
    expect(overtaken.since('lead', 'old', 0)).toBe(true);
    clock.wait(1);
    expect(overtaken.since('lead', 'old', 0)).toBe(false);
    overtaken.note('lead', ['new']);
    expect(overtaken.since('lead', 'old', 0)).toBe(false);
    expect(overtaken.since('lead', 'new', 0)).toBe(true);
  });
});
