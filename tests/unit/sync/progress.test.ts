import { describe, expect, it } from 'vitest';
import { createProgress } from '@/lib/sync/progress';

/** A run of the lead object that takes `step` records every `ms` from `from` on, `times` times; gives what it says at the end. */
function steady(progress: ReturnType<typeof createProgress>, from: number, step: number, ms: number, times: number) {
  let now = from;
  for (let n = 0; n < times; n += 1) {
    now += ms;
    progress.add('lead', step);
    progress.at('lead', now);
  }
  return { now, said: progress.at('lead', now) };
}

describe('progress', () => {
  it('knows no rate before a second has passed, nor before anything is done', () => {
    const progress = createProgress(0);
    progress.expect('lead', 100);
    expect(progress.at('lead', 10_000)).toMatchObject({ recordsPerSecond: null, secondsLeft: null });
    const other = createProgress(0);
    other.expect('lead', 100);
    other.add('lead', 25);
    expect(other.at('lead', 999)).toMatchObject({ done: 25, recordsPerSecond: null, secondsLeft: null });
    expect(other.at('lead', 1000)).toMatchObject({ recordsPerSecond: 25, secondsLeft: 3 });
  });

  it('says the rate, and how long the rest takes at it', () => {
    const progress = createProgress(0);
    progress.expect('lead', 10_000);
    const { said } = steady(progress, 0, 100, 1000, 10);
    expect(said).toMatchObject({ done: 1000, total: 10_000, recordsPerSecond: 100, secondsLeft: 90 });
  });

  it('follows a change of pace within fifteen seconds, whatever the average since the start', () => {
    const progress = createProgress(0);
    progress.expect('lead', 10_000_000);
    const { now } = steady(progress, 0, 1000, 100, 3000);
    const { said } = steady(progress, now, 100, 1000, 15);
    expect(said.recordsPerSecond).toBe(100);
    expect(said.secondsLeft).toBe(Math.ceil((10_000_000 - said.overallDone) / 100));
  });

  it('keeps a rate when pages come further apart than that', () => {
    const progress = createProgress(0);
    progress.expect('lead', 100_000);
    const { said } = steady(progress, 0, 2000, 20_000, 5);
    expect(said.recordsPerSecond).toBe(100);
  });

  it('says nothing of the end while nothing moves, and says so again when it does', () => {
    const progress = createProgress(0);
    progress.expect('lead', 10_000);
    const { now } = steady(progress, 0, 100, 1000, 10);
    expect(progress.at('lead', now + 60_000)).toMatchObject({ recordsPerSecond: 0, secondsLeft: null });
    const { said } = steady(progress, now + 60_000, 100, 1000, 20);
    expect(said).toMatchObject({ recordsPerSecond: 100, secondsLeft: (10_000 - said.done) / 100 });
  });

  it('says that nothing is left when all is done', () => {
    const progress = createProgress(0);
    progress.expect('lead', 100);
    progress.add('lead', 100);
    expect(progress.at('lead', 20_000)).toMatchObject({ secondsLeft: 0, done: 100, total: 100 });
  });

  it('lets no total fall, so that a bar never jumps', () => {
    const progress = createProgress(0);
    progress.expect('lead', 500);
    progress.expect('lead', 200);
    expect(progress.at('lead', 1).total).toBe(500);
    progress.add('lead', 700);
    expect(progress.at('lead', 2).total).toBe(700);
    progress.expect('account', 10);
    expect(progress.at('account', 3)).toMatchObject({ done: 0, total: 10, overallDone: 700, overallTotal: 710 });
  });

  it('begins to measure anew when the clock is set back', () => {
    const progress = createProgress(1_000_000);
    progress.expect('lead', 10_000);
    const { now } = steady(progress, 1_000_000, 100, 1000, 5);
    expect(progress.at('lead', now - 3_600_000)).toMatchObject({ recordsPerSecond: null, secondsLeft: null });
    expect(steady(progress, now - 3_600_000, 50, 1000, 5).said.recordsPerSecond).toBe(50);
  });
});
