import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { AppError } from '@/lib/shared/errors';
import { type OutboxEntry, UNDO_MS } from './entry';
import { pruned } from './steps';

/** More than anybody types while the CRM is away. */
const MOST_ENTRIES = 100;

/** The outbox of a connection: entries in a sealed box of its copy. */
export interface OutboxBox {
  /** The oldest first. @throws AppError `outbox.damaged` */
  list(): Promise<readonly OutboxEntry[]>;
  /**
   * Seals what `change` makes of the entries; on disk once this has resolved. What `change` throws changes nothing.
   * @throws AppError `outbox.full`, `outbox.damaged`, and of the `storage.` group
   */
  change(change: (all: readonly OutboxEntry[]) => OutboxEntry[]): Promise<readonly OutboxEntry[]>;
  /** Begins an empty one in the place of one that is damaged. */
  reset(): Promise<void>;
}

function isEntries(value: unknown): value is OutboxEntry[] {
  return Array.isArray(value);
}

/** The outbox in `boxes`. Changes are put in line; what is on disk is known in memory, since nobody else writes it. */
export function createOutboxBox(boxes: Pick<SealedBoxes, 'get' | 'put'>, now: () => number): OutboxBox {
  let known: readonly OutboxEntry[] | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function list(): Promise<readonly OutboxEntry[]> {
    if (known) return known;
    const stored = await boxes.get('outbox').catch((error) => {
      const isDamage = error instanceof AppError && error.code === 'vault.tampered';
      throw isDamage ? new AppError('outbox.damaged', { cause: error }) : error;
    });
    known ??= isEntries(stored) ? stored : [];
    return known;
  }

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  return {
    list,
    change: (change) =>
      inLine(async () => {
        const before = await list();
        const after = pruned(change(before), now(), UNDO_MS);
        if (after.length > MOST_ENTRIES && after.length > before.length) throw new AppError('outbox.full');
        await boxes.put('outbox', after);
        known = after;
        return after;
      }),
    reset: () =>
      inLine(async () => {
        await boxes.put('outbox', []);
        known = [];
      }),
  };
}
