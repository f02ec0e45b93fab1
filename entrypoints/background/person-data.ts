import { CREATABLE_OBJECTS } from '@/lib/connectors/creation-contract';
import type { CrmRecord } from '@/lib/crm/records';
import type { PersonObject } from '@/lib/messaging/rights-protocol';
import { findPeople, isNamedIn, personQuery, type PersonQuery, type PersonRecord, textsIn } from '@/lib/privacy/person-search';
import { fold, wordsOf } from '@/lib/search/fold';
import { AppError } from '@/lib/shared/errors';
import type { LiveConnection } from './connections';
import type { Outbox } from './outboxes';

/** Everything that is held of one person in one connection. */
export interface PersonData {
  people: PersonRecord[];
  tasks: CrmRecord<'task'>[];
  typed: Typed[];
}

/** A draft or an entry of the outbox. */
export interface Typed {
  where: 'outbox' | 'draft';
  label: string;
  content: unknown;
  drop(): Promise<void>;
}

export interface Reading {
  signal: AbortSignal;
  breathe: () => Promise<void>;
}

export const words = (text: string): string[] => wordsOf(fold(text)).map(({ text: word }) => word);

/** What was typed into forms of a connection and has to do with the person, as `isMeant` says of its texts. @throws AppError `outbox.damaged` */
export async function typedOf({ box, drafts }: Outbox, isMeant: (texts: string[]) => boolean): Promise<Typed[]> {
  const found: Typed[] = [];
  for (const entry of (await box.list()).filter((one) => isMeant(textsIn(one)))) {
    const drop = async () => {
      await box.change((all) => {
        const kind = all.find(({ id }) => id === entry.id)?.state.kind;
        if (kind === 'sending' || kind === 'undoing') throw new AppError('outbox.under-way');
        return all.filter(({ id }) => id !== entry.id);
      });
    };
    found.push({ where: 'outbox', label: entry.label, content: entry, drop });
  }
  for (const object of CREATABLE_OBJECTS) {
    const draft = await drafts.load(object);
    if (!draft || !isMeant(textsIn(draft))) continue;
    found.push({ where: 'draft', label: '', content: draft, drop: () => drafts.drop(object, draft.draftId) });
  }
  return found;
}

/** Whether texts that were typed name whom `query` asks for; first and last name may stand in two fields of a form, one behind the other. */
export const isTypedIn = (query: PersonQuery, texts: string[]): boolean =>
  isNamedIn(query, [...texts, ...texts.slice(1).map((text, at) => `${texts[at]} ${text}`)], words);

/**
 * The record of a person, those with the same e-mail address, their Tasks, and what was typed of them.
 * @throws AppError `record.missing`, `outbox.damaged` and of the `storage.` group
 */
export async function personData(
  { copy: { store } }: LiveConnection,
  outbox: Outbox,
  { object, id }: { object: PersonObject; id: string },
  reading: Reading,
): Promise<PersonData> {
  const record = (await store.get(object, id)) as PersonRecord | null;
  if (!record) throw new AppError('record.missing');
  const { email } = record.fields;
  const mail = email === null ? null : personQuery(email, words);
  const others = mail?.kind === 'contact' ? await Array.fromAsync(findPeople(store, mail, { ...reading, wordsOf: words })) : [];
  // An address may stand in another field of another person, whom it does not make this one.
  const people = [record, ...others.filter((one) => one.id !== id && sameMail(one.fields.email, email))];
  const ids = new Set(people.map((one) => one.id));
  const tasks: CrmRecord<'task'>[] = [];
  for await (const group of store.all('task')) {
    tasks.push(...group.filter(({ fields }) => fields.whoId !== null && ids.has(fields.whoId)));
    await reading.breathe();
  }
  // Not by number: a company's is that of many.
  const queries = [...people.map(({ fields }) => personQuery(fields.name, words)), mail].filter((query) => query !== null);
  const typed = await typedOf(
    outbox,
    (texts) => texts.some((text) => ids.has(text)) || queries.some((query) => isTypedIn(query, texts)),
  );
  return { people, tasks, typed };
}

const sameMail = (a: string | null, b: string | null) => a?.trim().toLowerCase() === b?.trim().toLowerCase();
