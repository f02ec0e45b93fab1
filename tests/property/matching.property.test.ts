import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sitesIn } from '@/lib/matching/account-domains';
import { evidenceFor } from '@/lib/matching/evidence';
import { rankAccounts } from '@/lib/matching/rank-accounts';
import { siteOf } from '@/lib/matching/site-identity';
import { record } from '../builders/records';

const SITE = { host: 'www.acme.com', domain: 'acme.com' };
const accounts = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^001[A-Za-z0-9]{4}$/),
    website: fc.constantFrom('acme.com', 'www.acme.com', 'shop.acme.com', 'other.com', null),
    type: fc.constantFrom('Customer', 'customer - channel', 'Prospect', null),
    lastActivityOn: fc.constantFrom('2026-01-01', '2025-06-30', null),
    name: fc.constantFrom('Acme', 'acme', 'Ácme', 'Acme\u0301', 'Zeta'),
    openOpportunities: fc.nat({ max: 2 }),
  }),
  { selector: (row) => row.id, maxLength: 14, size: 'max' },
);

describe('rankAccounts', () => {
  it('gives the same order whatever order the Accounts come in', () => {
    fc.assert(
      fc.property(accounts, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const standing = (id: string) => ({ openOpportunities: rows.find((row) => row.id === id)?.openOpportunities ?? 0 });
        const records = rows.map(({ id, openOpportunities: _, ...fields }) => record('account', id, fields));
        const shuffled = records
          .map((row) => ({ row, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const found = (list: typeof records) =>
          list.flatMap((account) => {
            const evidence = evidenceFor(account, SITE);
            return evidence ? [{ account, evidence }] : [];
          });
        const ids = (list: typeof records) => rankAccounts(SITE, found(list), standing).map(({ account }) => account.id);
        expect(ids(shuffled)).toEqual(ids(records));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a site', () => {
  it('has a host that ends in its domain, both in lower-case ASCII, whatever URL a page has', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const site = siteOf(url);
        if (!site) return;
        expect(`.${site.host}`.endsWith(`.${site.domain}`)).toBe(true);
        expect(site.host).toMatch(/^[a-z0-9._-]+$/);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same for every page of it', () => {
    fc.assert(
      fc.property(fc.domain(), fc.webPath(), fc.constantFrom('http', 'https'), (domain, path, scheme) => {
        expect(siteOf(`${scheme}://${domain.toUpperCase()}${path}`)).toEqual(siteOf(`https://${domain}/`));
      }),
    );
  });

  it('is never a reason to fail, whatever stands in a website field or an address bar', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.webUrl()), (text) => {
        expect(sitesIn(text).every((site) => site.host.includes('.'))).toBe(true);
        expect(siteOf(text)?.host ?? 'a.b').toContain('.');
      }),
      { numRuns: 500 },
    );
  });

  it('is found in a field as on the page itself, when the field holds that address', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const site = siteOf(`https://${domain}/`);
        expect(sitesIn(domain)).toEqual(site ? [site] : []);
        expect(sitesIn(`http://${domain}/`)).toEqual(site ? [site] : []);
      }),
      { numRuns: 300 },
    );
  });
});
