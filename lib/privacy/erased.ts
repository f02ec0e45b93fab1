import type { AnyRecord } from '@/lib/crm/records';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createKeyedBox } from './keyed-box';
import { suppressionForm } from './suppression';

/** Says of a record whether it is one of a person who was erased. */
type IsErased = (record: AnyRecord) => boolean;

/** Who was erased from the copy of a connection. Every method: @throws AppError `erased.damaged`: a list that was lost must not let anybody back in */
export interface ErasedList {
  /** Puts one person on it, with all of their records. */
  add(records: readonly AnyRecord[]): Promise<void>;
  /** What is asked of each record before it is stored; null as long as nobody was erased. */
  judge(): Promise<IsErased | null>;
  /** How many people are on it. */
  count(): Promise<number>;
  /** Begins anew, with nobody on it, when it is damaged; else nothing happens. */
  reset(): Promise<void>;
}

const idForm = (id: string) => `#${id}`;

/** A person's e-mail address as it is hashed; null without one. Numbers are shared by too many for that. */
function mailForm(record: AnyRecord): string | null {
  if (record.object !== 'contact' && record.object !== 'lead') return null;
  const form = suppressionForm(record.fields.email ?? '');
  return form?.startsWith('@') ? form : null;
}

/**
 * The list in `boxes`: for each person keyed hashes of the ids of their records and of their e-mail address, and nothing else. The id keeps the
 * record out when its address changes, the address keeps out another record of the same person.
 */
export function createErasedList(boxes: Pick<SealedBoxes, 'get' | 'put'>): ErasedList {
  const box = createKeyedBox<{ key: string; people: string[][] }>(boxes, {
    name: 'erased',
    damaged: 'erased.damaged',
    empty: (key) => ({ key, people: [] }),
    isStored: (value) => 'people' in value && Array.isArray(value.people) && value.people.every(Array.isArray),
  });
  return {
    async add(records) {
      const forms = records.flatMap((record) => [idForm(record.id), mailForm(record)]).filter((form) => form !== null);
      if (forms.length === 0) return;
      await box.change((stored, hashOf) => ({ ...stored, people: [...stored.people, [...new Set(forms)].map(hashOf)] }));
    },
    async judge() {
      const { stored, hashOf } = await box.load();
      if (stored.people.length === 0) return null;
      const known = new Set(stored.people.flat());
      const holds = (form: string | null) => form !== null && known.has(hashOf(form));
      return (record) => {
        if (record.object === 'task') return record.fields.whoId !== null && holds(idForm(record.fields.whoId));
        return (record.object === 'contact' || record.object === 'lead') && (holds(idForm(record.id)) || holds(mailForm(record)));
      };
    },
    count: async () => (await box.load()).stored.people.length,
    reset: box.reset,
  };
}
