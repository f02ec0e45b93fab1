import type { FieldsOf, ObjectKind } from '@/lib/crm/records';
import type { AccountScope, ObjectSelection } from '@/lib/crm/selection';
import type { FieldType } from '../connector';

/**
 * Which of EspoCRM's attributes stand for which field of the domain model. What is not here is not asked for. `id`,
 * `createdAt` and `modifiedAt` are always asked for.
 */
const MODEL: { [K in ObjectKind]: Partial<Record<keyof FieldsOf[K], readonly string[]>> } = {
  user: { name: ['name'], active: ['isActive'] },
  account: {
    name: ['name'],
    website: ['website'],
    industry: ['industry'],
    type: ['type'],
    phone: ['phoneNumber'],
    city: ['billingAddressCity'],
    country: ['billingAddressCountry'],
    ownerId: ['assignedUserId'],
  },
  contact: {
    accountId: ['accountId'],
    name: ['name'],
    title: ['title'],
    email: ['emailAddress'],
    phone: ['phoneNumber'],
    ownerId: ['assignedUserId'],
    doNotCall: ['doNotCall'],
    emailOptOut: ['emailAddressIsOptedOut'],
  },
  lead: {
    name: ['name'],
    company: ['accountName'],
    title: ['title'],
    email: ['emailAddress'],
    phone: ['phoneNumber'],
    website: ['website'],
    status: ['status'],
    ownerId: ['assignedUserId'],
    converted: ['status'],
    doNotCall: ['doNotCall'],
    emailOptOut: ['emailAddressIsOptedOut'],
  },
  opportunity: {
    accountId: ['accountId'],
    name: ['name'],
    stage: ['stage'],
    amount: ['amount'],
    currency: ['amountCurrency'],
    closeOn: ['closeDate'],
    probability: ['probability'],
    closed: ['stage'],
    won: ['stage'],
    ownerId: ['assignedUserId'],
  },
  task: {
    accountId: ['accountId'],
    whoId: ['contactId', 'parentId', 'parentType'],
    whatId: ['parentId', 'parentType'],
    subject: ['name'],
    status: ['status'],
    priority: ['priority'],
    dueOn: ['dateEnd', 'dateEndDate'],
    closed: ['status'],
    ownerId: ['assignedUserId'],
  },
};

const entriesOf = (object: ObjectKind) => Object.entries(MODEL[object]) as [string, readonly string[]][];

/** The name in the domain model of an attribute, or null for one beyond it. */
export function modelNameOf(object: ObjectKind, attribute: string): string | null {
  return entriesOf(object).find(([, attributes]) => attributes.includes(attribute))?.[0] ?? null;
}

/** Attributes that the given field of the model is made of and no other is. */
function namesOf(object: ObjectKind, attribute: string): string[] {
  return entriesOf(object).flatMap(([name, attributes]) => (attributes.includes(attribute) ? [name] : []));
}

/** Attributes that a selection asks for; for an Account also those that its scope names, marked so. */
export function wantedFields(object: ObjectKind, selection: ObjectSelection, scope: AccountScope): string[] {
  const model = entriesOf(object).flatMap(([name, attributes]) => (selection.without.includes(name) ? [] : attributes));
  const asked = new Set([...model, ...selection.extra.map(({ name }) => name)]);
  if (object !== 'account') return [...asked];
  const named = new Set(scope.conditions.map(({ field }) => field));
  return [...asked, ...[...named].filter((name) => !asked.has(name)).map((name) => `${SCOPE_ONLY}${name}`)];
}
const SCOPE_ONLY = '?';

/** What a description grants of the wanted attributes, with their types. */
export function grantedFields(
  wanted: readonly string[],
  described: ReadonlyMap<string, FieldType>,
): { fields: string[]; types: Record<string, FieldType> } {
  const types: Record<string, FieldType> = {};
  for (const name of wanted.map((one) => one.replace(SCOPE_ONLY, ''))) {
    const type = described.get(name);
    if (type) types[name] = type;
  }
  return { fields: wanted.filter((name) => !name.startsWith(SCOPE_ONLY) && described.has(name)), types };
}

/** Names (of the model, else EspoCRM's) of what was copied before and is not any more. */
export function droppedFields(object: ObjectKind, before: readonly string[], after: readonly string[]): string[] {
  const gone = before.filter((name) => !after.includes(name));
  return [...new Set(gone.flatMap((name) => (modelNameOf(object, name) ? namesOf(object, name) : [name])))];
}

/** Copied attributes that are no field of the model: they stand in a record's `custom`. */
export function extraFields(object: ObjectKind, fields: readonly string[]): string[] {
  return fields.filter((name) => modelNameOf(object, name) === null);
}
