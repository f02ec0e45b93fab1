import { describe, expect, it } from 'vitest';
import type { CrmRecord } from '@/lib/crm/records';
import { findPeople, isNamedIn, isPerson, personQuery, textsIn } from '@/lib/privacy/person-search';
import { fold, wordsOf } from '@/lib/search/fold';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

const words = (text: string) => wordsOf(fold(text)).map(({ text: word }) => word);
const contact = (id: string, fields: Partial<CrmRecord<'contact'>['fields']>) =>
  record('contact', id, fields) as CrmRecord<'contact'>;

function isFound(text: string, one: CrmRecord<'contact'>): boolean {
  const query = personQuery(text, words);
  return query !== null && isPerson(query, one, words);
}

describe('looking for a person', () => {
  const jose = contact('p1', { name: 'José O’Brien', email: 'Jose@Acme.com', phone: '+49 711 4000-123', mobile: '0171 5550001' });

  it.each([
    'jose@acme.com',
    ' JOSE@ACME.COM ',
    '0711 4000123',
    '+49 (711) 4000 123',
    '+49 171 5550001',
    'Jose OBrien',
    "o'brien josé",
  ])('finds them by %s', (text) => expect(isFound(text, jose)).toBe(true));

  it.each(['ose@acme.com', 'jose@acme.co', '4000124', 'Jos', 'José O’Brian', 'acme'])('does not take them for %s', (text) =>
    expect(isFound(text, jose)).toBe(false),
  );

  it.each(['', '  ', 'J', '?!', '-'])('asks for more than “%s”', (text) => expect(personQuery(text, words)).toBeNull());

  it('looks into fields that were chosen beside those of the model', () => {
    const one = { ...jose, custom: { Private_Email__c: 'jo@home.example', Score__c: 7 } };
    expect(isFound('jo@home.example', one)).toBe(true);
    expect(isFound('home', one)).toBe(false);
  });

  it('finds who is named in what was typed, however deep', () => {
    const query = personQuery('jose@acme.com', words);
    const typed = { values: { Email: 'jose@acme.com' }, labels: {}, source: null, list: [{ a: 1 }] };
    expect(query && isNamedIn(query, textsIn(typed), words)).toBe(true);
    expect(textsIn({ a: ['b', { c: 'd' }], e: null, f: 3 })).toEqual(['b', 'd']);
  });

  it('goes through all Contacts and Leads of the copy, and ends when it is told to', async () => {
    const { store } = await testStore();
    await store.apply({ object: 'contact', upserts: [jose, contact('p2', { name: 'Otto' })], deletions: [], newBefore: null });
    const lead = record('lead', 'l1', { name: 'Jo', email: 'jose@acme.com' });
    await store.apply({ object: 'lead', upserts: [lead], deletions: [], newBefore: null });
    const query = personQuery('jose@acme.com', words);
    if (!query) throw new Error('This is an address.');
    const abort = new AbortController();
    const how = { wordsOf: words, signal: abort.signal, breathe: async () => undefined };
    const found = await Array.fromAsync(findPeople(store, query, how));
    expect(found.map(({ id }) => id)).toEqual(['p1', 'l1']);
    abort.abort();
    await expect(Array.fromAsync(findPeople(store, query, how))).rejects.toThrow();
  });
});
