import * as z from 'zod/mini';
import type { Clock } from '@/lib/shared/clock';
import { type Failures, nextTryAt } from './unlock-delay';

export type TryResult = { kind: 'unlocked' } | { kind: 'wrong' | 'wait'; retryAt: string | null };

const KEY = 'unlock-failures';
const stored = z.object({ count: z.number(), at: z.number() });
const NONE: Failures = { count: 0, at: 0 };

/** The part of the extension's own storage that is needed here: the count survives a restart of the browser. */
interface TriesArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Tries one after another, each after the delay that those before it have earned. */
export function createUnlockTries(area: TriesArea, clock: Clock) {
  let queue: Promise<unknown> = Promise.resolve();
  const failures = async (): Promise<Failures> => stored.safeParse(await area.get(KEY)).data ?? NONE;

  async function retryAt(): Promise<number | null> {
    const now = clock.now();
    const next = nextTryAt(await failures(), now);
    return next > now ? next : null;
  }

  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

  async function attempt(open: () => Promise<boolean>): Promise<TryResult> {
    const until = await retryAt();
    if (until !== null) return { kind: 'wait', retryAt: iso(until) };
    // Counted before it is tried: whoever stops the worker in the middle has had the try all the same.
    const before = await failures();
    await area.set(KEY, { count: before.count + 1, at: clock.now() });
    if (await open()) {
      await area.remove(KEY);
      return { kind: 'unlocked' };
    }
    return { kind: 'wrong', retryAt: iso(await retryAt()) };
  }

  return {
    retryAt,
    attempt(open: () => Promise<boolean>): Promise<TryResult> {
      const result = queue.then(() => attempt(open));
      queue = result.catch(() => undefined);
      return result;
    },
  };
}
