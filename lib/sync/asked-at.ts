import * as z from 'zod/mini';
import type { Clock } from '@/lib/shared/clock';

const KEY = 'live-asked';
const KEPT_MS = 10 * 60_000;
const times = z.record(z.string(), z.number());

/** Where the times are kept: in memory of the browser, so that they outlive the worker. */
export interface TimeArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** When which Account of a connection was asked about last (ms). Only the last minutes are remembered. */
export function createAskedAt(area: TimeArea, clock: Clock, connectionId: string) {
  const nameOf = (accountId: string) => `${connectionId}/${accountId}`;
  async function known(): Promise<[string, number][]> {
    const parsed = times.safeParse(await area.get(KEY));
    return parsed.success ? Object.entries(parsed.data) : [];
  }
  return {
    async get(accountId: string): Promise<number | null> {
      return (await known()).find(([name]) => name === nameOf(accountId))?.[1] ?? null;
    },
    async set(accountId: string, at: number): Promise<void> {
      const recent = (await known()).filter(([, time]) => Math.abs(clock.now() - time) < KEPT_MS);
      await area.set(KEY, Object.fromEntries([...recent, [nameOf(accountId), at]]));
    },
  };
}
