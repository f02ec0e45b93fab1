import * as z from 'zod/mini';
import { type Checkpoint, FIELD_TYPES } from '@/lib/connectors/connector';

const checkpoint = z.object({
  coveredUntil: z.nullable(z.string()),
  deletedUntil: z.string(),
  wanted: z.array(z.string()),
  fields: z.array(z.string()),
  types: z.record(z.string(), z.enum(FIELD_TYPES)),
  stages: z.optional(z.array(z.string())),
  describedAt: z.string(),
  scope: z.string(),
  pull: z.nullable(
    z.object({
      startedAt: z.string(),
      from: z.nullable(z.string()),
      fresh: z.boolean(),
      after: z.nullable(z.object({ stamp: z.string(), id: z.string() })),
      job: z.nullable(z.object({ id: z.string(), locator: z.nullable(z.string()), rows: z.number() })),
    }),
  ),
});

const stored = z.object({
  checkpoint,
  /** When all ids were last compared, in our own milliseconds, and by how many the counts differed then. */
  compared: z.nullable(z.object({ at: z.number(), gap: z.number() })),
  /** What that comparison found gone and did not dare to delete; the user has been asked. `ids` are the first hundred. */
  held: z.nullable(z.object({ count: z.number(), of: z.number(), ids: z.array(z.string()) })),
  /** A comparison that the run that found its need did not come to. `scope` goes without asking: the user has chosen it. */
  owed: z.nullable(z.enum(['scope', 'sweep'])),
  /** The day before which closed Tasks were last taken out (ISO). */
  aged: z.optional(z.nullable(z.string())),
});

/** What is stored of an object beside its records: the connector's checkpoint, and the engine's own notes. */
export type StoredCheckpoint = z.infer<typeof stored> & { checkpoint: Checkpoint };

/** What is stored of an object, or null when there is nothing that can be read: then it is pulled anew. */
export function readStored(value: unknown): StoredCheckpoint | null {
  const parsed = stored.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The stored checkpoint of an object, or null when there is none that can be read. */
export function readCheckpoint(value: unknown): Checkpoint | null {
  return readStored(value)?.checkpoint ?? null;
}
