import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import type { BoxName, SealedBoxes } from '@/lib/storage/sealed-boxes';

/** Gives the keyed hash of a text. */
type HashOf = (text: string) => string;

/** A sealed list of keyed hashes: the list itself names nobody. Every method: @throws AppError of its own code when it is damaged */
interface KeyedBox<T> {
  load(): Promise<{ stored: T; hashOf: HashOf }>;
  /** Seals what `how` makes of the list; changes of one list are put in line, whoever makes them. */
  change(how: (stored: T, hashOf: HashOf) => T): Promise<void>;
  /** Begins anew, with nobody on it, when it is damaged; else nothing happens. */
  reset(): Promise<void>;
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const bytesOf = (text: string) => new TextEncoder().encode(text);
const queues = new WeakMap<object, Promise<unknown>>();

/** HMAC-SHA-256 (RFC 2104) under `key`, in hexadecimal digits. What depends on the key alone is worked out once. */
function hasher(key: string): HashOf {
  const keyed = hmac.create(sha256, bytesOf(key));
  return (text) => hex(keyed.clone().update(bytesOf(text)).digest());
}

/**
 * The list in the box `name`. Its key, 32 random bytes, is made with it and sealed with it; `empty` and `isStored` say what lies
 * beside the key. One that was lost must not let anybody through: it is refused with `damaged`, never taken for an empty one.
 */
export function createKeyedBox<T extends { key: string }>(
  boxes: Pick<SealedBoxes, 'get' | 'put'>,
  {
    name,
    damaged,
    empty,
    isStored,
  }: { name: BoxName; damaged: ErrorCode; empty: (key: string) => T; isStored: (value: object) => boolean },
): KeyedBox<T> {
  const fresh = () => empty(hex(crypto.getRandomValues(new Uint8Array(32))));
  const isList = (value: unknown): value is T =>
    typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' && isStored(value);

  async function load(): Promise<{ stored: T; hashOf: HashOf }> {
    const value = await boxes.get(name).catch((error: unknown) => {
      const isDamage = error instanceof AppError && error.code === 'vault.tampered';
      throw isDamage ? new AppError(damaged, { cause: error }) : error;
    });
    const stored = value ?? fresh();
    if (!isList(stored)) throw new AppError(damaged);
    return { stored, hashOf: hasher(stored.key) };
  }

  function inLine(work: () => Promise<void>): Promise<void> {
    const done = (queues.get(boxes) ?? Promise.resolve()).then(work);
    queues.set(
      boxes,
      done.catch(() => undefined),
    );
    return done;
  }

  return {
    load,
    change: (how) =>
      inLine(async () => {
        const { stored, hashOf } = await load();
        await boxes.put(name, how(stored, hashOf));
      }),
    reset: () =>
      inLine(async () => {
        await load().catch(async (error: unknown) => {
          if (!(error instanceof AppError) || error.code !== damaged) throw error;
          await boxes.put(name, fresh());
        });
      }),
  };
}
