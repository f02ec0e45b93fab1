import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { type Deed, EMPTY_LOG, type HostCalls, type ProcessingLog, readLog, withDeed } from './processing-log';

type Boxes = Pick<SealedBoxes, 'get' | 'put'>;

const BOX = 'processing-log';
/** Each entry follows from the one before, so they are written one after the other. */
const queues = new WeakMap<Boxes, Promise<unknown>>();

/** Null: a log was written, and what is there now is not it. @throws AppError of the `storage.` group */
async function held(boxes: Boxes): Promise<ProcessingLog | null> {
  try {
    const value = await boxes.get(BOX);
    return value === null ? EMPTY_LOG : readLog(value);
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault.tampered') return null;
    throw error;
  }
}

/** The log of a connection as it lies sealed in its copy; an empty one when it was damaged. @throws AppError of the `storage.` group */
export async function loadLog(boxes: Boxes): Promise<ProcessingLog> {
  return (await held(boxes)) ?? EMPTY_LOG;
}

/**
 * Writes down what was done and which hosts were called for it. A log that was damaged is begun anew, and its first entry says so.
 * @throws AppError of the `storage.` group
 */
export function appendDeed(boxes: Boxes, deed: Deed, calls: HostCalls): Promise<void> {
  const work = (queues.get(boxes) ?? Promise.resolve()).then(async () => {
    const log = (await held(boxes)) ?? (await withDeed(EMPTY_LOG, { act: 'begun-anew', at: deed.at }, new Map()));
    await boxes.put(BOX, await withDeed(log, deed, calls));
  });
  queues.set(
    boxes,
    work.catch(() => undefined),
  );
  return work;
}
