import type { AnyRecord } from '@/lib/crm/records';
import type { RightsList } from '@/lib/messaging/rights-protocol';
import { createErasedList } from '@/lib/privacy/erased';
import { createObjectionList } from '@/lib/privacy/objections';
import type { PersonList } from '@/lib/privacy/person-list';
import { createSuppressionList } from '@/lib/privacy/suppression';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import type { LiveConnection } from './live-connection';
import { words } from './person-data';

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

/** Records of the copy that are there as those of somebody on the list. */
async function listed({ copy: { store } }: LiveConnection, isListed: (record: AnyRecord) => boolean) {
  const found: { object: 'contact' | 'lead'; id: string }[] = [];
  for (const object of ['contact', 'lead'] as const) {
    for await (const group of store.all(object) as AsyncIterable<AnyRecord[]>)
      found.push(...group.filter(isListed).map(({ id }) => ({ object, id })));
  }
  return found;
}

/**
 * Takes one person off a list. Nobody knows their ids, so a sync compares what the copy has with the CRM and brings what is missing; what
 * was kept here in another form than the CRM has it is missing for that.
 * @throws AppError `person.unclear`, `person.not-kept-out`, `person.several`, and of a list that is damaged
 */
export async function letIn(connection: LiveConnection, list: RightsList, text: string): Promise<void> {
  const { copy, runner } = connection;
  const people = LISTS[list](copy.boxes);
  const before = await people.judge();
  const found = await people.release(text, words);
  if (found === null) throw new AppError('person.unclear');
  if (found !== 1) throw new AppError(found === 0 ? 'person.not-kept-out' : 'person.several');
  if (list === 'objections') {
    // Only what is an address or a number is on that one.
    await createSuppressionList(copy.boxes).remove(text);
    const after = await people.judge();
    const theirs = await listed(connection, (record) => before?.(record) === true && after?.(record) !== true);
    for (const { object, id } of theirs) await copy.store.apply({ object, upserts: [], deletions: [id], newBefore: null });
  }
  await runner.compareAnew(['contact', 'lead', 'task']);
}
