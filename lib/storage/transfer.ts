import { AppError } from '@/lib/shared/errors';
import type { ConnectionCopy } from './connection-copy';
import type { Entry } from './entry';
import { BOX_NAMES, type BoxName, DISPENSABLE, TOLD_ANEW, USERS_OWN } from './sealed-boxes';
import type { TableName } from './tables';

/** As many entries make one run of the new copy: storing is cheap only in large batches. */
const ENTRIES_A_RUN = 20_000;

const isDamage = (error: unknown) => error instanceof AppError && error.code === 'vault.tampered';

/**
 * Puts everything of one copy into a new one under the new one's keys, in a stream: no more than a batch is in memory. What
 * was deleted or replaced in the old copy does not come along, so that this also compacts.
 *
 * Records that do not pass their check stay behind with all others: the new copy then has logins and settings only, and the
 * next sync fills it. @throws AppError of the `storage.` group
 */
export async function transferCopy(
  from: ConnectionCopy,
  to: ConnectionCopy,
  options: { signal: AbortSignal; onShare: (share: number) => void },
): Promise<void> {
  const { signal, onShare } = options;
  for (const name of BOX_NAMES) if (name !== 'manifest') await box(name, from, to);
  await records(from, to, signal, onShare).catch(async (error) => {
    if (!isDamage(error)) throw error;
    await to.store.startOver();
    // As if none had run, so that the next look at who is due starts one.
    await to.boxes.put('sync-status', null);
  });
  onShare(1);
}

/** Damage of what the next sync tells anew, or nobody needs, is no reason to keep old keys; what the user has to say anew stays refused. */
async function box(name: BoxName, from: ConnectionCopy, to: ConnectionCopy): Promise<void> {
  try {
    const value = await from.boxes.get(name);
    if (value !== null) await to.boxes.put(name, value);
  } catch (error) {
    const mayGo = TOLD_ANEW.has(name) || USERS_OWN.has(name) || DISPENSABLE.has(name);
    if (!isDamage(error) || !mayGo) throw error;
    if (USERS_OWN.has(name)) await to.boxes.miss(name);
  }
}

async function records(
  from: ConnectionCopy,
  to: ConnectionCopy,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<void> {
  const state = await from.store.transfer.state();
  const expected = Object.values(state.live).reduce((sum, count) => sum + count, 0);
  let moved = 0;
  let table: TableName | null = null;
  let batch: Entry[] = [];
  const flush = async () => {
    signal.throwIfAborted();
    if (table && batch.length > 0) await to.store.transfer.add(table, batch);
    moved += batch.length;
    batch = [];
    // The indexes have about as many entries as there are records.
    onShare(Math.min(0.99, moved / Math.max(1, expected * 2)));
  };
  for await (const group of from.store.transfer.entries()) {
    if (table !== group.table || batch.length >= ENTRIES_A_RUN) await flush();
    table = group.table;
    batch.push(...group.entries);
  }
  await flush();
  await to.store.transfer.settle(state);
  await to.store.compact();
}
