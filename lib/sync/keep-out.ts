import type { AnyRecord } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';

/**
 * The store with a gate before it: what `judge` says is of a person who was erased is never written, whoever brings it (a sync, a live
 * refresh, a creation). An earlier version of it that is still there goes, as with an address that was entered later.
 * `judge` is asked anew for each batch; null lets everything through, and what it throws stops the write. Judging and writing are one
 * step: what was judged before a person was erased is in the copy before their records are taken out of it.
 */
export function keepingOut(store: RecordStore, judge: () => Promise<((record: AnyRecord) => boolean) | null>): RecordStore {
  let queue: Promise<unknown> = Promise.resolve();

  const apply: RecordStore['apply'] = async (batch, checkpoint) => {
    const isErased = batch.upserts.length === 0 ? null : await judge();
    const out = isErased ? batch.upserts.filter(isErased).map(({ id }) => id) : [];
    if (out.length === 0) return store.apply(batch, checkpoint);
    // In one batch a deletion goes over what is written of the same record.
    return store.apply({ ...batch, deletions: [...batch.deletions, ...out] }, checkpoint);
  };

  return {
    ...store,
    apply(batch, checkpoint) {
      const done = queue.then(() => apply(batch, checkpoint));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}
