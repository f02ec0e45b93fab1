import { isLeftOut, leftOutAt } from '@/lib/crm/leave-out';
import { createErasedList } from '@/lib/privacy/erased';
import { asObjected, createObjectionList } from '@/lib/privacy/objections';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { type Gate, type GatedStore, keepingOut } from '@/lib/sync/keep-out';
import { readSelection } from '@/lib/sync/stored-selection';

/**
 * What is kept out of a copy (who was erased, what the user leaves out), and whose records are kept as those of somebody who has objected,
 * by the lists and the choice in its boxes. `now` in milliseconds.
 */
export async function gateOf(boxes: SealedBoxes, now: number): Promise<Gate> {
  const [isErased, hasObjected, selection] = await Promise.all([
    createErasedList(boxes).judge(),
    createObjectionList(boxes).judge(),
    // Without it no sync runs, and the first one that does compares everything with what is chosen anew.
    readSelection(boxes).catch(() => null),
  ]);
  const leftOut = selection && leftOutAt(selection.leaveOut, now);
  return (record) => {
    if (isErased?.(record)) return null;
    const kept = hasObjected?.(record) ? asObjected(record) : record;
    return leftOut && isLeftOut(kept, leftOut) ? null : kept;
  };
}

/** A connection's copy with its gate: whoever writes records of this connection writes them through it. */
export interface GatedCopy extends ConnectionCopy {
  store: GatedStore;
}

/** The copy with the gate of its own lists and choice. `now` in milliseconds. */
export const gatedCopy = (copy: ConnectionCopy, now: () => number): GatedCopy => ({
  ...copy,
  store: keepingOut(copy.store, () => gateOf(copy.boxes, now())),
});
