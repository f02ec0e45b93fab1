import { CREATABLE_OBJECTS } from '@/lib/connectors/creation-contract';
import type { CrmRecord } from '@/lib/crm/records';
import type { PersonObject } from '@/lib/messaging/rights-protocol';
import { findPeople, isNamedIn, personQuery, type PersonQuery, type PersonRecord, textsIn } from '@/lib/privacy/person-search';
import { fold, wordsOf } from '@/lib/search/fold';
import { AppError } from '@/lib/shared/errors';
import type { LiveConnection } from './live-connection';
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
  /** It holds an id, the address or a number of theirs. With the name alone it may be a namesake's. */
  sure: boolean;
  content: unknown;
  drop(): Promise<void>;
}

export interface Reading {
  signal: AbortSignal;
  breathe: () => Promise<void>;
}

export const words = (text: string): string[] => wordsOf(fold(text)).map(({ text: word }) => word);

/** What was typed into forms of a connection and has to do with the person, as `isMeant` says of its texts. @throws AppError `outbox.damaged` */
export async function typedOf(
  { box, drafts }: Outbox,
  isMeant: (texts: string[]) => boolean,
  isSure: (texts: string[]) => boolean = isMeant,
): Promise<Typed[]> {
  const found: Typed[] = [];
  for (const entry of (await box.list()).filter((one) => isMeant(textsIn(one)))) {
    const drop = async () => {
      await box.change((all) =>
        all.flatMap((one) => {
          if (one.id !== entry.id) return [one];
          // What they have asked for is still told to the CRM, without their name.
          if (one.way.kind === 'objection') return [{ ...one, label: '' }];
          if (one.state.kind === 'sending' || one.state.kind === 'undoing') throw new AppError('outbox.under-way');
          return [];
        }),
      );
    };
    found.push({ where: 'outbox', label: entry.label, sure: isSure(textsIn(entry)), content: entry, drop });
  }
  for (const object of CREATABLE_OBJECTS) {
    const draft = await drafts.load(object);
    if (!draft || !isMeant(textsIn(draft))) continue;
    const sure = isSure(textsIn(draft));
    found.push({ where: 'draft', label: '', sure, content: draft, drop: () => drafts.drop(object, draft.draftId) });
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
  const queriesOf = (texts: readonly (string | null)[]) =>
    texts.map((text) => (text === null ? null : personQuery(text, words))).filter((query) => query !== null);
  const named = queriesOf(people.map(({ fields }) => fields.name));
  // A company's number is that of many: it tells which of two people of one name is meant, and nothing alone.
  const phones = queriesOf(people.flatMap(({ fields }) => [fields.phone, 'mobile' in fields ? fields.mobile : null]));
  const has = (queries: readonly PersonQuery[], texts: string[]) => queries.some((query) => isTypedIn(query, texts));
  const isTheirs = (texts: string[]) => texts.some((text) => ids.has(text)) || (mail !== null && isTypedIn(mail, texts));
  const typed = await typedOf(
    outbox,
    (texts) => isTheirs(texts) || has(named, texts),
    (texts) => isTheirs(texts) || has(phones, texts),
  );
  return { people, tasks, typed };
}

const sameMail = (a: string | null, b: string | null) => a?.trim().toLowerCase() === b?.trim().toLowerCase();
