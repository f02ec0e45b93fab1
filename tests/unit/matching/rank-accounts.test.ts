import { describe, expect, it } from 'vitest';
import { evidenceFor, rankAccounts } from '@/lib/matching/rank-accounts';
import type { AccountFields } from '@/lib/crm/records';
import { record } from '../../builders/records';

const SITE = { host: 'www.acme.com', domain: 'acme.com' };
const account = (id: string, fields: Partial<AccountFields>) => record('account', id, { website: 'acme.com', ...fields });
const none = () => ({ openOpportunities: 0 });
const order = (accounts: ReturnType<typeof account>[], standing: (id: string) => { openOpportunities: number } = none) =>
  rankAccounts(SITE, accounts, standing).map((ranked) => ranked.account.id);

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

  it.each([null, 'acme.de', 'notacme.com', 'acme.com.evil.example.org'])('is none for the website %s', (website) => {
    expect(evidenceFor(account('a', { website }), SITE)).toBeNull();
  });

  it('is none between tenants of one platform', () => {
    const site = { host: 'acme.myshopify.com', domain: 'acme.myshopify.com' };
    expect(evidenceFor(account('a', { website: 'other.myshopify.com' }), site)).toBeNull();
  });
});

describe('rankAccounts', () => {
  it('leaves out an Account whose website has changed since it was indexed', () => {
    expect(order([account('old', { website: 'elsewhere.com' }), account('now', {})])).toEqual(['now']);
  });

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

  it('goes by name, and by id among namesakes, when nothing else tells them apart', () => {
    expect(order([account('3', { name: 'Acme' }), account('2', { name: 'Acme' }), account('1', { name: 'Beta' })])).toEqual([
      '2',
      '3',
      '1',
    ]);
  });
});
