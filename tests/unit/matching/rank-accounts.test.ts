import { describe, expect, it } from 'vitest';
import { evidenceFor, MATCH_KINDS, SUGGESTION_KINDS } from '@/lib/matching/evidence';
import { rankAccounts } from '@/lib/matching/rank-accounts';
import type { AccountFields } from '@/lib/crm/records';
import { record } from '../../builders/records';

const SITE = { host: 'www.acme.com', domain: 'acme.com' };
const account = (id: string, fields: Partial<AccountFields>) => record('account', id, { website: 'acme.com', ...fields });
const none = () => ({ openOpportunities: 0 });
const order = (accounts: ReturnType<typeof account>[], standing: (id: string) => { openOpportunities: number } = none) =>
  rankAccounts(SITE, accounts.flatMap(found), standing).map((ranked) => ranked.account.id);
const found = (one: ReturnType<typeof account>) => {
  const evidence = evidenceFor(one, SITE);
  return evidence ? [{ account: one, evidence }] : [];
};

describe('evidence', () => {
  it.each([
    ['acme.com', 'same-host'],
    ['https://www.acme.com/start', 'same-host'],
    ['shop.acme.com', 'same-domain'],
    ['shop.acme.com www.acme.com', 'same-host'],
    ['other.com acme.com', 'same-host'],
  ])('of an Account with the website %s is %s', (website, kind) => {
    expect(evidenceFor(account('a', { website }), SITE)).toEqual({ kind, domain: 'acme.com' });
  });

  it('names a subdomain the same host when exactly it is visited', () => {
    const site = { host: 'shop.acme.com', domain: 'acme.com' };
    expect(evidenceFor(account('a', { website: 'shop.acme.com' }), site)?.kind).toBe('same-host');
    expect(evidenceFor(account('a', { website: 'acme.com' }), site)?.kind).toBe('same-domain');
  });

  it.each([
    ['/de/shop', 'acme.com/de', 'acme.com/de'],
    ['/de', 'https://www.acme.com/de/', 'acme.com/de'],
    ['/de/shop/x', 'acme.com/de acme.com/de/shop', 'acme.com/de/shop'],
  ])('of a page at %s and the website %s names %s', (path, website, of) => {
    expect(evidenceFor(account('a', { website }), SITE, path)).toEqual({ kind: 'same-path', domain: 'acme.com', of });
  });

  it.each(['/', '/design', '/fr/de', '/DE'])('of a page at %s is the host alone when the website is acme.com/de', (path) => {
    expect(evidenceFor(account('a', { website: 'acme.com/de' }), SITE, path)?.kind).toBe('same-host');
  });

  it.each([null, 'acme.de', 'notacme.com', 'acme.com.evil.example.org'])('is none for the website %s', (website) => {
    expect(evidenceFor(account('a', { website }), SITE)).toBeNull();
  });

  it('is none between tenants of one platform', () => {
    const site = { host: 'acme.myshopify.com', domain: 'acme.myshopify.com' };
    expect(evidenceFor(account('a', { website: 'other.myshopify.com' }), site)).toBeNull();
  });
});

describe('rankAccounts', () => {
  it('puts the same host before a customer at the same domain', () => {
    expect(order([account('domain', { website: 'shop.acme.com', type: 'Customer' }), account('host', {})])).toEqual([
      'host',
      'domain',
    ]);
  });

  it('puts customers first when the host is equal', () => {
    expect(
      order([account('a', { type: 'Prospect' }), account('b', { type: 'Customer - Direct' }), account('c', { type: null })])[0],
    ).toBe('b');
  });

  it('puts those with open opportunities first when both are customers, however many they have', () => {
    const open: Record<string, number> = { a: 0, b: 1, c: 7 };
    const standing = (id: string) => ({ openOpportunities: open[id] ?? 0 });
    expect(order([account('a', {}), account('c', { name: 'Zeta' }), account('b', { name: 'Alpha' })], standing)).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  it('puts the latest activity first when the rest is equal, and no activity last', () => {
    const accounts = [
      account('never', {}),
      account('old', { lastActivityOn: '2024-12-31' }),
      account('new', { lastActivityOn: '2025-01-01' }),
    ];
    expect(order(accounts)).toEqual(['new', 'old', 'never']);
  });

  it('puts the user’s own first when the rest is equal', () => {
    const accounts = [account('a', { ownerId: 'u1' }), account('b', { ownerId: 'me' })].flatMap(found);
    expect(rankAccounts(SITE, accounts, none, 'me').map((ranked) => ranked.account.id)).toEqual(['b', 'a']);
  });

  it.each(['Kunde', 'Cliente', 'Client', '顧客', 'Zákazník'])('knows a customer by the word %s', (type) => {
    expect(order([account('a', { type: 'Prospect' }), account('b', { type })])[0]).toBe('b');
  });

  it.each(['Former Customer', 'Ehemaliger Kunde', 'Ex-Client'])('does not take %s for a customer', (type) => {
    expect(order([account('a', { type }), account('b', { type: 'Customer' })])[0]).toBe('b');
    expect(order([account('b', { name: 'B', type }), account('a', { name: 'A', type: null })])[0]).toBe('a');
  });

  it('puts the Account with the longest path above the page first, before a customer of the whole host', () => {
    const all = [
      account('whole', { website: 'acme.com', type: 'Customer' }),
      account('de', { website: 'acme.com/de' }),
      account('shop', { website: 'www.acme.com/de/shop/' }),
      account('fr', { website: 'acme.com/fr' }),
    ];
    const at = (path: string | null) => {
      const ranked = all.flatMap((one) => {
        const evidence = evidenceFor(one, SITE, path);
        return evidence ? [{ account: one, evidence }] : [];
      });
      return rankAccounts(SITE, ranked, none).map((one) => one.account.id);
    };
    expect(at('/de/shop/cart')).toEqual(['shop', 'de', 'whole', 'fr']);
    expect(at('/de')).toEqual(['de', 'whole', 'fr', 'shop']);
    expect(at(null)[0]).toBe('whole');
  });

  it('puts the nearer host first below a subdomain', () => {
    const site = { host: 'de.shop.acme.com', domain: 'acme.com' };
    const near = (id: string, website: string) => ({
      account: account(id, { website }),
      evidence: { kind: 'same-domain' as const, domain: 'acme.com' },
    });
    const all = [near('root', 'acme.com'), near('shop', 'shop.acme.com'), near('other', 'jobs.acme.com')];
    expect(rankAccounts(site, all, none).map((ranked) => ranked.account.id)).toEqual(['shop', 'root', 'other']);
  });

  it('puts every proof in its order, and every hint behind', () => {
    const kinds = [...MATCH_KINDS, ...SUGGESTION_KINDS];
    const all = kinds.map((kind) => ({ account: account(kind, { website: null }), evidence: { kind, domain: 'acme.com' } }));
    expect(rankAccounts(SITE, all.reverse(), none).map(({ evidence }) => evidence.kind)).toEqual(kinds);
    expect(kinds.slice(0, 5)).toEqual(['linked', 'same-page', 'same-path', 'same-host', 'same-domain']);
  });

  it('goes by name, and by id among namesakes, when nothing else tells them apart', () => {
    expect(order([account('3', { name: 'Acme' }), account('2', { name: 'Acme' }), account('1', { name: 'Beta' })])).toEqual([
      '2',
      '3',
      '1',
    ]);
  });
});
