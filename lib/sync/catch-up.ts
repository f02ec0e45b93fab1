import * as z from 'zod/mini';
import type { Clock } from '@/lib/shared/clock';
import { catchUpAt, wasMissed } from './schedule';

const KEY = 'catch-up';
/** A plan that lies further ahead was made by a clock that was wrong. */
const LATEST_CATCH_UP_MS = 10 * 60_000;
const plans = z.record(z.string(), z.number());

/** Where plans are kept: they outlive the worker, not the browser. */
export interface PlanArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Runs that were missed while the computer slept, and when each is made up for. */
export interface CatchUp {
  /** Which of the connections that are due (`due` in ms) may start now. The others are planned; a plan is never put off. */
  startable(due: readonly { id: string; due: number }[]): Promise<string[]>;
  /** When the first planned run is to start (ms), or null. */
  earliest(): Promise<number | null>;
}

/** Plans in `area`. One look may work on it at a time. */
export function createCatchUp(area: PlanArea, clock: Clock): CatchUp {
  async function planned(): Promise<Record<string, number>> {
    const parsed = plans.safeParse(await area.get(KEY));
    return parsed.success ? parsed.data : {};
  }
  return {
    async startable(due) {
      const now = clock.now();
      const known = await planned();
      const next: Record<string, number> = {};
      for (const { id, due: since } of due) {
        if (!wasMissed(since, now)) continue;
        const plan = known[id];
        // A plan that was slept through itself is as good as none.
        const isSane = plan !== undefined && !wasMissed(plan, now) && plan - now <= LATEST_CATCH_UP_MS;
        const at = isSane ? plan : catchUpAt(now, id);
        if (at > now) next[id] = at;
      }
      // Of a browser that is locked nothing may be left there, not even that nothing is planned.
      await (Object.keys(next).length > 0 ? area.set(KEY, next) : area.remove(KEY));
      return due.filter(({ id }) => next[id] === undefined).map(({ id }) => id);
    },
    async earliest() {
      const times = Object.values(await planned());
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}
