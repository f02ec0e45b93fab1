import type { CreatableObject } from '@/lib/connectors/creation-contract';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { AppError } from '@/lib/shared/errors';
import type { Typed } from './entry';

/** What is typed into the form of one object, as it was typed. */
interface Draft {
  draftId: string;
  object: CreatableObject;
  typed: Typed;
}

/** One draft for each object of a connection, in a sealed box of its copy. */
export interface DraftBox {
  load(object: CreatableObject): Promise<Draft | null>;
  /** On disk once this has resolved. Takes the place of the draft of the same object. @throws AppError of the `storage.` group */
  save(draft: Draft): Promise<void>;
  /** Drops the draft of an object; with `draftId` only if it is that one. */
  drop(object: CreatableObject, draftId?: string): Promise<void>;
}

function isDrafts(value: unknown): value is Draft[] {
  return Array.isArray(value);
}

/** What cannot be read is no draft: the form is simply empty then, and typing begins a new one. */
function unlessDamaged(error: unknown): null {
  if (error instanceof AppError && error.code === 'vault.tampered') return null;
  throw error;
}

/** The drafts in `boxes`. Changes are put in line. */
export function createDraftBox(boxes: Pick<SealedBoxes, 'get' | 'put'>): DraftBox {
  let queue: Promise<unknown> = Promise.resolve();
  async function list(): Promise<Draft[]> {
    const stored = await boxes.get('drafts').catch(unlessDamaged);
    return isDrafts(stored) ? stored : [];
  }
  function change(change: (all: Draft[]) => Draft[] | null): Promise<void> {
    const done = queue.then(async () => {
      const after = change(await list());
      if (after) await boxes.put('drafts', after);
    });
    queue = done.catch(() => undefined);
    return done;
  }
  return {
    async load(object) {
      await queue;
      return (await list()).find((one) => one.object === object) ?? null;
    },
    save: (draft) => change((all) => [...all.filter(({ object }) => object !== draft.object), draft]),
    drop: (object, draftId) =>
      change((all) => {
        const kept = all.filter((one) => one.object !== object || (draftId !== undefined && one.draftId !== draftId));
        return kept.length === all.length ? null : kept;
      }),
  };
}
