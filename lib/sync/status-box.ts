import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { readStatus, type StoredStatus } from './sync-status';

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
    get: async () => unsaved ?? readStatus(await boxes.get('sync-status')),
    async put(status) {
      unsaved = status;
      await boxes.put('sync-status', status);
      if (unsaved === status) unsaved = null;
    },
  };
}
