/** Creating, changing and deleting records the way a client may. */
import { ApiError, apiError, notFound } from '../http/api-error.ts';
import { toId18 } from '../org/record-id.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row } from '../org/table.ts';
import type { SandboxState } from '../state.ts';
import { recordTypeOf } from './check-record-type.ts';
import { checkValues } from './check-values.ts';
import { assertUnmodified } from './conditional.ts';
import { checkDuplicates } from './duplicates.ts';
import type { DuplicateOptions } from './duplicates.ts';

export interface SaveCall {
  state: SandboxState;
  userId: string;
  duplicates: DuplicateOptions;
  /** `Sforce-Auto-Assign: FALSE` turns the assignment rules off; they are on by default. */
  autoAssign: boolean;
}

export type Body = Readonly<Record<string, unknown>>;

/** Everything that may refuse a creation, done at once; the returned function then creates. @throws ApiError */
export function prepareCreate(call: SaveCall, type: ObjectType, body: Body): () => Row {
  const { org, rules } = call.state;
  if (!type.writable)
    throw apiError(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${type.label}`, []);
  const values = checkValues(org, type, body, undefined);
  checkRules(call, type, values);
  checkDuplicates(org, rules, type.name, values, undefined, call.duplicates);
  const assigned = type.name === 'Lead' && call.autoAssign && rules.leadsGoTo ? { OwnerId: rules.leadsGoTo } : {};
  const recordType = recordTypeOf(org, type, values);
  const typed = recordType ? { RecordTypeId: recordType.id } : {};
  return () => org.insert(type.name, { ...values, ...typed, ...assigned }, call.userId);
}

/** As prepareCreate, for changing a record. @throws ApiError */
export function prepareUpdate(call: SaveCall, type: ObjectType, id: string, body: Body, unmodifiedSince?: string): () => Row {
  const { org, rules } = call.state;
  const existing = recordToChange(call.state, type, id);
  assertUnmodified(existing, unmodifiedSince);
  if (!type.writable) throw apiError(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  const values = checkValues(org, type, body, existing);
  const changed = { ...existing, ...values };
  checkRules(call, type, changed);
  if ('Email' in values && values.Email !== existing.Email) {
    checkDuplicates(org, rules, type.name, changed, existing.Id, call.duplicates);
  }
  return () => org.update(type.name, existing.Id, values, call.userId);
}

export function prepareDelete({ state }: SaveCall, type: ObjectType, id: string): () => void {
  const existing = recordToChange(state, type, id);
  if (!type.writable) throw apiError(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  return () => state.org.remove(type.name, existing.Id);
}

/** The record of an address. @throws ApiError in the words the API has for each way of not being there */
function recordToChange({ org }: SandboxState, type: ObjectType, id: string): Row {
  const row = rowAt(type, id, org.reader(type.name));
  if (!row) throw apiError(404, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
  return row;
}

export function recordToRead({ org }: SandboxState, type: ObjectType, id: string): Row {
  const row = rowAt(type, id, org.reader(type.name));
  if (!row) throw notFound();
  return row;
}

function rowAt(type: ObjectType, id: string, find: (id18: string) => Row | undefined): Row | undefined {
  const id18 = toId18(id);
  if (!id18?.startsWith(type.keyPrefix)) throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
  const row = find(id18);
  if (row?.IsDeleted === true) throw apiError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  return row;
}

function checkRules({ state }: SaveCall, type: ObjectType, row: Readonly<Record<string, Row[string]>>): void {
  const broken = state.rules.validation.filter((rule) => rule.object === type.name && rule.refuses(row));
  if (broken.length === 0) return;
  throw new ApiError(
    400,
    ...broken.map(({ field, message }) => ({ message, errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [field] })),
  );
}
