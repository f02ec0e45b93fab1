import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { withNoted } from '@/lib/creation/outbox/objections';
import type { OutboxBox } from '@/lib/creation/outbox/outbox-box';
import { createObjectionList } from '@/lib/privacy/objections';
import type { PersonRecord } from '@/lib/privacy/person-search';
import { createSuppressionList, suppressionForm } from '@/lib/privacy/suppression';
import { findReached } from '@/lib/search/alike';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { LiveConnection } from './live-connection';
import { words } from './person-data';

type Here = Pick<LiveConnection, 'copy'>;

/** Puts a person on the list of objections, and gives what of the rest failed: the list alone makes everything that is written obey. @throws AppError of the list */
export async function noteHere({ copy }: Here, box: OutboxBox, people: readonly PersonRecord[]): Promise<unknown[]> {
  await createObjectionList(copy.boxes).add(people, words);
  // First what keeps them from being stored anew: nothing else would do it again.
  const steps = [() => suppress({ copy }, people), () => rewrite({ copy }, people)];
  const failed: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failed.push(error));
  const ids = new Set(people.map(({ id }) => id));
  // Whatever is not noted is done again before the objection is sent.
  if (failed.length === 0) await box.change((all) => withNoted(all, true, (id) => ids.has(id))).catch(() => undefined);
  return failed;
}

/**
 * Whether an objection in the outbox is still one, asked before it is sent: false when it was taken back. What a worker that died has
 * left undone of it here is done before.
 * @throws AppError of the list of objections
 */
export async function stillObjects({ copy }: Here, box: OutboxBox, { object, way }: OutboxEntry): Promise<boolean> {
  if (way.kind !== 'objection' || (object !== 'contact' && object !== 'lead')) return true;
  if (way.noted) return createObjectionList(copy.boxes).hasId(way.id);
  // What is not held here any more has nothing to be noted on.
  const record = (await copy.store.get(object, way.id)) as PersonRecord | null;
  if (record) for (const error of await noteHere({ copy }, box, [record])) logFailure(toAppError(error));
  return true;
}

/** The gate of the copy makes them what they are from now on. Whatever a run writes passes it too, so that no version is newer for this one. */
async function rewrite({ copy }: Here, people: readonly PersonRecord[]): Promise<void> {
  for (const object of ['contact', 'lead'] as const) {
    const ids = people.flatMap((one) => (one.object === object ? [one.id] : []));
    if (ids.length > 0) await copy.store.rejudge(object, ids);
  }
}

/** All addresses and numbers of a record. */
export const contactsOf = ({ fields }: PersonRecord): string[] =>
  [fields.email, fields.phone, 'mobile' in fields ? fields.mobile : null].filter((contact) => contact !== null);

async function suppress({ copy }: Here, people: readonly PersonRecord[]): Promise<void> {
  const list = createSuppressionList(copy.boxes);
  const known = new Set(people.map(({ id }) => id));
  const mails = new Set(people.flatMap(({ fields }) => suppressionForm(fields.email ?? '') ?? []));
  const isTheirs = ({ id, fields }: PersonRecord) => known.has(id) || mails.has(suppressionForm(fields.email ?? '') ?? '');
  for (const person of people) {
    for (const contact of contactsOf(person)) {
      // A number that others have too is a company's, and would keep them out as well.
      const isOthers =
        contact !== person.fields.email &&
        (await findReached([], [contact], copy.store)).some((one) => !isTheirs(one as PersonRecord));
      if (!isOthers) await list.add(contact, 'objection');
    }
  }
}
