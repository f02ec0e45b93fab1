import { OBJECTS } from '@/lib/crm/records';
import type { InventoryRow, Kept, Use } from '@/lib/shared/data-inventory';
import { BOX_USES, LOCAL_USES, SESSION_USES } from './inventory-notes';
import { RECORD_USES } from './inventory-records';

/** What is derived from records so that they can be found: it lies sealed beside them and goes with them. */
const INDEX: Record<string, Record<string, Use>> = {
  domain: {
    domain: { purpose: 'match', about: 'company', source: 'crm' },
    page: { purpose: 'match', about: 'company', source: 'crm' },
    brand: { purpose: 'match', about: 'company', source: 'crm' },
    mail: { purpose: 'match', about: 'person', source: 'crm' },
    children: { purpose: 'match', about: 'company', source: 'crm' },
  },
  home: { account: { purpose: 'show', about: 'person', source: 'crm' } },
  lines: {
    words: { purpose: 'show', about: 'person', source: 'crm' },
    digits: { purpose: 'show', about: 'person', source: 'crm' },
    day: { purpose: 'rank', about: 'nobody', source: 'crm' },
    owner: { purpose: 'rank', about: 'colleague', source: 'crm' },
  },
};

/** What every record has beside its fields. */
const OF_EVERY_RECORD: Record<string, Use> = {
  id: { purpose: 'sync', about: 'nobody', source: 'crm' },
  modifiedAt: { purpose: 'sync', about: 'nobody', source: 'crm' },
  custom: { purpose: 'show', about: 'person', source: 'crm' },
};

const rows = (place: InventoryRow['place'], all: Record<string, Kept>): InventoryRow[] =>
  Object.entries(all).flatMap(([of, { retention, protection, fields }]) =>
    Object.entries(fields).map(([field, use]) => ({ place, of, field, protection, retention, ...use })),
  );

/**
 * Every field that Sidelight keeps anywhere, with purpose, source, protection and retention: the content of the record of processing
 * (Art. 30 GDPR). A test compares it with what is stored.
 */
export function inventory(): InventoryRow[] {
  const sealed = { protection: 'sealed', retention: 'in-crm' } as const;
  const records = OBJECTS.flatMap((of) =>
    [...Object.entries(RECORD_USES[of] as Record<string, Use>), ...Object.entries(OF_EVERY_RECORD)].map(
      ([field, use]): InventoryRow => ({ place: 'records', of, field, ...sealed, ...use }),
    ),
  );
  const index = Object.fromEntries(Object.entries(INDEX).map(([of, fields]) => [of, { ...sealed, fields }]));
  return [
    ...records,
    ...rows('index', index),
    ...rows('notes', BOX_USES),
    ...rows('browser', LOCAL_USES),
    ...rows('memory', SESSION_USES),
  ];
}
