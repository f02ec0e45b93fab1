/** What a test may rely on in the made-up data. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Org } from '../../sandbox-crm/org/org.ts';
import { INDUSTRIES, STAGES } from '../../sandbox-crm/org/schema/picklists.ts';
import { createSandbox } from '../../sandbox-crm/sandbox.ts';
import { parseCsv } from '../../sandbox-crm/seed/csv.ts';
import { orgOf } from '../../sandbox-crm/seed/sizes.ts';

const NOW = Date.parse('2026-06-01T09:00:00Z');
let org: Org;

beforeAll(() => {
  org = createSandbox({ seed: 1, now: NOW, frozen: true }).org;
});

const domainOf = (website: unknown) => /^(?:https?:\/\/)?(?:www\.)?([^/]+)/.exec(String(website))?.[1] ?? '';

describe('the full org', () => {
  it('has the sizes it promises', () => {
    const size = (object: string) => org.rows(object).length;
    expect(size('Account')).toBeGreaterThanOrEqual(5661 + 100);
    expect(size('Contact')).toBeGreaterThan(15_000);
    expect(size('Lead')).toBeGreaterThan(1_400);
    expect(size('Opportunity')).toBeGreaterThan(5_500);
    expect(size('Task')).toBeGreaterThan(5_500);
    expect(size('User')).toBe(8);
  });

  it('has many records that share one change stamp', () => {
    const contacts = org.rows('Contact');
    expect(new Set(contacts.map((row) => row.SystemModstamp)).size).toBeLessThan(contacts.length * 0.6);
  });

  it('has nothing from the future', () => {
    for (const object of ['Account', 'Contact', 'Lead', 'Opportunity', 'Task']) {
      expect(org.table(object).byModstamp().at(-1)?.SystemModstamp ?? '').toSatisfy(
        (stamp: string) => stamp < '2026-06-01T09:00:00',
      );
    }
  });

  it('has two accounts at more than a hundred domains', () => {
    const counts = Map.groupBy(org.rows('Account'), (row) => domainOf(row.Website));
    expect([...counts.values()].filter((rows) => rows.length > 1).length).toBeGreaterThanOrEqual(100);
  });

  it('has industries people know', () => {
    const known = org.rows('Account').filter((row) => INDUSTRIES.includes(String(row.Industry)));
    expect(known.length / org.rows('Account').length).toBeGreaterThan(0.98);
  });

  it('has deals whose stage, probability and outcome agree', () => {
    for (const row of org.rows('Opportunity')) {
      const stage = STAGES.find(({ name }) => name === row.StageName);
      expect(row).toMatchObject({ Probability: stage?.probability, IsClosed: stage?.closed, IsWon: stage?.won });
    }
  });

  it('has tasks that lead to the account they are about', () => {
    for (const row of org.rows('Task')) {
      const what = String(row.WhatId ?? '');
      if (what.startsWith('001')) expect(row.AccountId).toBe(what);
      if (what.startsWith('006')) expect(row.AccountId).toBe(org.find('Opportunity', what)?.AccountId);
    }
  });
});

describe('a seed', () => {
  const small = (seed: number) =>
    createSandbox({ seed, now: NOW, frozen: true, accounts: 30, syntheticAccounts: 10 }).org.rows('Contact');

  it('makes the same org each time', () => {
    expect(small(5)).toEqual(small(5));
  });

  it('makes another org than another seed', () => {
    expect(small(5)).not.toEqual(small(6));
  });
});

describe('an org for measurements', () => {
  it.each([1_000, 10_000])('has exactly the %i records it is asked for, in the same proportions', (records) => {
    const large = createSandbox({ seed: 2, now: NOW, frozen: true, ...orgOf(records) }).org;
    const sizes = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task'].map(
      (object) => (large.rows(object).length * 10) / records,
    );
    expect(sizes).toEqual([2, 5, 1, 1, 1]);
    const heads = Map.groupBy(large.rows('Contact'), (row) => row.AccountId);
    expect(Math.max(...[...heads.values()].map((people) => people.length))).toBeGreaterThan(5);
  });
});

describe('the CSV reader', () => {
  it('reads back whatever was written, commas, quotes and line ends included', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        const text = [['x', 'y'], ...rows]
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        expect(parseCsv(text)).toEqual(rows.map(([x, y]) => ({ x, y })));
      }),
    );
  });
});
