import type { CreatableObject, ObjectDescription, RecordWriter } from '@/lib/connectors/creation-contract';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

/** As long as this nobody asks the CRM again. */
const FRESH_FOR_MS = 10 * 60_000;
/** As long as this a form is made of it at once, and the CRM is asked behind it. */
const USABLE_FOR_MS = 7 * 24 * 60 * 60_000;
/** Goes up when the shape of a description changes, so that an older one is not taken for one. */
const VERSION = 2;
const BOX = 'form-descriptions';

interface Kept {
  at: number;
  description: ObjectDescription;
}

interface Stored {
  version: typeof VERSION;
  kept: Partial<Record<CreatableObject, Kept>>;
}

/** What a connection is asked through, and where its answers are kept. */
interface Described {
  id: string;
  boxes: Pick<SealedBoxes, 'get' | 'put'>;
  writer: Pick<RecordWriter, 'describe'>;
}

/**
 * Descriptions of objects, kept in memory and, sealed, in each connection's copy: a form must not wait for the CRM every time the
 * browser has stopped the worker.
 */
export function createDescriptions(now: () => number) {
  const memory = new Map<string, Promise<Stored['kept']>>();
  const asking = new Map<string, Promise<ObjectDescription>>();

  function keptOf({ id, boxes }: Described): Promise<Stored['kept']> {
    const known = memory.get(id) ?? boxes.get(BOX).then(storedIn, () => ({}));
    memory.set(id, known);
    return known;
  }

  /** Two forms that are opened at once share one question. */
  function ask(place: Described, object: CreatableObject): Promise<ObjectDescription> {
    const key = `${place.id} ${object}`;
    const known = asking.get(key);
    if (known) return known;
    const question = askNow(place, object).finally(() => asking.delete(key));
    asking.set(key, question);
    return question;
  }

  async function askNow(place: Described, object: CreatableObject): Promise<ObjectDescription> {
    const description = await place.writer.describe(object);
    const kept = await keptOf(place);
    kept[object] = { at: now(), description };
    // Not waited for: the form is there, and without the box the next worker only asks once more.
    place.boxes.put(BOX, { version: VERSION, kept } satisfies Stored).catch((error) => logFailure(toAppError(error)));
    return description;
  }

  return {
    /** The description of an object, as fresh as a form needs it. @throws AppError of the `crm.` and `auth.` groups when none is kept */
    async get(place: Described, object: CreatableObject): Promise<ObjectDescription> {
      const kept = (await keptOf(place))[object];
      const age = kept ? now() - kept.at : Number.POSITIVE_INFINITY;
      if (!kept || age > USABLE_FOR_MS || age < 0) return ask(place, object);
      if (age > FRESH_FOR_MS) ask(place, object).catch((error) => logFailure(toAppError(error)));
      return kept.description;
    },
    /** Asks the CRM anew the next time: it has refused what the kept description allows. */
    async outdate(place: Pick<Described, 'id' | 'boxes'>, object: CreatableObject): Promise<void> {
      const kept = await memory.get(place.id);
      if (kept) delete kept[object];
    },
    /** Drops what is in memory. */
    forget: () => memory.clear(),
  };
}

export type Descriptions = ReturnType<typeof createDescriptions>;

function storedIn(value: unknown): Stored['kept'] {
  const stored = value as Partial<Stored> | null;
  return stored?.version === VERSION && typeof stored.kept === 'object' ? { ...stored.kept } : {};
}
