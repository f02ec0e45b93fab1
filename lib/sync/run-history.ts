import * as z from 'zod/mini';
import { OBJECTS } from '@/lib/crm/records';
import { type ErrorCode, isErrorCode } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { readBox } from './read-box';
import type { RunReport } from './run-report';

const MOST_RUNS = 50;

const code = z.nullable(z.custom<ErrorCode>(isErrorCode));
const summary = z.object({
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  why: z.enum(['first', 'due', 'asked', 'resumed']),
  outcome: z.enum(['ok', 'failed', 'interrupted']),
  code: z.catch(code, 'unexpected'),
  objects: z.array(z.object({ object: z.enum(OBJECTS), received: z.number(), deleted: z.number() })),
  calls: z.number(),
  skipped: z.number(),
  /** Parts of the copy that did not pass their check, so that everything was fetched anew. */
  refused: z._default(z.number(), 0),
  /** Notes about syncs (status, history, held deletions) that did not pass their check and were begun anew. */
  renewed: z._default(z.number(), 0),
});
const stored = z.array(summary);

/** One run as it is told. Times are ISO; `endedAt` is null for one that was killed. */
export type RunEntry = z.infer<typeof summary>;
export type RunReason = RunEntry['why'];

/** How a run ended: what its entry has beyond its beginning. */
export type RunEnd = Omit<RunEntry, 'startedAt' | 'why'>;

/** The last fifty runs of a connection, newest first, in a sealed box. Written when a run begins and when it ends. */
export interface RunHistory {
  list(): Promise<RunEntry[]>;
  /** A run begins. Until it ends it stands there as interrupted, which is what it is when nobody can write any more. */
  begin(startedAt: string, why: RunReason): Promise<void>;
  /** The newest run ends. */
  end(end: RunEnd): Promise<void>;
}

/** What a run did to each object, in their usual order; those it did nothing to are left out. */
export function objectsOf(report: RunReport): RunEntry['objects'] {
  return OBJECTS.flatMap((object) => {
    const { received = 0, deleted = 0 } = report.objects[object] ?? {};
    return received + deleted > 0 ? [{ object, received, deleted }] : [];
  });
}

/** The history in `boxes`. One run at a time may write it. */
export function createRunHistory(boxes: SealedBoxes): RunHistory {
  const list = () => readBox(boxes, 'sync-history', stored, []);
  const put = (entries: RunEntry[]) => boxes.put('sync-history', entries);
  return {
    list,
    async begin(startedAt, why) {
      const begun: RunEntry = {
        startedAt,
        endedAt: null,
        why,
        outcome: 'interrupted',
        code: null,
        objects: [],
        calls: 0,
        skipped: 0,
        refused: 0,
        renewed: 0,
      };
      await put([begun, ...(await list())].slice(0, MOST_RUNS));
    },
    async end(end) {
      const [newest, ...older] = await list();
      if (newest) await put([{ ...newest, ...end }, ...older]);
    },
  };
}
