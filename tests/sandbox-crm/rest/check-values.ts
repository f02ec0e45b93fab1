/** Checks the body of a save against the object's description, in the order and words of the real API. */
import { ApiError, apiError } from '../http/api-error.ts';
import type { ApiErrorBody } from '../http/api-error.ts';
import type { Org } from '../org/org.ts';
import { toId18 } from '../org/record-id.ts';
import type { FieldDescriptor } from '../org/schema/field.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { checkRecordType, recordTypeOf } from './check-record-type.ts';
import { isDate, parseDateTime, toWireDateTime } from '../org/wire-time.ts';

/** The values as the CRM will store them. @param existing the record being changed; undefined at creation @throws ApiError */
export function checkValues(
  org: Org,
  type: ObjectType,
  body: Readonly<Record<string, unknown>>,
  existing: Row | undefined,
): Record<string, Value> {
  const given = Object.entries(body).filter(([name]) => name !== 'attributes');
  const fields = given.map(([name, value]) => {
    if (existing && name.toLowerCase() === 'id') {
      throw apiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.', ['Id']);
    }
    const field = type.field(name);
    if (!field) throw apiError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
    return { field, value };
  });
  const locked = fields.filter(({ field }) => !(existing ? field.updateable : field.createable)).map(({ field }) => field.name);
  if (locked.length > 0) {
    throw apiError(
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${locked.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      locked,
    );
  }
  const values = Object.fromEntries(fields.map(({ field, value }) => [field.name, toValue(field, value)]));
  const missing = type.fields
    .filter(
      (field) => isRequired(field) && !isComposed(org, type, field, existing ?? values) && isMissing(field, values, existing),
    )
    .map((field) => field.name);
  if (missing.length > 0) {
    throw apiError(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
  }
  checkRecordType(org, type, existing ? { ...existing, ...values } : values, Object.keys(values));
  const problems = fields.flatMap(({ field }) => problemOf(org, field, values[field.name] ?? null) ?? []);
  if (problems.length > 0) throw new ApiError(400, ...problems);
  return existing ? values : withoutDefaulted(type, values);
}

const isRequired = (field: FieldDescriptor) =>
  field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean';

/** A person's name is put together; who creates an Account of a person's type must not give one. */
function isComposed(org: Org, type: ObjectType, field: FieldDescriptor, row: Readonly<Record<string, Value>>): boolean {
  return field.nameField && (recordTypeOf(org, type, row)?.isPerson ?? false);
}

const isMissing = (field: FieldDescriptor, values: Record<string, Value>, existing: Row | undefined) =>
  existing ? field.name in values && values[field.name] === null : (values[field.name] ?? null) === null;

/** A null for a field that has a default means the default. */
const withoutDefaulted = (type: ObjectType, values: Record<string, Value>) =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null || !type.field(name)?.defaultedOnCreate));

function toValue(field: FieldDescriptor, value: unknown): Value {
  if (value === null || value === undefined || value === '') return field.type === 'boolean' ? false : null;
  switch (field.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      break;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent': {
      const number = typeof value === 'string' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      break;
    }
    case 'date':
      if (typeof value === 'string' && isDate(value.slice(0, 10))) return value.slice(0, 10);
      break;
    case 'datetime': {
      const ms = typeof value === 'string' ? parseDateTime(value) : undefined;
      if (ms !== undefined) return toWireDateTime(ms);
      break;
    }
    case 'reference':
      if (typeof value === 'string') return toId18(value) ?? value;
      break;
    default:
      if (typeof value === 'string') return value.trim() || null;
  }
  const token = typeof value === 'string' ? 'VALUE_STRING' : typeof value === 'number' ? 'VALUE_NUMBER_INT' : 'START_OBJECT';
  throw apiError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${field.type} from ${token} value ${String(value)} or request may be missing a required field at [line:1, column:2]`,
  );
}

function problemOf(org: Org, field: FieldDescriptor, value: Value): ApiErrorBody | undefined {
  if (value === null) return undefined;
  const problem = (errorCode: string, message: string): ApiErrorBody => ({ message, errorCode, fields: [field.name] });
  if (field.type === 'reference') return referenceProblem(org, field, String(value), problem);
  if (typeof value !== 'string') return undefined;
  if (field.length > 0 && value.length > field.length && field.type !== 'picklist') {
    return problem('STRING_TOO_LONG', `${field.label}: data value too large: ${value} (max length=${field.length})`);
  }
  if (field.restrictedPicklist && !field.picklistValues.some((entry) => entry.value === value)) {
    return problem(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${value}`,
    );
  }
  if (field.type === 'email' && !/^[^\s@,;]+@[^\s@.,;]+(\.[^\s@.,;]+)+$/.test(value)) {
    return problem('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`);
  }
  return undefined;
}

function referenceProblem(
  org: Org,
  field: FieldDescriptor,
  id: string,
  problem: (code: string, message: string) => ApiErrorBody,
) {
  const id18 = toId18(id);
  if (!id18) return problem('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`);
  const type = org.schema.byPrefix(id18);
  if (!type || !field.referenceTo.includes(type.name))
    return problem('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`);
  const target = org.find(type.name, id18);
  if (!target) return problem('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  if (org.hidden(type.name).has(id18)) {
    const message = `insufficient access rights on cross-reference id: ${id18}`;
    return problem('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message);
  }
  if (target.IsDeleted === true) return { message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] };
  return undefined;
}
