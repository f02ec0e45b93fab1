import type { AnyRecord } from '@/lib/crm/records';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import type { OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { createObjectionList } from '@/lib/privacy/objections';
import type { PersonRecord } from '@/lib/privacy/person-search';
import { createSuppressionList } from '@/lib/privacy/suppression';
import { findReached } from '@/lib/search/alike';
import type { Clock } from '@/lib/shared/clock';
import type { LiveConnection } from './live-connection';
import { entryView } from './outbox-views';
import type { Outboxes } from './outboxes';
import { words } from './person-data';
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
 * of the first is told after the second: here it holds all the same.
 * @throws AppError as `rights.object` says
 */
export async function noteObjection(
  connection: LiveConnection,
  people: readonly PersonRecord[],
  { outboxes, forms, clock }: Options,
): Promise<OutboxEntryView[]> {
  const { box } = outboxes.of(connection);
  const ids = new Set(people.map(entryId));
  const entries = people.map((record) => entryOf(record, clock.now()));
  const sealed = await box
    .change((all) => [...all.filter(({ id }) => !ids.has(id)), ...entries])
    .then(
      () => null,
      (error: unknown) => ({ error }),
    );
  await noteHere(connection, people);
  if (sealed) throw sealed.error;
  await outboxes.run(connection, false);
  const now = (await box.list()).filter(({ id }) => ids.has(id));
  return Promise.all(now.map((entry) => entryView(entry, connection, forms, clock.now())));
}

async function noteHere({ copy, runner }: LiveConnection, people: readonly PersonRecord[]): Promise<void> {
  await createObjectionList(copy.boxes).add(people, words);
  // The gate of the copy makes them what they are from now on.
  for (const object of ['contact', 'lead'] as const) {
    const ids = people.flatMap((one) => (one.object === object ? [one.id] : []));
    // Before as well: a run that looks between the two would take what is written for old.
    runner.overtaken.note(object, ids);
    const upserts = [...(await copy.store.getMany(object, ids)).values()] as AnyRecord[];
    if (upserts.length > 0) await copy.store.apply({ object, upserts, deletions: [], newBefore: null });
    runner.overtaken.note(object, ids);
  }
  const list = createSuppressionList(copy.boxes);
  const known = new Set(people.map(({ id }) => id));
  for (const { fields } of people) {
    if (fields.email !== null) await list.add(fields.email);
    for (const phone of [fields.phone, 'mobile' in fields ? fields.mobile : null]) {
      if (phone === null) continue;
      // A number that others have too is a company's, and would keep them out as well.
      const others = (await findReached([], [phone], copy.store)).filter(({ id }) => !known.has(id));
      if (others.length === 0) await list.add(phone);
    }
  }
}
