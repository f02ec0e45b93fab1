import type { AnyRecord, CrmRecord } from '@/lib/crm/records';
import { isCustomer } from '@/lib/matching/rank-accounts';
import { fold, wordsOf } from './fold';

/**
 * What is searched of a record, as a line: the words of its name, other words, the digits of its phone numbers, and what
 * breaks ties, parted by tabs. Each word has a space before it and each number a #, so that the beginning of a word is found by
 * looking for a string, which is the fastest search a browser has.
 */
interface Searched {
  name: string;
  /** Texts that are searched word by word. */
  others: (string | null)[];
  phones: (string | null)[];
  ownerId: string | null;
  /** An Account that is a customer, an Opportunity that is open. */
  matters: boolean;
  /** The day of the last activity or change, `2026-05-01…`; null when nothing is known of it. */
  day: string | null;
}

export type SearchedKind = 'account' | 'contact' | 'lead' | 'opportunity';
export const SEARCHED: readonly SearchedKind[] = ['account', 'contact', 'lead', 'opportunity'];

export type SearchedRecord = { [K in SearchedKind]: CrmRecord<K> }[SearchedKind];

/** Long enough for any name; a line of a megabyte would slow down everybody's search. */
const LONGEST = 200;

/** To be raised with every change of what a line holds: lines that were stored are then made anew. */
const LINE_VERSION = 2;

/** A website as people read it: scheme and `www.` are in every address and tell nothing. */
export const address = (website: string | null) =>
  website
    ?.replace(/^[a-z]+:\/+/i, '')
    .replace(/^www\./i, '')
    .replace(/\/$/, '') ?? null;

/** What is searched of a record. Text by text in the order of the views. */
function searchedOf(record: SearchedRecord): Searched {
  switch (record.object) {
    case 'account': {
      const { name, website, phone, ownerId, type, lastActivityOn } = record.fields;
      return { name, others: [address(website)], phones: [phone], ownerId, matters: isCustomer(type) > 0, day: lastActivityOn };
    }
    case 'contact': {
      const { name, email, phone, mobile, ownerId, lastActivityOn } = record.fields;
      return { name, others: [email], phones: [phone, mobile], ownerId, matters: false, day: lastActivityOn };
    }
    case 'lead': {
      const { name, company, email, website, phone, ownerId } = record.fields;
      const others = [company, email, address(website)];
      return { name, others, phones: [phone], ownerId, matters: false, day: record.modifiedAt };
    }
    case 'opportunity': {
      const { name, ownerId, closed } = record.fields;
      return { name, others: [], phones: [], ownerId, matters: !closed, day: record.modifiedAt };
    }
  }
}

const spaced = (text: string | null) =>
  text === null
    ? ''
    : wordsOf(fold(text.slice(0, LONGEST)))
        .map((word) => ` ${word.text}`)
        .join('');
export const digitsOf = (phone: string | null) => phone?.slice(0, LONGEST).replace(/\D/g, '') ?? '';

/** Thirty-two bits of an id, to compare owners by: a wrong tie in a billion harms nobody, and ids are long. */
export function shortOf(id: string | null): string {
  if (!id) return '';
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

const MS_A_DAY = 86_400_000;

function dayNumber(day: string | null): number {
  const time = day === null ? Number.NaN : Date.parse(day.slice(0, 10));
  return Number.isNaN(time) ? 0 : Math.max(0, Math.floor(time / MS_A_DAY));
}

/** The line of a record without its end; null when there is nothing to find it by. */
export function searchLine(record: AnyRecord): string | null {
  if (record.object === 'user' || record.object === 'task' || /[\s#]/.test(record.id)) return null;
  const { name, others, phones, ownerId, matters, day } = searchedOf(record);
  const words = spaced(name);
  const more = others.map(spaced).join('');
  const numbers = phones.map(digitsOf).filter((digits) => digits !== '');
  if (words === '' && more === '' && numbers.length === 0) return null;
  const standing = `${record.id}\t${matters ? 1 : 0}\t${dayNumber(day).toString(36)}\t${shortOf(ownerId)}`;
  return `${words}\t${more}\t${numbers.map((digits) => `#${digits}`).join('')}\t${standing}`;
}

/** The part of a line that breaks ties. */
export interface Standing {
  id: string;
  matters: boolean;
  day: number;
  owner: string;
}

export function standingOf(line: string): Standing {
  const [, , , id = '', matters, day = '0', owner = ''] = line.split('\t');
  return { id, matters: matters === '1', day: Number.parseInt(day, 36), owner };
}

/** The rules for the store, which keeps the lines beside its records. */
export const SEARCH_LINES = { version: LINE_VERSION, of: searchLine };
