/** What SOQL means, checked on a small org and against plain filters over the same rows. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Org } from '../../sandbox-crm/org/org.ts';
import type { Row } from '../../sandbox-crm/org/table.ts';
import { createSandbox } from '../../sandbox-crm/sandbox.ts';
import { dateRange } from '../../sandbox-crm/soql/date-literals.ts';
import { likePattern } from '../../sandbox-crm/soql/predicate.ts';
import { runQuery } from '../../sandbox-crm/soql/run-query.ts';

/** More than the parser gets right; the sandbox refuses them. */
const THREE_NOTS = /(NOT \(*){3}/;
const NOW = Date.parse('2026-06-03T12:00:00Z');
let org: Org;

beforeAll(() => {
  org = createSandbox({ seed: 3, now: NOW, frozen: true, accounts: 120 }).org;
});

const query = (soql: string, includeDeleted = false) => {
  const result = runQuery(soql, { org, base: '/services/data/v66.0', userId: org.userId, includeDeleted });
  return { ...result, all: result.records(0, result.length) };
};
const idsOf = (soql: string) => query(soql).all.map((record) => record.Id);
const idsWhere = (object: string, test: (row: Row) => boolean) =>
  org
    .rows(object)
    .filter(test)
    .map((row) => row.Id);

describe('conditions', () => {
  it.each<[string, string, (row: Row) => boolean]>([
    ['ignore case in text', "Account WHERE BillingCountry = 'gErMaNy'", (row) => row.BillingCountry === 'Germany'],
    ['count an empty text as null', "Contact WHERE Email = ''", (row) => row.Email === null],
    ['let != pass what is null', "Contact WHERE Email != 'x'", () => true],
    ['never find null by comparing', 'Account WHERE AnnualRevenue < 999999999999', (row) => row.AnnualRevenue !== null],
    ['compare numbers as numbers', 'Account WHERE NumberOfEmployees > 9', (row) => Number(row.NumberOfEmployees ?? 0) > 9],
    ['know booleans', 'Opportunity WHERE IsWon = true', (row) => row.IsWon === true],
    ['take either form of an id', "Contact WHERE AccountId = '001gK000000CaR6'", (row) => row.AccountId === '001gK000000CaR6QAK'],
    ['know lists', "Lead WHERE Rating IN ('Hot', 'warm')", (row) => row.Rating === 'Hot' || row.Rating === 'Warm'],
    ['know what is not on a list', "Lead WHERE Rating NOT IN ('Hot')", (row) => row.Rating !== 'Hot'],
    ['know wildcards', "Account WHERE Name LIKE 'a%'", (row) => /^a/i.test(String(row.Name))],
    [
      'follow relationships',
      "Contact WHERE Account.BillingCountry = 'Japan'",
      (row) => org.find('Account', String(row.AccountId))?.BillingCountry === 'Japan',
    ],
    [
      'take the result of another query',
      "Contact WHERE AccountId IN (SELECT Id FROM Account WHERE BillingCountry = 'Japan')",
      (row) => org.find('Account', String(row.AccountId))?.BillingCountry === 'Japan',
    ],
    [
      'read times with a zone',
      'Account WHERE SystemModstamp >= 2026-01-01T02:00:00+02:00',
      (row) => String(row.SystemModstamp) >= '2026-01-01T00:00:00.000+0000',
    ],
    [
      'know relative dates',
      'Opportunity WHERE CloseDate = LAST_N_DAYS:30',
      (row) => String(row.CloseDate) >= '2026-05-04' && String(row.CloseDate) <= '2026-06-03',
    ],
    [
      'take NOT and parentheses',
      "Account WHERE NOT (BillingCountry = 'Japan' OR Industry = 'Retail')",
      (row) => row.BillingCountry !== 'Japan' && row.Industry !== 'Retail',
    ],
  ])('%s', (_, rest, test) => {
    const expected = idsWhere(rest.split(' ')[0] ?? '', test);
    expect(idsOf(`SELECT Id FROM ${rest}`)).toEqual(expected);
    expect(query(`SELECT COUNT() FROM ${rest}`).totalSize).toBe(expected.length);
  });

  it('mean what their parentheses say, however they are nested', () => {
    interface Clause {
      soql: string;
      test: (row: Row) => boolean;
    }
    const leaf = fc.constantFrom<Clause>(
      { soql: "Industry = 'Retail'", test: (row) => row.Industry === 'Retail' },
      { soql: "Type = 'Prospect'", test: (row) => row.Type === 'Prospect' },
      { soql: 'AnnualRevenue = NULL', test: (row) => row.AnnualRevenue === null },
      { soql: 'NumberOfEmployees >= 30', test: (row) => row.NumberOfEmployees !== null && Number(row.NumberOfEmployees) >= 30 },
      { soql: 'SystemModstamp >= 2026-02-01T00:00:00Z', test: (row) => String(row.SystemModstamp) >= '2026-02-01' },
    );
    const { clause } = fc.letrec<{ clause: Clause }>((tie) => ({
      clause: fc.oneof(
        { depthSize: 'small' },
        leaf,
        tie('clause').map(({ soql, test }) => ({ soql: `(NOT (${soql}))`, test: (row: Row) => !test(row) })),
        fc
          .tuple(tie('clause'), tie('clause'))
          .map(([a, b]) => ({ soql: `(${a.soql} AND ${b.soql})`, test: (row: Row) => a.test(row) && b.test(row) })),
        fc
          .tuple(tie('clause'), tie('clause'))
          .map(([a, b]) => ({ soql: `(${a.soql} OR ${b.soql})`, test: (row: Row) => a.test(row) || b.test(row) })),
      ),
    }));
    fc.assert(
      fc.property(clause, ({ soql, test }) => {
        fc.pre(!THREE_NOTS.test(soql));
        expect(idsOf(`SELECT Id FROM Account WHERE ${soql}`)).toEqual(idsWhere('Account', test));
      }),
    );
  });

  it('are refused, not misread, where the parser loses a NOT', () => {
    const soql = "SELECT Id FROM Account WHERE (NOT ((NOT ((NOT (Industry = 'Retail'))))))";
    expect(() => query(soql)).toThrow('The sandbox does not know so many nested NOTs');
  });

  it('match any text that LIKE has escaped, and only that', () => {
    const plain = fc.string().filter((text) => !text.includes('\\'));
    fc.assert(
      fc.property(plain, plain, (text, other) => {
        const pattern = likePattern(text.replace(/[%_]/g, '\\$&'));
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(other)).toBe(other.toLowerCase() === text.toLowerCase());
      }),
      { examples: [['50%_x', '50ab_x']] },
    );
  });
});

describe('order and pages', () => {
  it('give every contact once when paged by change stamp and id, whatever the page size', () => {
    const everyone = new Set(idsWhere('Contact', () => true));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (size) => {
        const seen: unknown[] = [];
        let after = '';
        for (;;) {
          const { all } = query(`SELECT Id, SystemModstamp FROM Contact ${after} ORDER BY SystemModstamp, Id LIMIT ${size}`);
          const last = all.at(-1);
          if (!last) break;
          seen.push(...all.map((record) => record.Id));
          const stamp = String(last.SystemModstamp).replace('+0000', 'Z');
          after = `WHERE SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > '${String(last.Id)}')`;
        }
        expect(seen).toHaveLength(everyone.size);
        expect(new Set(seen)).toEqual(everyone);
      }),
      { numRuns: 20 },
    );
  });

  it('sort by several fields, nulls first unless told otherwise', () => {
    const { all } = query('SELECT Id, Rating, Name FROM Account ORDER BY Rating, Name DESC');
    const expected = org
      .rows('Account')
      .toSorted(
        (a, b) =>
          compare(a.Rating ?? null, b.Rating ?? null) || compare(String(b.Name).toLowerCase(), String(a.Name).toLowerCase()),
      );
    expect(all.map((record) => [record.Rating, record.Name])).toEqual(expected.map((row) => [row.Rating ?? null, row.Name]));
    expect(query('SELECT Rating FROM Account ORDER BY Rating NULLS LAST').all.at(-1)?.Rating).toBeNull();
  });

  it('skip with OFFSET up to 2,000', () => {
    expect(idsOf('SELECT Id FROM Account ORDER BY Id LIMIT 5 OFFSET 3')).toEqual(idsWhere('Account', () => true).slice(3, 8));
    expect(() => query('SELECT Id FROM Account OFFSET 2001')).toThrow('Maximum SOQL offset allowed is 2000');
  });

  it('keep a result as it was when rows change while it is read', () => {
    const result = query('SELECT Id, Phone FROM Lead');
    const [lead] = org.rows('Lead');
    org.update('Lead', lead?.Id ?? '', { Phone: '+49 30 555 0199' });
    expect(result.records(0, 1)[0]?.Phone).toBe(lead?.Phone ?? null);
  });
});

describe('what is selected', () => {
  it('counts and sums per group', () => {
    const { all } = query(
      'SELECT StageName, COUNT(Id) deals, SUM(Amount) FROM Opportunity GROUP BY StageName ORDER BY COUNT(Id) DESC',
    );
    const won = all.find((record) => record.StageName === 'Closed Won');
    const rows = org.rows('Opportunity').filter((row) => row.StageName === 'Closed Won');
    expect(won).toEqual({
      attributes: { type: 'AggregateResult' },
      StageName: 'Closed Won',
      deals: rows.length,
      expr0: rows.reduce((sum, row) => sum + Number(row.Amount ?? 0), 0),
    });
  });

  it('refuses a column that is neither grouped nor aggregated', () => {
    expect(() => query('SELECT Name, COUNT(Id) FROM Account GROUP BY Industry')).toThrow(
      'Field must be grouped or aggregated: Name',
    );
  });

  it('nests children under the name of their relationship', () => {
    const { all } = query("SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '001gK000000CaR7'");
    const expected = idsWhere('Contact', (row) => row.AccountId === all[0]?.Id);
    expect(all[0]?.Contacts).toMatchObject({ totalSize: expected.length, done: true, records: expected.map((Id) => ({ Id })) });
  });

  it('shows deleted records to queryAll alone', () => {
    const [gone] = org.rows('Task');
    org.remove('Task', gone?.Id ?? '');
    const soql = `SELECT Id, IsDeleted FROM Task WHERE Id = '${gone?.Id ?? ''}'`;
    expect(query(soql).totalSize).toBe(0);
    expect(query(soql, true).all[0]).toMatchObject({ Id: gone?.Id, IsDeleted: true });
  });
});

describe('relative dates', () => {
  const days = (literal: string, n = 0) => {
    const range = dateRange(literal, n, NOW);
    return range && [range.start, range.end].map((ms) => new Date(ms).toISOString().slice(0, 10));
  };

  it.each([
    ['TODAY', 0, ['2026-06-03', '2026-06-04']],
    ['THIS_WEEK', 0, ['2026-05-31', '2026-06-07']],
    ['LAST_MONTH', 0, ['2026-05-01', '2026-06-01']],
    ['THIS_QUARTER', 0, ['2026-04-01', '2026-07-01']],
    ['THIS_YEAR', 0, ['2026-01-01', '2027-01-01']],
    ['LAST_N_DAYS', 7, ['2026-05-27', '2026-06-04']],
    ['NEXT_N_DAYS', 7, ['2026-06-04', '2026-06-11']],
  ])('%s:%i covers %o', (literal, n, covered) => {
    expect(days(literal, n)).toEqual(covered);
  });
});

function compare(a: Row[string], b: Row[string]): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
