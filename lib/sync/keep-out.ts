import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';

/** What becomes of a record on its way into the copy; null: it is kept out. */
export type Gate = (record: AnyRecord) => AnyRecord | null;

/** A store with a gate before it. */
export interface GatedStore extends RecordStore {
  /** Makes these records what the gate makes of them now: reading, judging and writing are one step, so that nothing older is written over something newer. */
  rejudge(object: ObjectKind, ids: readonly string[]): Promise<void>;
}

/**
 * The store with a gate before it: what `judge` keeps out is never written, whoever brings it (a sync, a live refresh, a creation), as of a
 * person who was erased. An earlier version of it that is still there goes, as with an address that was entered later.
 * `judge` is asked anew for each batch; null lets everything through, and what it throws stops the write. Judging and writing are one
 * step: what was judged before a person was erased is in the copy before their records are taken out of it.
 */
export function keepingOut(store: RecordStore, judge: () => Promise<Gate | null>): GatedStore {
  let queue: Promise<unknown> = Promise.resolve();

  const apply: RecordStore['apply'] = async (batch, checkpoint) => {
    const gate = batch.upserts.length === 0 ? null : await judge();
    if (!gate) return store.apply(batch, checkpoint);
    const out: string[] = [];
    const upserts = batch.upserts.flatMap((record) => {
      const passed = gate(record);
      if (!passed) out.push(record.id);
      return passed ?? record;
    });
    // In one batch a deletion goes over what is written of the same record.
    return store.apply({ ...batch, upserts, deletions: [...batch.deletions, ...out] }, checkpoint);
  };

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  return {
    ...store,
    apply: (batch, checkpoint) => inLine(() => apply(batch, checkpoint)),
    rejudge: (object, ids) =>
      inLine(async () => {
        const upserts = [...(await store.getMany(object, ids)).values()] as AnyRecord[];
        if (upserts.length > 0) await apply({ object, upserts, deletions: [], newBefore: null });
      }),
  };
}
