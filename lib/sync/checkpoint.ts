import * as z from 'zod/mini';
import type { Checkpoint } from '@/lib/connectors/connector';

const schema = z.object({
  cursor: z.nullable(z.object({ stamp: z.string(), id: z.string() })),
  coveredUntil: z.nullable(z.string()),
  pullStartedAt: z.string(),
  deletedUntil: z.string(),
  fields: z.array(z.string()),
  describedAt: z.string(),
});

/** The stored checkpoint of an object, or null when there is none that can be read: then the object is pulled anew. */
export function readCheckpoint(stored: unknown): Checkpoint | null {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
