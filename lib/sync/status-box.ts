import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { AppError } from '@/lib/shared/errors';
import { readStatus, type StoredStatus } from './sync-status';

/** The remembered status. One that fails its check counts as that of a connection that never ran: the next run tells it anew. */
export async function loadStatus(boxes: SealedBoxes): Promise<StoredStatus> {
  const box = await boxes.get('sync-status').catch(unlessDamaged);
  return readStatus(box);
}

/** Null in the place of a box that is not what was written; other errors go on. */
export function unlessDamaged(error: unknown): null {
  // The manifest, not this box, says whether a later Sidelight was here.
  if (error instanceof AppError && (error.code === 'vault.tampered' || error.code === 'storage.newer-version')) return null;
  throw error;
}

/** Where the status of a connection's runs is kept. */
export interface StatusBox {
  get(): Promise<StoredStatus>;
  put(status: StoredStatus): Promise<void>;
}

/**
 * The status in `boxes`. What a full disk refuses is kept in memory: a run that fails for that very reason must not look as
 * if it had been killed, and be started again every minute.
 */
export function createStatusBox(boxes: SealedBoxes): StatusBox {
  let unsaved: StoredStatus | null = null;
  return {
    get: async () => unsaved ?? loadStatus(boxes),
    async put(status) {
      unsaved = status;
      await boxes.put('sync-status', status);
      if (unsaved === status) unsaved = null;
    },
  };
}
