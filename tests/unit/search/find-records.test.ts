import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { findRecords } from '@/lib/search/find-records';
import { parseQuery } from '@/lib/search/query';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { shownTexts } from '@/lib/search/shown-texts';
import { record } from '../../builders/records';
import { plainPlacement, type TestStore, testStore } from '../../builders/store';

const MUELLER = record('account', 'a1', {
  name: 'Müller Antriebstechnik GmbH',
  website: 'https://www.mueller-antriebe.de',
  phone: '+49 (711) 4000-123',
});
const ANNA = record('contact', 'c1', {
  accountId: 'a1',
  name: 'Anna Sørensen',
  email: 'anna.s@fjord.no',
  mobile: '0171 555 01 02',
});
const RUTH = record('lead', 'l1', { name: 'Ruth Castell', company: "O'Brien Marine", email: 'ruth@obrien.ie' });
const DEAL = record('opportunity', 'o1', { accountId: 'a1', name: 'Müller retrofit' });
const TOYOTA = record('account', 'a2', { name: '株式会社トヨタ自動車' });

describe('a search over the copy', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await testStore({ ...plainPlacement, lines: SEARCH_LINES });
    await write(MUELLER, ANNA, RUTH, DEAL, TOYOTA);
  });

  async function write(...records: AnyRecord[]): Promise<void> {
    for (const [object, upserts] of Map.groupBy(records, (one) => one.object)) {
      await test.store.apply({ object, upserts, deletions: [], newBefore: null });
    }
  }
  const remove = (object: ObjectKind, id: string) => test.store.apply({ object, upserts: [], deletions: [id], newBefore: null });
  const find = async (text: string, me: string | null = null) =>
    (await findRecords(text, { store: test.store, me }, 20)).map(({ record: { id } }) => id);

  it('is written down nowhere', async () => {
    const stored = async () => [await test.db.cells.toArray(), await test.db.boxes.toArray()];
    const before = await stored();
    await find('muller');
    await find('nobody');
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['muller', ['a1', 'o1'], 'without accents'],
    ['MÜLLER', ['a1', 'o1'], 'in capitals'],
    ['antr müll', ['a1'], 'by beginnings of words in any order'],
    ['mulelr', ['a1', 'o1'], 'with two letters swapped'],
    ['antreibstechnik', ['a1'], 'with a typo in a long word'],
    ['mueller-antriebe.de', ['a1'], 'by its site'],
    ['0711 4000', ['a1'], 'by the digits of a phone number with its own zero'],
    ['+49 711', ['a1'], 'by the digits from abroad'],
    ['1715550102', ['c1'], 'by a mobile number'],
    ['sorensen', ['c1'], 'by a letter that is no accent'],
    ['anna.s@fjord.no', ['c1'], 'by an e-mail address'],
    ['fjord', ['c1'], 'by the domain of an address'],
    ['obrien', ['l1'], 'over an apostrophe'],
    ['castel', ['l1'], 'by a beginning'],
    ['retrofit', ['o1'], 'an opportunity'],
    ['トヨタ', ['a2'], 'by letters within a name of a script without spaces'],
    ['nobody', [], 'nothing'],
    ['xyzmuller', [], 'nothing that only ends so'],
    ['', [], 'nothing for nothing'],
    ['m', [], 'nothing for a single letter'],
  ])('finds by %s: %s', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it('has new records, changed ones and deletions at once', async () => {
    await write(record('account', 'a3', { name: 'Brandnew' }));
    expect(await find('brandnew')).toEqual(['a3']);
    await write(record('account', 'a3', { name: 'Renamed' }));
    expect(await find('brandnew')).toEqual([]);
    expect(await find('renamed')).toEqual(['a3']);
    await remove('account', 'a3');
    expect(await find('renamed')).toEqual([]);
  });

  it('finds what is left when more were deleted than it keeps in mind', async () => {
    const many = Array.from({ length: 900 }, (_, n) => record('account', `gone${n}`, { name: 'Gone', type: 'Customer' }));
    await write(...many, record('account', 'here', { name: 'Gone' }));
    await test.store.apply({ object: 'account', upserts: [], deletions: many.map(({ id }) => id), newBefore: null });
    expect(await find('gone')).toEqual(['here']);
  });

  it('breaks ties by customer, open opportunity, latest activity and the user’s own', async () => {
    const same = (id: string, fields: Parameters<typeof record<'account'>>[2]) =>
      record('account', id, { name: 'Same', ...fields });
    await write(
      same('s5', {}),
      same('s4', { ownerId: 'me' }),
      same('s3', { lastActivityOn: '2026-05-01' }),
      same('s2', {}),
      same('s1', { type: 'Customer - Direct' }),
      record('opportunity', 'o2', { accountId: 's2', name: 'A deal' }),
    );
    expect(await find('same', 'me')).toEqual(['s1', 's2', 's3', 's4', 's5']);
  });

  it('does not look for typos where enough is found without', async () => {
    await write(...Array.from({ length: 5 }, (_, n) => record('account', `h${n}`, { name: `Halvor ${n}` })));
    await write(record('account', 'near', { name: 'Halver' }));
    expect(await find('halvor')).not.toContain('near');
    expect(await find('halver')).toContain('h0');
  });

  describe('what is shown', () => {
    const shown = (of: typeof MUELLER | typeof ANNA, text: string) => {
      const query = parseQuery(text);
      if (!query) throw new Error('no query');
      const { name, details } = shownTexts(of as typeof MUELLER, null, query);
      return [name, ...details].map((one) => one.marks.map(([from, to]) => one.text.slice(from, to)));
    };

    it('has the letters marked that were typed, with their accents', () => {
      expect(shown(MUELLER, 'mull antr')[0]).toEqual(['Müll', 'Antr']);
    });

    it('has the likeliest letters marked where they were typed wrongly', () => {
      expect(shown(MUELLER, 'mulelr')[0]).toEqual(['Müller']);
    });

    it('has the number that was found, with what stands between its digits', () => {
      expect(shown(MUELLER, '7114000')[1]).toEqual(['711) 4000']);
    });

    it('has an address only when it was found', () => {
      expect(shown(ANNA, 'anna').length).toBeLessThan(shown(ANNA, 'fjord').length + 1);
      expect(shown(ANNA, 'fjord')[1]).toEqual(['fjord']);
    });
  });
});
