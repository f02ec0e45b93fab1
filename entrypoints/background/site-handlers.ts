import { runInTab } from '@/lib/browser/tabs';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { accountsNamed } from '@/lib/matching/accounts-named';
import { cluesOf } from '@/lib/matching/page-clues';
import { isReadFacts, readCompanyFacts } from '@/lib/matching/page-facts';
import { decide, placeOf, type SiteDecision, takeBack } from '@/lib/matching/site-decisions';
import type { DecisionItem, Site, SiteRequests } from '@/lib/messaging/site-protocol';
import type { Handlers } from '@/lib/messaging/router';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { sampleMark } from './crm-label';
import { accountsOf, changeDecisions, decisionsOf, resetDecisions, silencedIn } from './site-matching';

const MOST_NAMED = 8;

/** What is asked about sites beyond a visit: who may be meant, and what the user decides. */
export function createSiteHandlers({
  clock,
  connections,
  policy: policies,
  siteInFront,
}: {
  clock: Clock;
  connections: Connections;
  policy: PolicyStore;
  siteInFront: (tabId: number | null) => Promise<{ tabId: number; site: Site; path: string | null } | null>;
}): Pick<Handlers, keyof SiteRequests> {
  async function everywhere(change: (connection: LiveConnection) => Promise<unknown>): Promise<null> {
    await Promise.all((await connections.ready()).map(change));
    // Open tabs show or take away what the decision says; views ask again.
    await tellOverlays({ overlay: 'refresh' });
    await tellViews('connections.changed', {});
    return null;
  }

  async function itemsOf(connection: LiveConnection): Promise<DecisionItem[]> {
    const { decisions } = await decisionsOf(connection);
    const accounts = await connection.copy.store.getMany(
      'account',
      decisions.flatMap(({ accountId }) => accountId ?? []),
    );
    return decisions.map((one) => ({
      ...one,
      connectionId: connection.entry.id,
      accountName: accounts.get(one.accountId ?? '')?.fields.name ?? null,
    }));
  }

  return {
    async 'site.suggestions'({ tabId }) {
      const front = await siteInFront(tabId);
      const [ready, policy] = [await connections.ready(), await policies.get()];
      if (!front || (await silencedIn(front.site, ready, policy))) return [];
      const { site, path } = front;
      const known = await accountsOf(site, ready, { policy, path });
      // Only where nothing matches, and only because a person has opened the popup, is the page asked who it is.
      if (known.candidates.length > 0) return known.suggestions;
      const facts = await runInTab(front.tabId, readCompanyFacts);
      if (!isReadFacts(facts)) return known.suggestions;
      return (await accountsOf(site, ready, { policy, clues: cluesOf(facts), path })).suggestions;
    },
    async 'site.decide'({ tabId, kind, connectionId, accountId }) {
      const front = await siteInFront(tabId);
      if (!front || (kind !== 'ignore' && (!connectionId || !accountId))) throw new AppError('message.invalid');
      const decision: SiteDecision = {
        kind,
        place: placeOf(front.site),
        accountId: kind === 'ignore' ? null : accountId,
        at: new Date(clock.now()).toISOString(),
      };
      // What stands open beside the page may be just what the user does not want there.
      await tellOverlays({ overlay: 'remove' }, front.tabId);
      return everywhere(async (connection) => {
        if (kind === 'ignore' || connection.entry.id === connectionId) {
          await changeDecisions(connection, (all) => decide(all, decision));
        }
      });
    },
    'site.takeBack': (decision) => everywhere((connection) => changeDecisions(connection, (all) => takeBack(all, decision))),
    async 'accounts.named'({ text }) {
      const lists = await Promise.all(
        (await connections.ready()).map(async ({ entry, copy }) =>
          (await accountsNamed(text, copy.store, MOST_NAMED)).map(({ id, fields }) => ({
            connectionId: entry.id,
            ...sampleMark(entry.crm),
            accountId: id,
            name: fields.name,
            website: fields.website,
          })),
        ),
      );
      return lists.flat().slice(0, MOST_NAMED);
    },
    async 'decisions.list'() {
      const ready = await connections.ready();
      const lists = await Promise.all(ready.map(itemsOf));
      const never = new Set((await Promise.all(ready.map(decisionsOf))).flatMap((one) => one.never));
      return { decisions: lists.flat(), never: [...never] };
    },
    'decisions.reset': () => everywhere(resetDecisions),
    'decisions.never': ({ never }) => everywhere((connection) => changeDecisions(connection, (all) => ({ ...all, never }))),
  };
}
