import type { CrmRecord } from '@/lib/crm/records';
import { type Evidence, MATCH_KINDS, nearness, SUGGESTION_KINDS } from './evidence';
import type { Site } from './site-identity';

export interface RankedAccount {
  account: CrmRecord<'account'>;
  evidence: Evidence;
}

/** What breaks ties besides the Account's own fields. */
export interface Standing {
  openOpportunities: number;
}

/** Account types as users of Salesforce in its largest languages name a customer; a picklist's values are the org's own. */
const CUSTOMER =
  /customer|\bclients?\b|kund|cliente?\b|klant|klient|asiakas|zákazn|ügyfél|müşteri|клиент|клієнт|顧客|取引先|客户|客戶|고객/i;
const NO_LONGER = /\b(?:former|ex|lost|past|churned|inactive|ehemalig|ancien|antigu|vecchi)/i;

/** 1 for an Account of a type that says customer, else 0. */
export const isCustomer = (type: string | null) => (type && CUSTOMER.test(type) && !NO_LONGER.test(type) ? 1 : 0);

const KINDS: readonly string[] = [...MATCH_KINDS, ...SUGGESTION_KINDS];
const strength = ({ evidence }: RankedAccount) => KINDS.indexOf(evidence.kind);

const pathLength = ({ evidence: { kind, of = '' } }: RankedAccount) => (kind === 'same-path' ? of.length : 0);

/**
 * Accounts for a site, best first: by evidence, then the one whose path is longer, or whose host is nearer; then customers, those with open
 * opportunities, the latest activity, the user's own, and at last the name, so that the order never depends on chance.
 * `me` is the user's id in the CRM.
 */
export function rankAccounts(
  site: Site,
  accounts: readonly RankedAccount[],
  standing: (accountId: string) => Standing,
  me: string | null = null,
): RankedAccount[] {
  const isMine = ({ account }: RankedAccount) => (me !== null && account.fields.ownerId === me ? 1 : 0);
  return [...accounts].sort(
    (a, b) =>
      strength(a) - strength(b) ||
      pathLength(b) - pathLength(a) ||
      nearness(b.account, site) - nearness(a.account, site) ||
      (b.evidence.people ?? 0) - (a.evidence.people ?? 0) ||
      isCustomer(b.account.fields.type) - isCustomer(a.account.fields.type) ||
      Math.sign(standing(b.account.id).openOpportunities) - Math.sign(standing(a.account.id).openOpportunities) ||
      (b.account.fields.lastActivityOn ?? '').localeCompare(a.account.fields.lastActivityOn ?? '') ||
      isMine(b) - isMine(a) ||
      a.account.fields.name.localeCompare(b.account.fields.name) ||
      a.account.id.localeCompare(b.account.id),
  );
}
