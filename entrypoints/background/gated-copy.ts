import { createErasedList } from '@/lib/privacy/erased';
import { asObjected, createObjectionList } from '@/lib/privacy/objections';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { type Gate, keepingOut } from '@/lib/sync/keep-out';

/** Who is kept out of a copy, and whose records are kept as those of somebody who has objected, by the lists in its boxes. */
export async function gateOf(boxes: Pick<SealedBoxes, 'get' | 'put'>): Promise<Gate | null> {
  const [isErased, hasObjected] = await Promise.all([createErasedList(boxes).judge(), createObjectionList(boxes).judge()]);
  if (!isErased && !hasObjected) return null;
  return (record) => {
    if (isErased?.(record)) return null;
    return hasObjected?.(record) ? asObjected(record) : record;
  };
}

/** A connection's copy with its gate: whoever writes records of this connection writes them through it. */
export const gatedCopy = (copy: ConnectionCopy): ConnectionCopy => ({
  ...copy,
  store: keepingOut(copy.store, () => gateOf(copy.boxes)),
});
