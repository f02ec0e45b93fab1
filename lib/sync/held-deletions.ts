import * as z from 'zod/mini';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { readBox } from './read-box';
import { unlessDamaged } from './status-box';
import type { RunReport } from './run-report';

/** Kept deletions are asked about again when their number has grown by more than this share. */
const ASK_AGAIN_BEYOND = 0.1;

const entry = z.object({
  object: z.enum(OBJECTS),
  count: z.number(),
  of: z.number(),
  at: z.string(),
  answer: z.nullable(z.enum(['keep', 'remove'])),
  /** What `count` was when the user answered. */
  answeredAt: z.nullable(z.number()),
  /** The first hundred. */
  ids: z.array(z.string()),
});
const stored = z.array(entry);

export type HeldEntry = z.infer<typeof entry>;
export type HeldAnswer = NonNullable<HeldEntry['answer']>;

/** What a run is over with: `whole` when it has looked at every object, and what it was allowed to remove. */
interface RunEnding {
  whole: boolean;
  approved: ReadonlySet<ObjectKind>;
  /** ISO. */
  at: string;
}

/**
 * The held deletions after a run. What a whole run no longer reports is settled; one that failed may not have got there.
 * An answer lasts: `keep` until the number has grown by more than a tenth, `remove` until a run was allowed to. Pure.
 */
function afterRun(before: readonly HeldEntry[], held: RunReport['held'], ending: RunEnding): HeldEntry[] {
  const reported = new Set(held.map(({ object }) => object));
  const open = (one: HeldEntry) => !ending.whole || (one.answer === 'remove' && !ending.approved.has(one.object));
  return [
    ...before.filter((one) => !reported.has(one.object) && open(one)),
    ...held.map((now): HeldEntry => {
      const known = before.find(({ object }) => object === now.object);
      const fresh = { ...now, at: known?.at ?? ending.at, answer: null, answeredAt: null };
      if (!known?.answer) return fresh;
      const grown = now.count > (known.answeredAt ?? 0) * (1 + ASK_AGAIN_BEYOND);
      const lasts = known.answer === 'keep' ? !grown : !ending.approved.has(now.object);
      return lasts ? { ...fresh, answer: known.answer, answeredAt: known.answeredAt } : { ...fresh, at: ending.at };
    }),
  ].sort((a, b) => OBJECTS.indexOf(a.object) - OBJECTS.indexOf(b.object));
}

/** Deletions that wait for the user, with the answers, in a sealed box. */
export interface HeldDeletions {
  list(): Promise<HeldEntry[]>;
  /** Remembers an answer. False when nothing of that object is held. */
  answer(object: ObjectKind, answer: HeldAnswer): Promise<boolean>;
  /** Objects whose deletions the user has let go. */
  approved(): Promise<Set<ObjectKind>>;
  settle(held: RunReport['held'], ending: RunEnding): Promise<void>;
}

/** The held deletions in `boxes`. Changes are put in line: an answer may come while a run ends. */
export function createHeldDeletions(boxes: SealedBoxes): HeldDeletions {
  let queue: Promise<unknown> = Promise.resolve();
  const list = () => readBox(boxes, 'held-deletions', stored, []);
  /** A box that fails its check is written anew, also when there is nothing to say: it would be refused for ever. */
  async function isLost(): Promise<boolean> {
    return boxes.get('held-deletions').then(
      () => false,
      (error) => unlessDamaged(error) === null,
    );
  }
  const change = (how: (entries: HeldEntry[]) => HeldEntry[]): Promise<HeldEntry[]> => {
    const changed = queue.then(async () => {
      const before = await list();
      const after = how(before);
      if (before.length + after.length > 0 || (await isLost())) await boxes.put('held-deletions', after);
      return after;
    });
    queue = changed.catch(() => undefined);
    return changed;
  };
  return {
    list,
    async answer(object, answer) {
      const after = await change((entries) =>
        entries.map((one) => (one.object === object ? { ...one, answer, answeredAt: one.count } : one)),
      );
      return after.some((one) => one.object === object);
    },
    async approved() {
      return new Set((await list()).flatMap(({ object, answer }) => (answer === 'remove' ? [object] : [])));
    },
    async settle(held, ending) {
      await change((entries) => afterRun(entries, held, ending));
    },
  };
}
