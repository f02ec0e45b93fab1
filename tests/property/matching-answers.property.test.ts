import fc from 'fast-check';
import { parse } from 'tldts';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import { addressesIn } from '@/lib/matching/website-field';
import { evidenceFor } from '@/lib/matching/evidence';
import { findAccounts, matchSite } from '@/lib/matching/match-site';
import { placement } from '@/lib/matching/placement';
import { siteOf } from '@/lib/matching/site-identity';
import { suggestAccounts } from '@/lib/matching/suggest-accounts';
import { MESS } from '../bench/match/mess';
import { record } from '../builders/records';
import { testStore } from '../builders/store';

const labels = fc.stringMatching(/^[a-z][a-z0-9]{3,9}$/).filter((label) => !label.startsWith('www') && !label.startsWith('http'));
const suffixes = fc.constantFrom('com', 'de', 'co.uk', 'com.au', 'org', 'io', 'myshopify.com', 'github.io', 'gov.uk', 'ac.jp');
const hosts = fc
  .record({ sub: fc.constantFrom('', 'www.', 'shop.', 'a.b.'), label: labels, suffix: suffixes })
  .map(({ sub, label, suffix }) => `${sub}${label}.${suffix}`);

describe('two spellings of one address', () => {
  it('are one site, whatever scheme, case, port, path, credentials or dot it is written with', () => {
    const around = fc.record({
      scheme: fc.constantFrom('http://', 'https://', 'HTTPS://', 'view-source:https://', 'blob:https://'),
      user: fc.constantFrom('', 'me@', 'me:secret@'),
      port: fc.constantFrom('', ':8080', ':443'),
      dot: fc.constantFrom('', '.'),
      path: fc.constantFrom('', '/', '/a?b=c#d', '/%20x'),
      upper: fc.boolean(),
    });
    fc.assert(
      fc.property(hosts, around, (host, { scheme, user, port, dot, path, upper }) => {
        const written = upper ? host.toUpperCase() : host;
        const url = scheme.startsWith('blob') ? `${scheme}${written}/5a1` : `${scheme}${user}${written}${dot}${port}${path}`;
        expect(siteOf(url)).toEqual(siteOf(`https://${host}/`));
      }),
      { numRuns: 500 },
    );
  });

  it('name one company in a website field, whatever kind of mess it is in', () => {
    const kinds = fc.constantFrom(...Object.keys(MESS));
    const randoms = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(
        labels,
        fc.constantFrom('com', 'de', 'co.uk', 'com.au', 'org', 'fr'),
        kinds,
        kinds,
        randoms,
        (label, suffix, one, other, random) => {
          const typed = { name: 'Some Company', host: `www.${label}.${suffix}`, random: () => random };
          for (const kind of [one, other]) {
            const found = addressesIn(MESS[kind]?.(typed) ?? '').sites.map(({ domain }) => domain);
            expect(found, kind).toContain(`${label}.${suffix}`);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a match', () => {
  it('never crosses a public suffix: site and Account share a name in front of it', () => {
    fc.assert(
      fc.property(hosts, hosts, (visited, owned) => {
        const site = siteOf(`https://${visited}/`);
        const account = record('account', 'a', { website: owned });
        if (!site || !evidenceFor(account, site)) return;
        const options = { allowPrivateDomains: true };
        const own = parse(owned, options);
        expect(parse(visited, options).domain).toBe(own.domain);
        expect(own.domain).not.toBe(own.publicSuffix);
      }),
      { numRuns: 1000 },
    );
  });

  it('never changes by an Account that has nothing to do with the site', async () => {
    const small = fc.constantFrom('acme', 'rocket', 'orbit', 'lunar');
    const company = fc.record({
      label: small,
      suffix: fc.constantFrom('com', 'de', 'co.uk'),
      people: fc.nat({ max: 3 }),
      name: small,
    });
    const rowsOf = (list: { label: string; suffix: string; people: number; name: string }[], prefix: string): AnyRecord[] =>
      list.flatMap(({ label, suffix, people, name }, at) => [
        record('account', `${prefix}${at}`, { name, website: people % 2 ? null : `${label}.${suffix}` }),
        ...Array.from({ length: people }, (_, n) =>
          record('contact', `${prefix}${at}c${n}`, { accountId: `${prefix}${at}`, email: `p${n}@${label}.${suffix}` }),
        ),
      ]);
    await fc.assert(
      fc.asyncProperty(fc.array(company, { maxLength: 5 }), fc.array(labels, { maxLength: 5 }), async (related, unrelated) => {
        const site = siteOf('https://www.acme.com/');
        if (!site) throw new Error('no site');
        const strangers = unrelated
          .filter((label) => !['acme', 'rocket', 'orbit', 'lunar'].includes(label))
          .map((label) => ({ label, suffix: 'org', people: 2, name: `${label} works` }));
        const { store } = await testStore(placement);
        const put = async (rows: AnyRecord[]) => {
          for (const object of ['account', 'contact'] as const) {
            const upserts = rows.filter((row) => row.object === object);
            await store.apply({ object, upserts, deletions: [], newBefore: null });
          }
        };
        const answer = async () => ({
          matches: (await matchSite(site, { store })).map(({ account, evidence }) => [account.id, evidence]),
          hints: (await suggestAccounts(site, await findAccounts(site, { store }), { store })).map(({ account, evidence }) => [
            account.id,
            evidence,
          ]),
        });
        await put(rowsOf(related, 'r'));
        const before = await answer();
        await put(rowsOf(strangers, 's'));
        expect(await answer()).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });
});
