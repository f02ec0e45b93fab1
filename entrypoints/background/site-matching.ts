import { locationOf } from '@/lib/crm/account-context';
import {
  asCandidates,
  countMatches,
  findAccounts,
  hasMatches,
  type MatchContext,
  type SiteCandidate,
} from '@/lib/matching/match-site';
import type { PageClues } from '@/lib/matching/page-clues';
import { isSiteDecisions, NO_DECISIONS, silenced, type SiteDecisions } from '@/lib/matching/site-decisions';
import { suggestAccounts } from '@/lib/matching/suggest-accounts';
import type { AccountCandidate, Site, SitePreset } from '@/lib/messaging/site-protocol';
import { AppError } from '@/lib/shared/errors';
import { isNeverSite, type Policy } from '@/lib/settings/policy';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import type { LiveConnection } from './live-connection';
import { sampleMark } from './crm-label';

/** Sites against the open connections, with what their users have decided. */

/** Read once per worker life and copy: a page visit must not pay for it again. */
const read = new WeakMap<SealedBoxes, Promise<SiteDecisions>>();
/** Changes are put in line, so that none is written over another. */
let queue: Promise<unknown> = Promise.resolve();

async function load(boxes: SealedBoxes): Promise<SiteDecisions> {
  const stored = await boxes.get('site-decisions').catch((error) => {
    const isDamage = error instanceof AppError && error.code === 'vault.tampered';
    throw isDamage ? new AppError('decisions.damaged', { cause: error }) : error;
  });
  return isSiteDecisions(stored) ? stored : NO_DECISIONS;
}

const isLost = (error: unknown) => error instanceof AppError && error.code === 'decisions.damaged';

/** @throws AppError `decisions.damaged`: damaged ones are not taken for none, or what was excluded would be looked up */
export function decisionsOf({ copy: { boxes } }: LiveConnection): Promise<SiteDecisions> {
  const known = read.get(boxes) ?? load(boxes);
  read.set(boxes, known);
  known.catch(() => read.delete(boxes));
  return known;
}

/** Changes the decisions of a connection. They lie in a box of their own, which no sync touches. */
export function changeDecisions(connection: LiveConnection, change: (all: SiteDecisions) => SiteDecisions): Promise<void> {
  const { boxes } = connection.copy;
  const done = queue.then(async () => {
    const changed = change(await decisionsOf(connection));
    await boxes.put('site-decisions', changed);
    read.set(boxes, Promise.resolve(changed));
  });
  queue = done.catch(() => undefined);
  return done;
}

/** Forgets the decisions of a connection when they are damaged. */
export async function resetDecisions(connection: LiveConnection): Promise<void> {
  const lost = await decisionsOf(connection).then(() => false, isLost);
  if (!lost) return;
  await connection.copy.boxes.put('site-decisions', NO_DECISIONS);
  read.set(connection.copy.boxes, Promise.resolve(NO_DECISIONS));
}

/** For a view of an Account that was found already: what was decided about sites takes nothing from it. */
export async function viewContext(connection: LiveConnection): Promise<Required<Omit<MatchContext, 'path'>>> {
  const decisions = await decisionsOf(connection).catch((error) => (isLost(error) ? NO_DECISIONS : Promise.reject(error)));
  return { store: connection.copy.store, decisions, me: connection.me };
}

export async function matchContext(connection: LiveConnection): Promise<Required<Omit<MatchContext, 'path'>>> {
  return { store: connection.copy.store, decisions: await decisionsOf(connection), me: connection.me };
}

/**
 * Why nothing is to be looked up for a site: the organisation says so, or the user in one of the connections. @throws AppError `decisions.damaged` when
 * nobody knows
 */
export async function silencedIn(
  site: Site,
  connections: readonly LiveConnection[],
  policy: Policy,
): Promise<'ignored' | 'policy' | SitePreset | null> {
  if (isKeptOut(policy, site)) return 'policy';
  const all = await Promise.all(connections.map((connection) => decisionsOf(connection).catch(unlessLost)));
  return all.map((decisions) => silenced(decisions, site)).find((why) => why !== null) ?? null;
}

/** Whether the organisation keeps a site out, by itself or by its kind. */
function isKeptOut(policy: Policy, site: Site): boolean {
  return isNeverSite(policy, site.host) || silenced({ decisions: [], never: [...policy.neverKinds] }, site) !== null;
}

function unlessLost(error: unknown): SiteDecisions {
  if (isLost(error)) throw error;
  return NO_DECISIONS;
}

/** Whether a site has Accounts; false where nothing may be looked up. A connection that cannot be read does not hide the others. */
export async function hasAccounts(site: Site, connections: readonly LiveConnection[], policy: Policy): Promise<boolean> {
  if (await silencedIn(site, connections, policy)) return false;
  const found = await Promise.all(
    connections.map(async (connection) => hasMatches(site, await matchContext(connection)).catch(() => false)),
  );
  return found.includes(true);
}

/** How many Accounts a site has; 0 where nothing may be looked up. A connection that cannot be read does not hide the others. */
export async function accountCount(site: Site, connections: readonly LiveConnection[], policy: Policy): Promise<number> {
  if (await silencedIn(site, connections, policy)) return 0;
  const counts = await Promise.all(
    connections.map(async (connection) => countMatches(site, await matchContext(connection)).catch(() => 0)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function asShown({ entry }: LiveConnection, { account, ownerName, openPipeline, evidence }: SiteCandidate): AccountCandidate {
  return {
    connectionId: entry.id,
    ...sampleMark(entry.crm),
    accountId: account.id,
    name: account.fields.name,
    industry: account.fields.industry,
    location: locationOf(account),
    ownerName,
    openPipeline,
    evidence,
  };
}

/** The path of an address; it is used for the order of an answer and kept nowhere. */
export const pathOf = (url: string | null | undefined): string | null => (url ? (URL.parse(url)?.pathname ?? null) : null);

/** The Accounts of a site in all connections, best first within each, and those that may be meant besides. */
export async function accountsOf(
  site: Site,
  connections: readonly LiveConnection[],
  { policy, clues, path = null }: { policy: Policy; clues?: PageClues; path?: string | null },
): Promise<{ candidates: AccountCandidate[]; suggestions: AccountCandidate[] }> {
  // A frame may have been opened before the organisation kept the site out.
  if (isKeptOut(policy, site)) return { candidates: [], suggestions: [] };
  const lists = await Promise.all(
    connections.map(async (connection) => {
      const context = { ...(await matchContext(connection)), path };
      const found = await findAccounts(site, context);
      const candidates = await asCandidates(site, found.matches, context);
      const suggestions = await suggestAccounts(site, found, context, clues);
      const show = (one: SiteCandidate) => asShown(connection, one);
      return { candidates: candidates.map(show), suggestions: suggestions.map(show) };
    }),
  );
  return { candidates: lists.flatMap((one) => one.candidates), suggestions: lists.flatMap((one) => one.suggestions) };
}
