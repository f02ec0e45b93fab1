import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import { findAccounts, matchSite, type MatchContext } from '@/lib/matching/match-site';
import { cluesOf } from '@/lib/matching/page-clues';
import { placement } from '@/lib/matching/placement';
import { NO_DECISIONS, placeOf, type SiteDecision } from '@/lib/matching/site-decisions';
import { siteOf } from '@/lib/matching/site-identity';
import { suggestAccounts } from '@/lib/matching/suggest-accounts';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

const site = (url: string) => {
  const found = siteOf(url);
  if (!found) throw new Error(`${url} is no site`);
  return found;
};
const SITE = site('https://www.acme.com/');
const contact = (id: string, accountId: string, email: string) => record('contact', id, { accountId, email });

describe('evidence beyond the website', () => {
  let context: MatchContext;
  const put = async (...rows: AnyRecord[]) => {
    for (const row of rows) await context.store.apply({ object: row.object, upserts: [row], deletions: [], newBefore: null });
  };
  const matches = async (where = SITE) =>
    (await matchSite(where, context)).map(({ account, evidence: { domain: _, ...rest } }) => ({ id: account.id, ...rest }));
  const hints = async (
    where = SITE,
    clues = cluesOf({ organizationNames: [], organizationUrls: [], siteName: null, title: null, copyright: null, imprint: [] }),
  ) =>
    (await suggestAccounts(where, await findAccounts(where, context), context, clues)).map(
      ({ account, evidence: { domain: _, ...rest } }) => ({ id: account.id, ...rest }),
    );
  beforeEach(async () => {
    context = { store: (await testStore(placement)).store, decisions: NO_DECISIONS, me: null };
  });

  describe('by e-mail addresses', () => {
    it('is a match when most contacts have theirs at the domain, with how many', async () => {
      await put(
        record('account', 'a1', { name: 'Rocketry' }),
        contact('c1', 'a1', 'a@acme.com'),
        contact('c2', 'a1', 'b@mail.acme.com'),
        contact('c3', 'a1', 'c@gmail.com'),
      );
      expect(await matches()).toEqual([{ id: 'a1', kind: 'mail', people: 2, among: 2 }]);
    });

    it('is a match for a single contact only when the Account is called like the domain', async () => {
      await put(
        record('account', 'a1', { name: 'Acme Germany GmbH' }),
        record('account', 'a2', { name: 'Somebody Else' }),
        contact('c1', 'a1', 'a@acme.com'),
        contact('c2', 'a2', 'consultant@acme.com'),
      );
      expect(await matches()).toEqual([{ id: 'a1', kind: 'mail', people: 1, among: 1 }]);
      expect(await hints()).toEqual([{ id: 'a2', kind: 'some-mail', people: 1, among: 1 }]);
    });

    it('is a hint only when most contacts have theirs elsewhere', async () => {
      await put(
        record('account', 'a1', { name: 'Big Co' }),
        ...['x', 'y', 'z'].map((one) => contact(one, 'a1', `${one}@big.com`)),
      );
      await put(contact('c4', 'a1', 'a@acme.com'), contact('c5', 'a1', 'b@acme.com'));
      expect(await matches()).toEqual([]);
      expect(await hints()).toEqual([{ id: 'a1', kind: 'some-mail', people: 2, among: 5 }]);
    });

    it('stands behind the website, and goes with the address', async () => {
      await put(
        record('account', 'a1', { name: 'By mail' }),
        record('account', 'a2', { name: 'By website', website: 'acme.com' }),
        contact('c1', 'a1', 'a@acme.com'),
        contact('c2', 'a1', 'b@acme.com'),
      );
      expect((await matches()).map(({ id }) => id)).toEqual(['a2', 'a1']);
      await put(contact('c1', 'a1', 'a@elsewhere.com'), contact('c2', 'a1', 'b@elsewhere.com'));
      expect((await matches()).map(({ id }) => id)).toEqual(['a2']);
    });

    it('follows a contact to another Account', async () => {
      await put(
        record('account', 'a1', { name: 'Acme' }),
        record('account', 'a2', { name: 'Acme Two' }),
        contact('c1', 'a1', 'a@acme.com'),
      );
      await put(contact('c1', 'a2', 'a@acme.com'));
      expect((await matches()).map(({ id }) => id)).toEqual(['a2']);
    });
  });

  describe('on a platform', () => {
    const page = site('https://www.linkedin.com/company/acme-inc/');
    it('is the page in the website field', async () => {
      await put(record('account', 'a1', { website: 'https://linkedin.com/company/Acme-Inc' }));
      expect(await matches(page)).toEqual([{ id: 'a1', kind: 'same-page', of: 'LinkedIn' }]);
      expect(await matches(site('https://www.linkedin.com/company/other'))).toEqual([]);
      expect(await matches(site('https://www.linkedin.com/'))).toEqual([]);
    });

    it('is never the platform itself, unless it is an Account', async () => {
      await put(record('account', 'a1', { website: 'https://www.linkedin.com/' }));
      expect(await matches(page)).toEqual([{ id: 'a1', kind: 'same-host' }]);
    });

    it('suggests the Account that is called like the page', async () => {
      await put(record('account', 'a1', { name: 'Acme GmbH', website: 'acme.com' }));
      expect(await matches(page)).toEqual([]);
      expect(await hints(page)).toEqual([{ id: 'a1', kind: 'address-name', of: 'acme' }]);
    });

    it('suggests the Account whose site the page names', async () => {
      await put(record('account', 'a1', { name: 'Totally Different', website: 'acme.com' }));
      const clues = { names: [], sites: [SITE] };
      expect(await hints(page, clues)).toEqual([{ id: 'a1', kind: 'named-site', of: 'acme.com' }]);
    });
  });

  describe('as a hint', () => {
    it('is the brand with another suffix, never a match', async () => {
      await put(record('account', 'a1', { name: 'Rocketry', website: 'acme.de' }));
      expect(await matches()).toEqual([]);
      expect(await hints()).toEqual([{ id: 'a1', kind: 'other-suffix', of: 'acme.de' }]);
    });

    it('is a hosted shop of the brand', async () => {
      await put(record('account', 'a1', { name: 'Rocketry', website: 'acme.com' }));
      expect(await hints(site('https://acme.myshopify.com/'))).toEqual([{ id: 'a1', kind: 'other-suffix', of: 'acme.com' }]);
    });

    it('is the parent and the child of what matches', async () => {
      await put(
        record('account', 'p', { name: 'Holding' }),
        record('account', 'a1', { name: 'Acme Rockets', website: 'acme.com', parentId: 'p' }),
        record('account', 'k', { name: 'Branch', parentId: 'a1' }),
      );
      expect((await matches()).map(({ id }) => id)).toEqual(['a1']);
      expect(await hints()).toEqual([
        { id: 'p', kind: 'parent', of: 'Acme Rockets' },
        { id: 'k', kind: 'child', of: 'Acme Rockets' },
      ]);
    });

    it('is the company that a Lead at the domain works for', async () => {
      await put(
        record('account', 'a1', { name: 'Rocketry Ltd' }),
        record('lead', 'l1', { email: 'x@acme.com', company: 'Rocketry' }),
      );
      expect(await hints()).toEqual([{ id: 'a1', kind: 'lead-company', of: 'Rocketry' }]);
    });

    it('is what the page calls itself', async () => {
      await put(record('account', 'a1', { name: 'Rocketry International AG' }));
      expect(await hints(SITE, { names: ['Rocketry International'], sites: [] })).toEqual([
        { id: 'a1', kind: 'page-name', of: 'Rocketry International' },
      ]);
    });

    it('is nothing when the record has changed since it was indexed', async () => {
      await put(record('account', 'a1', { name: 'Rocketry', website: 'acme.de' }));
      await put(record('account', 'a1', { name: 'Rocketry', website: 'other.de' }, '2026-02-01T00:00:00.000Z'));
      expect(await hints()).toEqual([]);
    });
  });

  describe('by decision', () => {
    const decided = (...decisions: Omit<SiteDecision, 'at' | 'place'>[]) => {
      const all = decisions.map((one) => ({ ...one, place: placeOf(SITE), at: '2026-05-01T00:00:00.000Z' }));
      context = { ...context, decisions: { decisions: all, never: [] } };
    };

    it('puts what the user has linked before everything else', async () => {
      await put(record('account', 'a1', { website: 'acme.com' }), record('account', 'a2', { name: 'No site' }));
      decided({ kind: 'link', accountId: 'a2' });
      expect(await matches()).toEqual([
        { id: 'a2', kind: 'linked' },
        { id: 'a1', kind: 'same-host' },
      ]);
    });

    it('takes away what the user has refused, also as a hint', async () => {
      await put(record('account', 'a1', { website: 'acme.com' }), record('account', 'a2', { website: 'acme.de' }));
      decided({ kind: 'refuse', accountId: 'a1' }, { kind: 'refuse', accountId: 'a2' });
      expect(await matches()).toEqual([]);
      expect(await hints()).toEqual([]);
    });

    it('finds nothing at all on an ignored site', async () => {
      await put(record('account', 'a1', { website: 'acme.com' }));
      decided({ kind: 'ignore', accountId: null });
      expect(await matches()).toEqual([]);
    });

    it('forgets a link to an Account that is gone from the copy', async () => {
      decided({ kind: 'link', accountId: 'gone' });
      expect(await matches()).toEqual([]);
    });
  });
});
