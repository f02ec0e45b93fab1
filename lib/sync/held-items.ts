import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';

/** A record by name, with something that tells it from others of that name. */
export interface HeldRecord {
  id: string;
  name: string;
  detail: string | null;
}

function described({ id, object, fields }: AnyRecord): HeldRecord {
  switch (object) {
    case 'user':
      return { id, name: fields.name, detail: null };
    case 'account':
      return { id, name: fields.name, detail: fields.website };
    case 'contact':
      return { id, name: fields.name, detail: fields.title };
    case 'lead':
      return { id, name: fields.name, detail: fields.company };
    case 'opportunity':
      return { id, name: fields.name, detail: fields.stage };
    case 'task':
      return { id, name: fields.subject ?? '', detail: fields.status };
  }
}

/** The records with these ids as the copy has them, in the same order; what it no longer has is left out. */
export async function heldRecords(store: RecordStore, object: ObjectKind, ids: readonly string[]): Promise<HeldRecord[]> {
  const found = await store.getMany(object, ids);
  return ids.flatMap((id) => {
    const record = found.get(id);
    return record ? [described(record as AnyRecord)] : [];
  });
}
