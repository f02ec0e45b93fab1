/** What a record's type allows, in an org that has any. */
import { ApiError, apiError } from '../http/api-error.ts';
import type { Org } from '../org/org.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import { territoriesOf } from '../org/schema/record-types.ts';
import type { RecordTypeDefinition } from '../org/schema/record-types.ts';
import type { Value } from '../org/table.ts';

type Values = Readonly<Record<string, Value>>;

/** The type of a record, the user's default for one that names none; undefined where the object has no types. */
export function recordTypeOf(org: Org, type: ObjectType, row: Values): RecordTypeDefinition | undefined {
  const all = org.schema.recordTypes(type.name);
  return all.find(({ id }) => id === row.RecordTypeId) ?? all.find(({ isDefault }) => isDefault);
}

/** @param row the record as it would be @param given the fields that the client names @throws ApiError */
export function checkRecordType(org: Org, type: ObjectType, row: Values, given: readonly string[]): void {
  const all = org.schema.recordTypes(type.name);
  const named = row.RecordTypeId ?? null;
  if (named !== null && all.length > 0 && !all.some(({ id }) => id === named)) {
    const message = `Record Type ID: this ID value isn't valid for the user: ${String(named)}`;
    throw apiError(400, 'INVALID_CROSS_REFERENCE_KEY', message, ['RecordTypeId']);
  }
  const recordType = recordTypeOf(org, type, row);
  if (recordType && type.name === 'Account') checkName(recordType, row, given);
  const bad = given.filter((name) => isBad(recordType, name, row));
  if (bad.length === 0) return;
  throw new ApiError(
    400,
    ...bad.map((name) => ({
      message: `${type.field(name)?.label ?? name}: bad value for restricted picklist field: ${String(row[name])}`,
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      fields: [name],
    })),
  );
}

function isBad(recordType: RecordTypeDefinition | undefined, name: string, row: Values): boolean {
  const value = row[name];
  if (typeof value !== 'string') return false;
  if (recordType?.picklists[name]?.includes(value) === false) return true;
  return name === 'Territory__c' && !territoriesOf(String(row.Region__c ?? '')).includes(value);
}

const PERSON_FIELDS = ['FirstName', 'LastName', 'PersonEmail'];

/** A company has a name, a person the parts of one. */
function checkName({ isPerson }: RecordTypeDefinition, row: Values, given: readonly string[]): void {
  const wrong = given.filter((name) => (isPerson ? name === 'Name' : PERSON_FIELDS.includes(name)) && row[name] !== null);
  if (wrong.length > 0) {
    const message = `Account: bad field names on insert/update call: ${wrong.join(', ')}`;
    throw apiError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, wrong);
  }
  if (isPerson && (row.LastName ?? null) === null) {
    throw apiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']);
  }
}
