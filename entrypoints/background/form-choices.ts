import type { CreatableObject } from '@/lib/connectors/creation-contract';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

type Boxes = Pick<SealedBoxes, 'get' | 'put'>;

const BOX = 'form-choice';
/** Choices are written one after the other, so that none is written over another. */
let queue: Promise<unknown> = Promise.resolve();

async function all(boxes: Boxes): Promise<Record<string, unknown>> {
  const stored = await boxes.get(BOX).catch(() => null);
  return typeof stored === 'object' && stored !== null ? { ...stored } : {};
}

/**
 * The fields that the user has chosen for the short form of an object, by the CRM's names and in their order; null when they have
 * chosen none. It lies sealed beside the records: names of an organisation's own fields say something about it.
 */
export async function chosenFields(boxes: Boxes, object: CreatableObject): Promise<string[] | null> {
  const names = (await all(boxes))[object];
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
}

/** Keeps a choice; null for the usual fields. @throws AppError of the `storage.` group */
export function chooseFields(boxes: Boxes, object: CreatableObject, short: string[] | null): Promise<void> {
  const done = queue.then(async () => {
    const choices = await all(boxes);
    if (short === null) delete choices[object];
    else choices[object] = short;
    await boxes.put(BOX, choices);
  });
  queue = done.catch(() => undefined);
  return done;
}
