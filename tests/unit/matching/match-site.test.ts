import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import { countMatches, loadAccount, matchSite } from '@/lib/matching/match-site';
import { placement } from '@/lib/matching/placement';
import type { RecordStore } from '@/lib/storage/record-store';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

const SITE = { host: 'www.acme.com', domain: 'acme.com' };

describe('a site and the copy', () => {
  let store: RecordStore;
  const put = async (...records: AnyRecord[]) => {
    for (const row of records) await store.apply({ object: row.object, upserts: [row], deletions: [], newBefore: null });
  };
  beforeEach(async () => {
    store = (await testStore(placement)).store;
  });

  describe('given Accounts at its domain', () => {
    beforeEach(() =>
      put(
        record('user', 'u1', { name: 'Olga Owner' }),
        record('account', 'a1', { website: 'acme.com', name: 'Acme', ownerId: 'u1', currency: 'EUR' }),
        record('account', 'a2', { website: 'shop.acme.com', name: 'Acme Shop' }),
        record('account', 'a3', { website: 'acme.de', name: 'Acme DE' }),
        record('opportunity', 'o1', { accountId: 'a1', amount: 100 }),
        record('opportunity', 'o2', { accountId: 'a1', amount: 900, closed: true }),
      ),
    );

    it('counts those that share it', async () => {
      expect(await countMatches(SITE, { store })).toBe(2);
    });

    it('tells name of the owner and open pipeline of each, best first', async () => {
      expect(await matchSite(SITE, { store })).toMatchObject([
        {
          account: { id: 'a1' },
          evidence: { kind: 'same-host' },
          ownerName: 'Olga Owner',
          openPipeline: [{ amount: 100, currency: 'EUR' }],
        },
        { account: { id: 'a2' }, evidence: { kind: 'same-domain' }, ownerName: null, openPipeline: [] },
      ]);
    });

    it('no longer counts one whose website has changed', async () => {
      await put(record('account', 'a1', { website: 'elsewhere.com' }, '2026-02-01T00:00:00.000Z'));
      expect(await countMatches(SITE, { store })).toBe(1);
    });
  });

  describe('given a company family', () => {
    const family = async () => (await loadAccount('a1', null, { store }))?.family;

    it('brings the Account above and those below, and the names of all who own something', async () => {
      await put(
        record('user', 'u1', { name: 'Olga' }),
        record('account', 'a0', { name: 'Group', ownerId: 'u1' }),
        record('account', 'a1', { name: 'Acme', parentId: 'a0' }),
        record('account', 'a2', { name: 'Acme South', parentId: 'a1' }),
        record('account', 'a3', { name: 'Elsewhere', parentId: 'a0' }),
      );
      const loaded = await loadAccount('a1', null, { store });
      expect(loaded?.family).toMatchObject({ parent: { id: 'a0' }, children: [{ id: 'a2' }], childCount: 1 });
      expect(loaded?.users.get('u1')?.fields.name).toBe('Olga');
    });

    it('has no parent that is not in the copy, or that is the Account itself', async () => {
      await put(record('account', 'a1', { parentId: 'gone' }));
      expect((await family())?.parent).toBeNull();
      await put(record('account', 'a1', { parentId: 'a1' }, '2026-02-01T00:00:00.000Z'));
      expect((await family())?.parent).toBeNull();
    });

    it('counts many children and brings the first of them', async () => {
      await put(record('account', 'a1'));
      const children = Array.from({ length: 60 }, (_, n) => record('account', `k${n}`, { parentId: 'a1' }));
      await store.apply({ object: 'account', upserts: children, deletions: [], newBefore: null });
      const found = await family();
      expect([found?.children.length, found?.childCount]).toEqual([25, 60]);
    });
  });

  it('has no Account when nothing is at its domain', async () => {
    expect(await matchSite(SITE, { store })).toEqual([]);
    expect(await countMatches(SITE, { store })).toBe(0);
  });

  it('shows no more than 50 Accounts when a platform was typed as the website of hundreds', async () => {
    const many = Array.from({ length: 70 }, (_, n) => record('account', `a${n}`, { website: 'acme.com' }));
    await store.apply({ object: 'account', upserts: many, deletions: [], newBefore: null });
    expect(await countMatches(SITE, { store })).toBe(50);
  });
});

describe('an Account and what is shown with it', () => {
  let store: RecordStore;
  beforeEach(async () => {
    store = (await testStore(placement)).store;
    const rows: AnyRecord[] = [
      record('user', 'u1', { name: 'Olga' }),
      record('account', 'a1', { website: 'acme.com acme.de', ownerId: 'u1' }),
      record('contact', 'c1', { accountId: 'a1' }),
      record('contact', 'c2', { accountId: 'a2' }),
      record('contact', 'c3', { accountId: null }),
      record('opportunity', 'o1', { accountId: 'a1' }),
      record('task', 't1', { accountId: 'a1', whoId: 'c1' }),
      record('task', 't2', { whoId: 'l1' }),
      record('lead', 'l1', { email: 'leo@acme.de' }),
      record('lead', 'l2', { website: 'www.acme.com', email: 'x@gmail.com' }),
      record('lead', 'l3', { email: 'leo@gmail.com' }),
      record('lead', 'l4', { email: 'leo@visited.com' }),
    ];
    for (const row of rows) await store.apply({ object: row.object, upserts: [row], deletions: [], newBefore: null });
  });
  const ids = (rows: readonly AnyRecord[] | undefined) => (rows ?? []).map((row) => row.id).sort();

  it('are its own contacts, opportunities and tasks and the leads at any of its domains', async () => {
    const found = await loadAccount('a1', null, { store });
    expect(ids(found?.contacts)).toEqual(['c1']);
    expect(ids(found?.opportunities)).toEqual(['o1']);
    expect(ids(found?.tasks)).toEqual(['t1']);
    expect(ids(found?.leads)).toEqual(['l1', 'l2']);
    expect([...(found?.users.keys() ?? [])]).toEqual(['u1']);
  });

  it('include the leads at the site it is shown beside', async () => {
    const found = await loadAccount('a1', { host: 'visited.com', domain: 'visited.com' }, { store });
    expect(ids(found?.leads)).toEqual(['l1', 'l2', 'l4']);
  });

  it('are nothing when the Account is not in the copy', async () => {
    expect(await loadAccount('a9', null, { store })).toBeNull();
  });
});

describe('placement', () => {
  it.each<[string, AnyRecord, string]>([
    ['an account', record('account', 'a1'), 'a1'],
    ['a user', record('user', 'u1'), 'u1'],
    ['a contact of an Account', record('contact', 'c1', { accountId: 'a1' }), 'a1'],
    ['a contact of none', record('contact', 'c1'), 'c1'],
    ['an opportunity', record('opportunity', 'o1', { accountId: 'a1' }), 'a1'],
    ['a task of an Account', record('task', 't1', { accountId: 'a1', whoId: 'c1' }), 'a1'],
    ['a task about a lead', record('task', 't1', { whoId: 'l1' }), 'l1'],
    ['a task about nobody', record('task', 't1'), 't1'],
    ['a lead at a domain', record('lead', 'l1', { email: 'leo@acme.com' }), 'acme.com'],
    ['a lead at a mail provider', record('lead', 'l1', { email: 'leo@gmail.com' }), 'l1'],
  ])('puts %s where it is read', (_, row, home) => {
    expect(placement.home(row)).toBe(home);
  });

  it('finds Accounts by the domains and pages of their website, their brand and their parent', () => {
    const account = record('account', 'a1', { name: 'Acme Inc.', website: 'acme.com rocket.de x.com/acme', parentId: 'a0' });
    expect(placement.keys(account)).toEqual(['acme.com', 'rocket.de', '/X/acme', '~acme', '~rocket', '^a0']);
  });

  it('finds contacts of an Account by the domain of their e-mail address', () => {
    expect(placement.keys(record('contact', 'c1', { accountId: 'a1', email: 'jo@mail.acme.com' }))).toEqual(['@acme.com']);
    expect(placement.keys(record('contact', 'c1', { accountId: null, email: 'jo@acme.com' }))).toEqual([]);
    expect(placement.keys(record('contact', 'c1', { accountId: 'a1', email: 'jo@gmail.com' }))).toEqual([]);
  });

  it('finds nothing else by site', () => {
    expect(placement.keys(record('lead', 'l1', { website: 'acme.com' }))).toEqual([]);
    expect(placement.keys(record('user', 'u1'))).toEqual([]);
  });
});
