import type { OutboxEntry } from '@/lib/creation/outbox/entry';

/** An entry for a Lead, as it was typed. */
export function leadEntry(change: Partial<OutboxEntry> = {}): OutboxEntry {
  const values = { LastName: 'Castell', Company: 'Acme Robotics' };
  return {
    id: 'e1',
    object: 'lead',
    label: 'Castell',
    sealedAt: 0,
    typed: { recordTypeId: null, values, labels: {}, basis: null, source: null, assign: false, followUp: null },
    records: { record: { object: 'lead', recordTypeId: null, values, basis: null }, tasks: [] },
    way: { kind: 'create', allowDuplicate: false },
    open: null,
    attempts: 0,
    state: { kind: 'queued' },
    ...change,
  };
}
