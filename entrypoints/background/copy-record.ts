import type { ObjectKind } from '@/lib/crm/records';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import type { LiveConnection } from './live-connection';

/**
 * Brings one record into the copy as the CRM has it now: one that was just created, or changed. False when it does not belong
 * there, or cannot be read; then the next sync brings it. @throws AppError of the `crm.` and `storage.` groups
 */
export async function copyRecord({ connector, copy, runner }: LiveConnection, object: ObjectKind, id: string): Promise<boolean> {
  const checkpoint = readCheckpoint(await copy.store.checkpoint(object));
  if (!checkpoint) return false;
  const record = await connector.read(object, id, checkpoint.fields);
  if (!record) return false;
  // Before as well: a run that looks between the two would take what is being written for old.
  runner.overtaken.note(object, [id]);
  await copy.store.apply({ object, upserts: [record], deletions: [], newBefore: null });
  runner.overtaken.note(object, [id]);
  return true;
}

/** Takes a record out of the copy that is no longer what it was: a Lead that was converted, a record that was undone. */
export async function dropRecord({ copy, runner }: LiveConnection, object: ObjectKind, id: string): Promise<void> {
  runner.overtaken.note(object, [id]);
  await copy.store.apply({ object, upserts: [], deletions: [id], newBefore: null });
  runner.overtaken.note(object, [id]);
}
