import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMatches, findAccounts, hasMatches } from '@/lib/matching/match-site';
import { keyOf } from '@/lib/matching/index-keys';
import { placement } from '@/lib/matching/placement';
import { decide, NO_DECISIONS, placeOf, type SiteDecisions } from '@/lib/matching/site-decisions';
import { type Site, siteOf } from '@/lib/matching/site-identity';
import { record } from '../builders/records';
import { testStore } from '../builders/store';

const URLS = ['https://www.acme.com/', 'https://rocket.de/', 'https://www.linkedin.com/company/orbit/', 'https://nobody.org/'];
const SITES = URLS.map(siteOf).filter((site): site is Site => site !== null);

const ids = fc.constantFrom('a1', 'a2', 'a3');
const websites = fc.constantFrom('acme.com', 'shop.acme.com', 'rocket.de; acme.com', 'linkedin.com/company/orbit', null);
const step = fc.oneof(
  fc.record({ kind: fc.constant('account' as const), id: ids, website: websites }),
  fc.record({ kind: fc.constant('people' as const), id: ids, domain: fc.constantFrom('acme.com', 'rocket.de', 'nobody.org') }),
  fc.record({ kind: fc.constant('delete' as const), id: ids }),
  fc.record({ kind: fc.constant('compact' as const) }),
  fc.record({
    kind: fc.constant('decide' as const),
    what: fc.constantFrom('link' as const, 'refuse' as const, 'ignore' as const),
    site: fc.constantFrom(...SITES),
    id: ids,
  }),
);

describe('what a page visit is told', () => {
  it('is what a look at every record says, whatever was written, deleted, merged and decided before', async () => {
    let fromMemory = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { store } = await testStore(placement);
        let decisions: SiteDecisions = NO_DECISIONS;
        for (const [n, one] of steps.entries()) {
          const at = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
          const apply = (object: 'account' | 'contact', upserts: ReturnType<typeof record>[], deletions: string[] = []) =>
            store.apply({ object, upserts, deletions, newBefore: null });
          if (one.kind === 'account')
            await apply('account', [record('account', one.id, { website: one.website, name: 'Acme' }, at)]);
          if (one.kind === 'people') {
            const person = (who: number) => ({ accountId: one.id, email: `p${who}@${one.domain}` });
            await apply(
              'contact',
              [1, 2].map((who) => record('contact', `${one.id}c${who}`, person(who), at)),
            );
          }
          if (one.kind === 'delete') await apply('account', [], [one.id]);
          if (one.kind === 'compact') await store.compact();
          if (one.kind === 'decide') {
            const { what, site, id } = one;
            decisions = decide(decisions, { kind: what, place: placeOf(site), accountId: what === 'ignore' ? null : id, at });
          }
          for (const site of SITES) {
            const context = { store, decisions };
            const { matches } = await findAccounts(site, context);
            expect(await countMatches(site, context)).toBe(matches.length);
            expect(await hasMatches(site, context)).toBe(matches.length > 0);
            if (await store.holdsSurely([keyOf.domain(site.domain)])) fromMemory += 1;
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(fromMemory).toBeGreaterThan(0);
  });
});
