import type { CrmRecord } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import { suppressionForm } from './suppression';

export type PersonRecord = CrmRecord<'contact'> | CrmRecord<'lead'>;

/** The words of a text as they are compared: folded, without accents. */
export type WordsOf = (text: string) => string[];

/** Whom somebody looks for: by an address or a number in its plain form, or by the words of a name. */
export type PersonQuery = { kind: 'contact'; form: string } | { kind: 'name'; words: readonly string[] };

/** One letter names nobody. */
const SHORTEST_NAME = 2;

/** What `text` asks for: an e-mail address, a phone number or a name; null when it can be none of them. Pure. */
export function personQuery(text: string, wordsOf: WordsOf): PersonQuery | null {
  const form = suppressionForm(text);
  if (form !== null) return { kind: 'contact', form };
  const words = wordsOf(text);
  return words.join('').length < SHORTEST_NAME ? null : { kind: 'name', words };
}

/** Whether one of `texts` is the address or the number, or all words of the name stand in one of them. Pure. */
export function isNamedIn(query: PersonQuery, texts: readonly string[], wordsOf: WordsOf): boolean {
  if (query.kind === 'contact') return texts.some((text) => suppressionForm(text) === query.form);
  return texts.some((text) => {
    const words = wordsOf(text);
    return query.words.every((word) => words.includes(word));
  });
}

/** Whether this is the person who is looked for. Fields that the user has chosen to copy may hold further addresses and numbers. Pure. */
export function isPerson(query: PersonQuery, record: PersonRecord, wordsOf: WordsOf): boolean {
  const { fields, custom } = record;
  if (query.kind === 'name') return isNamedIn(query, [fields.name], wordsOf);
  const reached = [fields.email, fields.phone, 'mobile' in fields ? fields.mobile : null, ...Object.values(custom)];
  return isNamedIn(
    query,
    reached.filter((value) => typeof value === 'string'),
    wordsOf,
  );
}

/** All texts in a value, however deep; for what was typed into a form and waits in the outbox. Pure. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/**
 * The Contacts and Leads in `store` that are the person who is looked for, as they are met. The whole copy is read, in groups.
 * @throws what `signal` was aborted with, and AppError of the `storage.` and `vault.` groups
 */
export async function* findPeople(
  store: Pick<RecordStore, 'all'>,
  query: PersonQuery,
  { wordsOf, signal, breathe }: { wordsOf: WordsOf; signal: AbortSignal; breathe: () => Promise<void> },
): AsyncGenerator<PersonRecord> {
  for (const object of ['contact', 'lead'] as const) {
    // The store gives records of the object that it is asked for, which TypeScript cannot follow through the union.
    for await (const group of store.all(object) as AsyncIterable<PersonRecord[]>) {
      signal.throwIfAborted();
      for (const record of group) if (isPerson(query, record, wordsOf)) yield record;
      await breathe();
    }
  }
}
