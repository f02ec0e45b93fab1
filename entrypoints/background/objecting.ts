import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import type { OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import type { PersonRecord } from '@/lib/privacy/person-search';
import type { Clock } from '@/lib/shared/clock';
import type { LiveConnection } from './live-connection';
import { noteHere } from './objection-here';
import { entryView } from './outbox-views';
import type { Outboxes } from './outboxes';
import type { RecordForms } from './record-forms';

interface Options {
  outboxes: Pick<Outboxes, 'of' | 'run'>;
  forms: Pick<RecordForms, 'described'>;
  clock: Clock;
}

/** One for each record: who says it twice has said it once. */
const entryId = ({ object, id }: PersonRecord) => `objection-${object}-${id}`;

const entryOf = (record: PersonRecord, now: number): OutboxEntry => ({
  ...{ id: entryId(record), object: record.object, label: record.fields.name, sealedAt: now, typed: null, records: null },
  ...{ way: { kind: 'objection', id: record.id }, open: null, attempts: 0, state: { kind: 'queued' } },
});

/**
 * Notes that a person, of whom these are the records, objects to being contacted: sealed for the CRM first, then here, then sent. What fails
 * of these is told after the last: here it holds all the same. `onNoted` is called once it does, whatever else fails.
 * @throws AppError as `rights.object` says
 */
export async function noteObjection(
  connection: LiveConnection,
  people: readonly PersonRecord[],
  { outboxes, forms, clock }: Options,
  onNoted: () => Promise<void>,
): Promise<OutboxEntryView[]> {
  const { box } = outboxes.of(connection);
  const ids = new Set(people.map(entryId));
  const entries = people.map((record) => entryOf(record, clock.now()));
  const failed: unknown[] = [];
  await box.change((all) => [...all.filter(({ id }) => !ids.has(id)), ...entries]).catch((error: unknown) => failed.push(error));
  const isSealed = failed.length === 0;
  failed.push(...(await noteHere(connection, box, people)));
  try {
    if (isSealed) await outboxes.run(connection, false);
    if (failed.length > 0) throw failed[0];
    const now = (await box.list()).filter(({ id }) => ids.has(id));
    return await Promise.all(now.map((entry) => entryView(entry, connection, forms, clock.now())));
  } finally {
    await onNoted();
  }
}
