import { createErasedList } from '@/lib/privacy/erased';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';
import { keepingOut } from '@/lib/sync/keep-out';

/** A connection's copy with a gate for people who were erased: whoever writes records of this connection writes them through it. */
export const gatedCopy = (copy: ConnectionCopy): ConnectionCopy => ({
  ...copy,
  store: keepingOut(copy.store, createErasedList(copy.boxes).judge),
});
