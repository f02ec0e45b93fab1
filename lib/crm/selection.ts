import { OBJECTS, type FieldsOf, type ObjectKind } from './records';

/** What a user wants of the CRM in the local copy. The same words in every CRM; a connector turns it into its own query. */
export interface Selection {
  objects: Record<ObjectKind, ObjectSelection>;
  scope: AccountScope;
  /** The share (0 to 0.9) of the org's daily API calls that syncs never touch. */
  reserve: number;
}

export interface ObjectSelection {
  wanted: boolean;
  /** Fields of the domain model that are left out, by their name there (`mobile`). */
  without: string[];
  /** Fields beyond the model, copied as they are. */
  extra: ExtraField[];
  /** The only fields that may be copied, by the CRM's own names, besides needed ones. It comes from a limit and is never stored. */
  only?: readonly string[];
}

/** A field by the CRM's own name and label. */
export interface ExtraField {
  name: string;
  label: string;
}

/** Which Accounts are copied; Contacts, Opportunities and Tasks follow their Account. Leads follow `owner` alone. */
export interface AccountScope {
  owner: 'all' | 'mine';
  /** Only Accounts that have a website: no other can stand beside a site. */
  withWebsite: boolean;
  /** All of them must hold for the Account. */
  conditions: Condition[];
}

export const OPERATORS = ['is', 'is-not', 'contains', 'starts-with', 'above', 'below', 'empty', 'not-empty'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A condition on a field of the Account, by the CRM's own name. Of several `values` any one will do (`is`), or none may be (`is-not`). */
export interface Condition {
  field: string;
  operator: Operator;
  values: string[];
}

/** Without these nothing can be matched, shown or brought up to date. */
const NEEDED: { [K in ObjectKind]: readonly (keyof FieldsOf[K])[] } = {
  user: ['name'],
  account: ['name', 'website', 'ownerId'],
  contact: ['name', 'accountId'],
  lead: ['name', 'converted'],
  opportunity: ['name', 'accountId', 'closed'],
  task: ['accountId', 'whoId', 'whatId', 'closed'],
};

/** Users (names of owners) and Accounts are always copied: without them there is nothing to stand beside a site. */
const ALWAYS_WANTED: readonly ObjectKind[] = ['user', 'account'];

/** Everything the views show, of all that the user may see, and a fifth of the org's calls left to others. */
export function defaultSelection(): Selection {
  const whole = (): ObjectSelection => ({ wanted: true, without: [], extra: [] });
  return {
    objects: { user: whole(), account: whole(), contact: whole(), lead: whole(), opportunity: whole(), task: whole() },
    scope: { owner: 'all', withWebsite: false, conditions: [] },
    reserve: 0.2,
  };
}

/** True when a field of the model may not be left out. */
export function isNeeded(object: ObjectKind, field: string): boolean {
  return (NEEDED[object] as readonly string[]).includes(field);
}

/** The selection as it can be used: what is always wanted and needed is, and nothing is named twice. Pure. */
export function sound(selection: Selection): Selection {
  const objects = structuredClone(selection.objects);
  for (const object of OBJECTS) {
    const one = objects[object];
    one.wanted ||= ALWAYS_WANTED.includes(object);
    one.without = [...new Set(one.without)].filter((field) => !isNeeded(object, field)).sort();
    // No view shows more of a user than the name.
    if (object === 'user') one.extra = [];
    one.extra = [...new Map(one.extra.map((field) => [field.name, field])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  return { ...selection, objects, reserve: Math.min(0.9, Math.max(0, selection.reserve)) };
}

/** What the organisation allows to be copied; null and absent: everything. */
export interface SelectionLimits {
  objects: readonly ObjectKind[] | null;
  /** By the CRM's own names. */
  fields: Partial<Record<ObjectKind, readonly string[]>>;
}

export const NO_LIMITS: SelectionLimits = { objects: null, fields: {} };

/** True when records of this kind may be there. What nothing works without always may. Pure. */
export function isAllowed(object: ObjectKind, { objects }: SelectionLimits): boolean {
  return objects === null || objects.includes(object) || ALWAYS_WANTED.includes(object);
}

/** What of a selection is allowed. What nothing works without stays. Pure. */
export function within(selection: Selection, limits: SelectionLimits): Selection {
  const objects = structuredClone(selection.objects);
  for (const object of OBJECTS) {
    const one = objects[object];
    const only = limits.fields[object];
    if (!isAllowed(object, limits)) one.wanted = false;
    if (!only) continue;
    one.only = only;
    one.extra = one.extra.filter(({ name }) => only.includes(name));
  }
  return sound({ ...selection, objects });
}

/** True when a scope leaves any Account out, so that one may leave it by changing. */
export const isNarrow = ({ owner, withWebsite, conditions }: AccountScope): boolean =>
  owner === 'mine' || withWebsite || conditions.length > 0;

/** Objects whose records are within the scope when their Account is. */
export const ACCOUNT_FOLLOWERS = ['contact', 'opportunity', 'task'] as const satisfies readonly ObjectKind[];

export const followsAccount = (object: ObjectKind): boolean => ACCOUNT_FOLLOWERS.some((one) => one === object);
