import type { AnyRecord } from '@/lib/crm/records';
import { withNoted, withoutObjections } from '@/lib/creation/outbox/objections';
import type { RightsList } from '@/lib/messaging/rights-protocol';
import { createErasedList } from '@/lib/privacy/erased';
import { createObjectionList } from '@/lib/privacy/objections';
import type { PersonList } from '@/lib/privacy/person-list';
import type { PersonRecord } from '@/lib/privacy/person-search';
import { createSuppressionList } from '@/lib/privacy/suppression';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import type { LiveConnection } from './live-connection';
import { contactsOf } from './objection-here';
import type { Outbox } from './outboxes';
import { words } from './person-data';

const PERSONAL = ['contact', 'lead', 'task'] as const;

/** The lists of people of a connection, by their name. */
export const LISTS: Record<RightsList, (boxes: SealedBoxes) => PersonList> = {
  erased: createErasedList,
  objections: createObjectionList,
};

/** How many people are on a list; null when it was damaged. */
export async function countOf(list: RightsList, boxes: SealedBoxes): Promise<number | null> {
  return LISTS[list](boxes)
    .count()
    .catch((error) => {
      if (error instanceof AppError && error.code === `${list}.damaged`) return null;
      throw error;
    });
}

/** Records of the copy that are those of somebody. */
async function recordsOf({ copy: { store } }: LiveConnection, isTheirs: (record: AnyRecord) => boolean) {
  const found: PersonRecord[] = [];
  for (const object of ['contact', 'lead'] as const) {
    for await (const group of store.all(object) as AsyncIterable<PersonRecord[]>) found.push(...group.filter(isTheirs));
  }
  return found;
}

async function forget({ copy, runner }: LiveConnection, people: readonly PersonRecord[]): Promise<void> {
  for (const object of ['contact', 'lead'] as const) {
    const deletions = people.flatMap((one) => (one.object === object ? [one.id] : []));
    if (deletions.length === 0) continue;
    // Before as well: a run that looks between the two would take what goes for old.
    runner.overtaken.note(object, deletions);
    await copy.store.apply({ object, upserts: [], deletions, newBefore: null });
    runner.overtaken.note(object, deletions);
  }
}

/**
 * Takes one person off a list. Nobody knows their ids, so a sync compares what the copy has with the CRM and brings what is missing; what
 * was kept here in another form than the CRM has it is missing for that. Being taken off is the last of it, so that whatever
 * ends it before can be done again.
 * @throws AppError `person.unclear`, `person.not-kept-out`, `person.several`, `outbox.damaged`, and of a list that is damaged
 */
export async function letIn(
  connection: LiveConnection,
  { box }: Pick<Outbox, 'box'>,
  list: RightsList,
  text: string,
): Promise<void> {
  const { copy, runner } = connection;
  const people = LISTS[list](copy.boxes);
  const meant = await people.meant(text, words);
  if (meant === null) throw new AppError('person.unclear');
  if (meant.people !== 1) throw new AppError(meant.people === 0 ? 'person.not-kept-out' : 'person.several');
  await runner.compareAnew(PERSONAL);
  const theirs = list === 'objections' ? await recordsOf(connection, meant.isTheirs) : [];
  if (list === 'objections') {
    await box.change((all) => withoutObjections(all, meant.hasId));
    // By the text too, which may be an address that they have not got any more.
    const suppression = createSuppressionList(copy.boxes);
    for (const contact of [text, ...theirs.flatMap(contactsOf)]) await suppression.withdraw(contact);
    await forget(connection, theirs);
  }
  await people.release(text, words);
  // A run may have brought them in between, as those of somebody on the list.
  await forget(connection, theirs);
  await runner.compareAnew(PERSONAL);
}

/** Before the list of objections begins anew: what waits for the CRM is noted here again before it is sent. */
export async function noteAnew({ box }: Pick<Outbox, 'box'>): Promise<void> {
  await box
    .change((all) => withNoted(all, false, () => true))
    .catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'outbox.damaged') throw error;
    });
}
