import { AppError } from '@/lib/shared/errors';
import type { Cipher } from '@/lib/vault/cipher';
import type { MarkStore } from './box-marks';
import type { ConnectionDatabase } from './database';
import { asStorageError } from './storage-error';

/** Single sealed values of a connection by name: its profile, token, manifest, sync status. */
export interface SealedBoxes {
  /**
   * The value, or null when none was ever written. @throws AppError `vault.tampered` when the box is not what was written last:
   * changed, gone, or an older one that was put back.
   */
  get(name: BoxName): Promise<unknown>;
  /** @throws AppError `storage.quota`, `storage.unreadable` */
  put(name: BoxName, value: unknown): Promise<void>;
  /** Seals without writing and without a number, for a transaction that writes more than this box. */
  seal(name: BoxName, value: unknown): Promise<{ name: string; b: Uint8Array }>;
  /** Says that a box was written and is not here, so that `get` refuses it until it is written anew. */
  miss(name: BoxName): Promise<void>;
  /** Which boxes `get` has refused since this was asked last. */
  takeRefused(): BoxName[];
}

/** Every box there is. The manifest belongs to the record store, which has a mark of its own for it. */
export const BOX_NAMES = [
  'profile',
  'token',
  'manifest',
  'sync-status',
  'sync-history',
  'held-deletions',
  'selection',
  'site-decisions',
  'overlay-sites',
  'form-descriptions',
  'form-choice',
  'outbox',
  'drafts',
  'processing-log',
  'sample-changes',
  'basis-template',
  'basis-rules',
  'suppression',
  'erased',
  'objections',
  'notices',
] as const;
export type BoxName = (typeof BOX_NAMES)[number];

/** What the next sync tells anew, so that damage of it is not worth a word of its own. */
export const TOLD_ANEW: ReadonlySet<BoxName> = new Set(['sync-status', 'sync-history', 'held-deletions']);

/** Conveniences of the forms, and what was tried out in the sample: a damaged one is as good as none, and nobody has to be told. */
export const DISPENSABLE: ReadonlySet<BoxName> = new Set(['form-descriptions', 'form-choice', 'sample-changes']);

/**
 * What only the user can bring back: decisions, without which more would be done than was wanted, what they have written or done,
 * and the login. A copy that is made anew says of such a box that it was there.
 */
export const USERS_OWN: ReadonlySet<BoxName> = new Set([
  'selection',
  'site-decisions',
  'outbox',
  'drafts',
  'processing-log',
  'basis-template',
  'basis-rules',
  'suppression',
  'erased',
  'objections',
  'notices',
  'token',
  'profile',
]);

/** A value as it is. Copies of the first builds have all their boxes so; the manifest stays so. */
const PLAIN = 1;
/** `{ n, value }`: `n` grows by one with every write of this box. */
const NUMBERED = 2;

const isTampered = (error: unknown) => error instanceof AppError && error.code === 'vault.tampered';

/**
 * Boxes in `db`. Tokens are sealed under the token key, everything else under that of its own name. `marks` remembers the number
 * of each box's last write outside the copy; without it nothing is said of boxes that are gone or older. One reader and writer
 * at a time: the marks are read once.
 */
export function createSealedBoxes(
  db: ConnectionDatabase,
  cipher: Cipher,
  connectionId: string,
  marks: MarkStore | null = null,
): SealedBoxes {
  const place = (name: BoxName, schema: number) => ({ connectionId, table: name, key: name, schema });
  /** The highest number that is known to be on the disk. It moves behind the write, so that a reader never expects what is not there yet. */
  let written: Promise<Map<string, number>> | null = null;
  /** Boxes whose number on the disk is known: a kill may have come between a write and its mark. */
  const looked = new Set<BoxName>();
  const refused = new Set<BoxName>();
  const queues = new Map<BoxName, Promise<unknown>>();

  function numbers(): Promise<Map<string, number>> {
    const loading = written ?? (marks ? marks.load() : Promise.resolve(new Map<string, number>()));
    written = loading;
    loading.catch(() => {
      written = null;
    });
    return loading;
  }

  async function seal(name: BoxName, content: unknown, schema: number): Promise<{ name: string; b: Uint8Array }> {
    return { name, b: await cipher.seal(place(name, schema), new TextEncoder().encode(JSON.stringify(content))) };
  }

  async function open(name: BoxName, box: Uint8Array, schema: number): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await cipher.open(place(name, schema), box)));
  }

  async function unseal(name: BoxName, box: Uint8Array): Promise<{ n: number; value: unknown }> {
    if (name === 'manifest') return { n: 0, value: await open(name, box, PLAIN) };
    try {
      return (await open(name, box, NUMBERED)) as { n: number; value: unknown };
    } catch (error) {
      if (!isTampered(error)) throw error;
      return { n: 0, value: await open(name, box, PLAIN) };
    }
  }

  async function read(name: BoxName): Promise<{ n: number; value: unknown }> {
    const least = (await numbers()).get(name) ?? 0;
    const row = await db.boxAt(name);
    const box = row ? await unseal(name, row.b) : { n: 0, value: null };
    if (box.n < least) throw new AppError('vault.tampered');
    return box;
  }

  /** A number that this box never had: two boxes of one number could be exchanged. */
  async function nextNumber(name: BoxName): Promise<number> {
    const known = await numbers();
    if (!looked.has(name)) {
      const { n } = await read(name).catch((error) => (error instanceof AppError ? { n: 0 } : Promise.reject(error)));
      known.set(name, Math.max(known.get(name) ?? 0, n));
      looked.add(name);
    }
    return (known.get(name) ?? 0) + 1;
  }

  async function write(name: BoxName, value: unknown): Promise<void> {
    const n = await nextNumber(name);
    const row = await seal(name, { n, value }, NUMBERED);
    await db.boxes.put(row).catch((cause) => Promise.reject(asStorageError(cause)));
    (await numbers()).set(name, n);
    // What is written is written; a mark that lags behind only notices less.
    await marks?.save(name, n).catch(() => undefined);
  }

  function inLine(name: BoxName, work: () => Promise<void>): Promise<void> {
    const done = (queues.get(name) ?? Promise.resolve()).then(work);
    queues.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  }

  return {
    seal: (name, value) => seal(name, value, PLAIN),
    async get(name) {
      try {
        return (await read(name)).value;
      } catch (error) {
        if (error instanceof AppError) refused.add(name);
        throw error;
      }
    },
    put: (name, value) => inLine(name, () => write(name, value)),
    miss: (name) =>
      inLine(name, async () => {
        const n = await nextNumber(name);
        (await numbers()).set(name, n);
        await marks?.save(name, n);
      }),
    takeRefused() {
      const names = [...refused];
      refused.clear();
      return names;
    },
  };
}
