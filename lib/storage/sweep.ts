import type { Buckets } from './bucket';
import { type ConnectionList, copyName } from './connection-list';

/** Deletes every bucket and key share that no entry of the list names: half-made copies, replaced ones, those of the forgotten. */
export async function sweepCopies(buckets: Buckets, list: ConnectionList): Promise<void> {
  const known = new Set((await list.list()).map(copyName));
  for (const name of await buckets.list()) if (!known.has(name)) await buckets.delete(name);
  await list.tidy();
}
