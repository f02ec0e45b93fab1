import type { AnyRecord } from '@/lib/crm/records';
import type { ErrorCode } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createKeyedBox } from './keyed-box';
import type { WordsOf } from './person-search';
import { suppressionForm } from './suppression';

/** Says of a record whether it is one of a person on the list; a Task is when it is about one. */
type IsListed = (record: AnyRecord) => boolean;

/** Who is meant by an address, a number or a name. */
interface Meant {
  /** How many people of the list. */
  people: number;
  /** Whether a record is theirs and nobody else's on the list. */
  isTheirs: IsListed;
  /** The same of the id of a record that is not held. */
  hasId(id: string): boolean;
}

/** People of a connection. Every method: @throws AppError of the list's own code: one that was lost must not let anybody through */
export interface PersonList {
  /**
   * Puts one person on it, with all of their records. Whoever is on it with one of these ids or addresses is this person: they are one entry,
   * with all that either is known by.
   */
  add(records: readonly AnyRecord[], wordsOf: WordsOf): Promise<void>;
  /** What is asked of each record before it is stored; null as long as nobody is on it. */
  judge(): Promise<IsListed | null>;
  /** Whether this is the id of a record of somebody on it. */
  hasId(id: string): Promise<boolean>;
  /** Who has this address, number or name. Null: the text is none of the three. */
  meant(text: string, wordsOf: WordsOf): Promise<Meant | null>;
  /**
   * Takes whoever has this address, number or name off the list, and gives how many were meant by it. More than one are left where they
   * are: nobody can see who they are, so that an address has to tell them apart. Null: the text is none of the three.
   */
  release(text: string, wordsOf: WordsOf): Promise<number | null>;
  /** How many people are on it. */
  count(): Promise<number>;
  /** Begins anew, with nobody on it, when it is damaged; else nothing happens. */
  reset(): Promise<void>;
}

const idForm = (id: string) => `#${id}`;
/** What a person is found by and nobody is judged by: names and numbers are those of others too. */
const findForm = (form: string) => `?${form}`;
const isFindForm = (form: string) => form.startsWith('?');
const isPerson = ({ object }: AnyRecord) => object === 'contact' || object === 'lead';

/** A person's e-mail address as it is hashed; null without one. */
function mailForm(record: AnyRecord): string | null {
  if (record.object !== 'contact' && record.object !== 'lead') return null;
  const form = suppressionForm(record.fields.email ?? '');
  return form?.startsWith('@') ? form : null;
}

/** A name however it is written: its words in one order; null for a text without words. */
function nameForm(text: string, wordsOf: WordsOf): string | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : `=${words.toSorted().join(' ')}`;
}

function formsOf(record: AnyRecord, wordsOf: WordsOf): (string | null)[] {
  if (record.object !== 'contact' && record.object !== 'lead') return [idForm(record.id)];
  const { fields } = record;
  const phones = [fields.phone, 'mobile' in fields ? fields.mobile : null].map((phone) => suppressionForm(phone ?? ''));
  const found = [nameForm(fields.name, wordsOf), ...phones.filter((form) => form?.startsWith('+'))];
  return [idForm(record.id), mailForm(record), ...found.map((form) => form && findForm(form))];
}

/** How whoever is meant by `text` is known; null when it is no address, number or name. */
function wantedForm(text: string, wordsOf: WordsOf): string | null {
  const form = suppressionForm(text);
  const plain = form ?? nameForm(text, wordsOf);
  if (plain === null) return null;
  return form?.startsWith('@') ? form : findForm(plain);
}

/** Judges by the forms that `holds` knows. */
const judging =
  (holds: (form: string) => boolean): IsListed =>
  (record) => {
    if (record.object === 'task') return record.fields.whoId !== null && holds(idForm(record.fields.whoId));
    if (!isPerson(record)) return false;
    const mail = mailForm(record);
    return holds(idForm(record.id)) || (mail !== null && holds(mail));
  };

/**
 * The list in the box `name`: for each person keyed hashes of the ids of their records and of their e-mail address, by which records are judged, of
 * their name and numbers, by which they can be taken off again, and nothing else. The id keeps its hold on a record when its address changes, the address
 * on another record of the same person.
 */
export function createPersonList(
  boxes: Pick<SealedBoxes, 'get' | 'put'>,
  name: 'erased' | 'objections',
  damaged: ErrorCode,
): PersonList {
  const box = createKeyedBox<{ key: string; people: string[][] }>(boxes, {
    name,
    damaged,
    empty: (key) => ({ key, people: [] }),
    isStored: (value) => 'people' in value && Array.isArray(value.people) && value.people.every(Array.isArray),
  });
  return {
    async add(records, wordsOf) {
      const forms = [...new Set(records.flatMap((record) => formsOf(record, wordsOf)).filter((form) => form !== null))];
      if (forms.length === 0) return;
      await box.change((stored, hashOf) => {
        const by = new Set(forms.filter((form) => !isFindForm(form)).map(hashOf));
        const isSame = (one: string[]) => one.some((hash) => by.has(hash));
        const person = new Set([...stored.people.filter(isSame).flat(), ...forms.map(hashOf)]);
        return { ...stored, people: [...stored.people.filter((one) => !isSame(one)), [...person]] };
      });
    },
    async judge() {
      const { stored, hashOf } = await box.load();
      if (stored.people.length === 0) return null;
      const known = new Set(stored.people.flat());
      return judging((form) => known.has(hashOf(form)));
    },
    async hasId(id) {
      const { stored, hashOf } = await box.load();
      const hash = hashOf(idForm(id));
      return stored.people.some((one) => one.includes(hash));
    },
    async meant(text, wordsOf) {
      const wanted = wantedForm(text, wordsOf);
      if (wanted === null) return null;
      const { stored, hashOf } = await box.load();
      const hash = hashOf(wanted);
      const people = stored.people.filter((one) => one.includes(hash));
      const theirs = new Set(people.flat());
      const others = new Set(stored.people.filter((one) => !one.includes(hash)).flat());
      const ofTheirs = (form: string) => theirs.has(hashOf(form));
      const ofOthers = (form: string) => others.has(hashOf(form));
      return {
        people: people.length,
        isTheirs: (record) => judging(ofTheirs)(record) && !judging(ofOthers)(record),
        hasId: (id) => ofTheirs(idForm(id)) && !ofOthers(idForm(id)),
      };
    },
    async release(text, wordsOf) {
      const wanted = wantedForm(text, wordsOf);
      if (wanted === null) return null;
      let found = 0;
      await box.change((stored, hashOf) => {
        const hash = hashOf(wanted);
        const others = stored.people.filter((one) => !one.includes(hash));
        found = stored.people.length - others.length;
        return found === 1 ? { ...stored, people: others } : stored;
      });
      return found;
    },
    count: async () => (await box.load()).stored.people.length,
    reset: box.reset,
  };
}
