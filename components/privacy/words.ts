import { i18n } from '#i18n';
import type { LogItem } from '@/lib/messaging/privacy-protocol';
import type { InventoryRow } from '@/lib/shared/data-inventory';
import { objectsName, type ObjectKind } from '../sync/object-names';

/** Names of the register and of the log in the user's language. */

const FIELDS = [
  'name',
  'website',
  'industry',
  'type',
  'phone',
  'mobile',
  'city',
  'country',
  'ownerId',
  'parentId',
  'currency',
  'lastActivityOn',
  'accountId',
  'title',
  'department',
  'email',
  'doNotCall',
  'emailOptOut',
  'company',
  'status',
  'converted',
  'stage',
  'amount',
  'closeOn',
  'probability',
  'closed',
  'won',
  'whoId',
  'whatId',
  'subject',
  'priority',
  'dueOn',
  'active',
  'id',
  'modifiedAt',
  'custom',
] as const;

const KEBAB = {
  'signed-in': 'signedIn',
  'taken-back': 'takenBack',
  'begun-anew': 'begunAnew',
  'handed-out': 'handedOut',
  'let-in': 'letIn',
  'in-crm': 'inCrm',
  'fifty-runs': 'fiftyRuns',
  'four-hundred': 'fourHundred',
  'browser-close': 'browserClose',
} as const;
type Camel<T extends string> = T extends keyof typeof KEBAB ? (typeof KEBAB)[T] : T;

const camel = <T extends string>(name: T) => ((KEBAB as Record<string, string>)[name] ?? name) as Camel<T>;

/** A field of the domain model by name; anything else by its name in the code, which is what can be looked up there. */
export function fieldName(field: string): string {
  const known = FIELDS.find((one) => one === field);
  return known ? i18n.t(`privacy.field.${known}`) : field;
}

export const actName = (act: LogItem['act']): string => i18n.t(`privacy.act.${camel(act)}`);
export const deedText = (deed: LogItem['records'][number]['deed'], what: string, count: string): string =>
  i18n.t(`privacy.deed.${camel(deed)}`, [what, count]);
export const aboutName = (about: InventoryRow['about']): string => i18n.t(`privacy.whom.${about}`);
export const purposeName = (purpose: InventoryRow['purpose']): string => i18n.t(`privacy.purpose.${purpose}`);
export const sourceName = (source: InventoryRow['source']): string => i18n.t(`privacy.from.${source}`);
export const protectionName = (protection: InventoryRow['protection']): string => i18n.t(`privacy.protection.${protection}`);
export const retentionName = (retention: InventoryRow['retention']): string => i18n.t(`privacy.until.${camel(retention)}`);

/** The object that a field is of, or what it stands in. */
export function whereName({ place, of }: InventoryRow): string {
  return place === 'records' ? objectsName(of as ObjectKind) : i18n.t(`privacy.place.${place}`, { of });
}
