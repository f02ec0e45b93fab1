import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import { findAlike, findReached, type Wanted } from '@/lib/search/alike';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { record } from '../../builders/records';
import { type TestStore, testStore } from '../../builders/store';

const ACME = record('account', 'a1', { name: 'Acme Robotics GmbH', website: 'https://www.acme.com', phone: '+49 711 4000123' });
const OTHER = record('account', 'a2', { name: 'Acme Robotics', website: 'https://acme.se' });
const PIA = record('contact', 'c1', {
  accountId: 'a1',
  name: 'Pia Castell',
  email: 'Pia.Castell@acme.com',
  mobile: '0171 555 01 02',
});
const PIA_ELSEWHERE = record('contact', 'c2', { accountId: 'a2', name: 'Pia Castell', email: 'pia@acme.se' });
const LEAD = record('lead', 'l1', { name: 'Rüth Castell', company: 'O’Brien Marine Ltd', email: 'ruth@gmail.com' });
const CONVERTED = record('lead', 'l2', { name: 'Pia Castell', company: 'Acme', email: 'pia.castell@acme.com', converted: true });
const DEAL = record('opportunity', 'o1', { accountId: 'a1', name: 'Retrofit' });

const nobody: Wanted = { object: 'lead', name: null, company: null, email: null, phones: [], website: null, accountId: null };
const person = (wanted: Partial<Wanted>): Wanted => ({ ...nobody, ...wanted });

describe('records that may be the one that is typed', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await testStore({ ...placement, lines: SEARCH_LINES });
    const records: AnyRecord[] = [ACME, OTHER, PIA, PIA_ELSEWHERE, LEAD, CONVERTED, DEAL];
    for (const [object, upserts] of Map.groupBy(records, (one) => one.object)) {
      await test.store.apply({ object, upserts, deletions: [], newBefore: null });
    }
  });
  const find = async (wanted: Wanted) =>
    (await findAlike(wanted, test.store)).map(({ record: { id }, why }) => `${id} ${why.join(' ')}`);

  it.each<[string, string[], string[], string[]]>([
    ['an address, converted Leads too', ['pia.castell@ACME.com '], [], ['c1', 'l2']],
    ['a number', [], ['+49 171 5550102'], ['c1']],
    ['nobody by an extension or a beginning', ['pia@acme'], ['102', '0171 555'], []],
  ])('people reached by %s', async (_, emails, phones, ids) => {
    const found = await findReached(emails, phones, test.store);
    expect([...new Set(found.map(({ id }) => id))].sort()).toEqual(ids);
  });

  it.each<[string, Wanted, string[]]>([
    ['the same address, however it is written', person({ email: ' pia.castell@ACME.com' }), ['c1 email']],
    ['nobody else of that company', person({ email: 'pia.castell2@acme.com' }), []],
    ['the same name at the same domain', person({ name: 'Pia Castell', website: 'acme.com' }), ['c1 name']],
    ['the same name at the domain of the address', person({ name: 'PIA CASTELL', email: 'info@acme.com' }), ['c1 name']],
    ['the same name at a company of that name', person({ name: 'Ruth Castell', company: 'OBrien Marine' }), ['l1 name']],
    ['the same name at the same Account', person({ object: 'contact', name: 'Pia Castell', accountId: 'a2' }), ['c2 name']],
    ['no namesake elsewhere', person({ name: 'Pia Castell', company: 'Globex' }), []],
    ['nobody by a common mail provider', person({ name: 'Otto Normal', email: 'otto@gmail.com' }), []],
    ['the same number with another beginning', person({ phones: ['+49 171 5550102'] }), ['c1 phone']],
    ['nobody by an extension', person({ phones: ['102'] }), []],
    [
      'the best first',
      person({ name: 'Pia Castell', email: 'pia.castell@acme.com', phones: ['01715550102'] }),
      ['c1 email name phone'],
    ],
    ['nothing for nothing', nobody, []],
  ])('%s', async (_, wanted, expected) => {
    expect(await find(wanted)).toEqual(expected);
  });

  const account = (wanted: Partial<Wanted>) => person({ object: 'account', ...wanted });
  it.each<[string, Wanted, string[]]>([
    ['an Account by its site', account({ name: 'Something', website: 'http://acme.com/de' }), ['a1 domain']],
    ['an Account by name and site', account({ name: 'ACME Robotics', website: 'acme.com' }), ['a1 name domain']],
    ['an Account by name alone', account({ name: 'acme robotics inc.' }), ['a1 name', 'a2 name']],
    ['an Account by its number', account({ name: 'X', phones: ['0711 4000-123'] }), ['a1 phone']],
    ['an Account by its number in full', account({ name: 'X', phones: ['+49 (0)711 4000-123'] }), ['a1 phone']],
    ['none whose number only ends alike', account({ name: 'X', phones: ['+1 14000123'] }), []],
    ['none of the same name on another site', account({ name: 'Acme Robotics', website: 'acme.fr' }), []],
  ])('%s', async (_, wanted, expected) => {
    expect((await find(wanted)).sort()).toEqual(expected);
  });

  it('an Opportunity of the same name at the same Account', async () => {
    expect(await find(person({ object: 'opportunity', name: 'retrofit', accountId: 'a1' }))).toEqual(['o1 name']);
    expect(await find(person({ object: 'opportunity', name: 'retrofit', accountId: 'a2' }))).toEqual([]);
  });
});
