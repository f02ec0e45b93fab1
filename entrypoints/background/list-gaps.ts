import type { ListGaps } from '@/lib/messaging/account-protocol';
import type { AccountRecords } from '@/lib/crm/account-context';
import type { Selection } from '@/lib/crm/selection';
import type { RecordStore } from '@/lib/storage/record-store';
import { readCheckpoint } from '@/lib/sync/checkpoint';

const LISTS = { contact: 'contacts', opportunity: 'opportunities', task: 'tasks' } as const;

/**
 * Why an empty list of an Account says nothing about the CRM: its object is left out of the copy, or has never been copied
 * whole. `live` is true when the CRM has answered for this very Account. Only empty lists are looked at.
 */
export async function listGaps(
  records: Pick<AccountRecords, 'contacts' | 'opportunities' | 'tasks'>,
  { selection, store, live }: { selection: Selection | null; store: Pick<RecordStore, 'checkpoint'>; live: boolean },
): Promise<ListGaps> {
  const gaps: ListGaps = {};
  for (const object of ['contact', 'opportunity', 'task'] as const) {
    if (records[LISTS[object]].length > 0) continue;
    if (selection && !selection.objects[object].wanted) gaps[object] = 'unwanted';
    else if (!live && !readCheckpoint(await store.checkpoint(object))?.coveredUntil) gaps[object] = 'coming';
  }
  return gaps;
}
