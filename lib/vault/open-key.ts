import * as z from 'zod/mini';
import type { Clock } from '@/lib/shared/clock';
import { fromBase64, toBase64 } from './base64';

/** The part of the browser's session storage (memory only, trusted contexts only) that is needed here. */
export interface OpenKeyArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Its key in the session storage; who empties that otherwise keeps it. */
export const OPEN_KEY = 'vault';
/** An open vault locks after twelve hours, whatever the user does. */
const OPEN_FOR_MS = 12 * 60 * 60_000;
/** Clocks are corrected by seconds all the time; one that goes back by more may hide how long the vault was open. */
const CLOCK_SLACK_MS = 60_000;

const stored = z.object({ key: z.string(), at: z.number() });

/**
 * The vault key while the vault is open. The bytes lie in session storage, because a key object does not survive there in
 * Chromium, so that a worker that was stopped finds it again; they are on no disk.
 */
export function createOpenKey(area: OpenKeyArea, clock: Clock) {
  let held: { bytes: Uint8Array<ArrayBuffer>; at: number } | null | undefined;

  async function read(): Promise<{ bytes: Uint8Array<ArrayBuffer>; at: number } | null> {
    const parsed = stored.safeParse(await area.get(OPEN_KEY)).data;
    const bytes = parsed ? fromBase64(parsed.key) : null;
    return parsed && bytes?.length === 32 ? { bytes, at: parsed.at } : null;
  }

  /** What was put or forgotten while session storage was being read counts, not what was read. */
  async function current(): Promise<{ bytes: Uint8Array<ArrayBuffer>; at: number } | null> {
    if (held === undefined) {
      const found = await read();
      if (held === undefined) held = found;
    }
    return held;
  }

  function isOver({ at }: { at: number }): boolean {
    const now = clock.now();
    return now >= at + OPEN_FOR_MS || now < at - CLOCK_SLACK_MS;
  }

  async function clear(): Promise<void> {
    held?.bytes.fill(0);
    held = null;
    await area.remove(OPEN_KEY);
  }

  return {
    /** The key's bytes (a copy), or null when the vault is locked or has been open for too long. */
    async get(): Promise<Uint8Array<ArrayBuffer> | null> {
      const key = await current();
      return key && !isOver(key) ? new Uint8Array(key.bytes) : null;
    },
    /** True when it was opened and has been open for too long. */
    async isOver(): Promise<boolean> {
      const key = await current();
      return key !== null && isOver(key);
    },
    async put(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
      const at = clock.now();
      const mine = { bytes: new Uint8Array(bytes), at };
      // Before it is stored: who forgets it meanwhile comes later, and must not be undone.
      held = mine;
      await area.set(OPEN_KEY, { key: toBase64(bytes), at }).catch((error) => {
        if (held === mine) held = null;
        throw error;
      });
    },
    /** Forgets the key. True when there was one, however old. */
    async clear(): Promise<boolean> {
      const had = (await current()) !== null;
      await clear();
      return had;
    },
    /** When it closes by itself, ms since 1970; null when it is not open. */
    async limitAt(): Promise<number | null> {
      const key = await current();
      return key ? key.at + OPEN_FOR_MS : null;
    },
  };
}
