import { beforeEach, describe, expect, it } from 'vitest';
import { createPace, type Pace } from '@/lib/shared/pace';

describe('the pace of long work', () => {
  let time: number;
  let tasks: number;
  let pace: Pace;
  beforeEach(() => {
    time = 0;
    tasks = 0;
    pace = createPace({
      now: () => time,
      nextTask: async () => {
        tasks += 1;
      },
    });
  });

  it('holds the thread for a few milliseconds without giving it up', async () => {
    time = 7;
    await pace.breathe();
    expect(tasks).toBe(0);
  });

  it('gives it up when it has held it for longer, and begins anew then', async () => {
    time = 8;
    await pace.breathe();
    expect(tasks).toBe(1);
    time = 15;
    await pace.breathe();
    expect(tasks).toBe(1);
  });

  it('stands back while somebody is in a hurry, and goes on at once after the last of them', async () => {
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const hurried = ['first', 'second'].map((who) =>
      pace.hurry(
        () =>
          new Promise<void>((resolve) => {
            ends.push(() => {
              order.push(who);
              resolve();
            });
          }),
      ),
    );
    const work = pace.breathe().then(() => order.push('work'));
    for (const end of ends) end();
    await Promise.all([...hurried, work]);
    expect(order).toEqual(['first', 'second', 'work']);
  });

  it('goes on in the end however long somebody is in a hurry', async () => {
    let end: () => void = () => undefined;
    const hurried = pace.hurry(() => new Promise<void>((resolve) => (end = resolve)));
    await pace.breathe();
    expect(tasks).toBe(1);
    end();
    await hurried;
  });

  it('is not held up by a hurry that failed', async () => {
    await pace.hurry(() => Promise.reject(new Error('no'))).catch(() => undefined);
    await pace.breathe();
    expect(tasks).toBe(0);
  });

  it('lets messages and timers through with the real event loop', async () => {
    const real = createPace({ now: () => (time += 10) });
    let timer = false;
    setTimeout(() => {
      timer = true;
    });
    for (let turn = 0; turn < 10_000 && !timer; turn += 1) await real.breathe();
    expect(timer).toBe(true);
  });
});
