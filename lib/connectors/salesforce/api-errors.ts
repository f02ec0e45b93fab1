import { AppError, type ErrorCode } from '@/lib/shared/errors';
import { apiErrors } from './api-schemas';

/** One error as Salesforce words it. `fields` are API names. */
export interface ApiError {
  code: string;
  message: string;
  fields: string[];
}

/** The errors inside what jsforce threw, or null when it did not come from an API answer. */
export function apiErrorsIn(error: unknown): ApiError[] | null {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  const parsed = apiErrors.safeParse(data);
  if (!parsed.success) return null;
  return [parsed.data].flat().map((one) => ({ code: one.errorCode, message: one.message, fields: one.fields ?? [] }));
}

const CODES = new Map<string, ErrorCode>([
  ['INVALID_TYPE', 'crm.object-missing'],
  ['NOT_FOUND', 'crm.object-missing'],
  ['API_DISABLED_FOR_ORG', 'crm.forbidden'],
  ['API_CURRENTLY_DISABLED', 'crm.forbidden'],
  ['INSUFFICIENT_ACCESS', 'crm.forbidden'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', 'crm.forbidden'],
  ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'crm.forbidden'],
  ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'crm.forbidden'],
  ['REQUEST_LIMIT_EXCEEDED', 'crm.limit'],
  ['QUERY_TIMEOUT', 'crm.timeout'],
  ['SERVER_UNAVAILABLE', 'crm.unavailable'],
  ['UNKNOWN_EXCEPTION', 'crm.unavailable'],
  ['UNABLE_TO_LOCK_ROW', 'crm.conflict'],
]);

/**
 * What jsforce threw, as an error of our table; the answer's text stays in the cause and is never shown or logged. That a
 * run was ended is no error of the CRM's and stays what it is: the signal's reason.
 */
export function toCrmError(error: unknown): AppError | DOMException {
  if (error instanceof AppError || isAbort(error)) return error;
  const first = apiErrorsIn(error)?.[0];
  return new AppError(first ? (CODES.get(first.code) ?? 'crm.refused') : 'unexpected', { cause: error });
}

function isAbort(error: unknown): error is DOMException {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** The error of a part of a composite answer, which has a status and a body of its own, in the shape in which jsforce throws. */
export function partError(body: unknown): Error {
  return Object.assign(new Error('refused'), { data: body });
}

/** True when the API answered with this error code. */
export function hasApiCode(error: unknown, code: string): boolean {
  return apiErrorsIn(error)?.some((one) => one.code === code) ?? false;
}

const GONE = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

/** True when the record that was asked for is not there. A reference in its values that leads nowhere has the same code, and names its field. */
export function isGone(error: unknown): boolean {
  return apiErrorsIn(error)?.every(({ code, fields }) => GONE.has(code) && fields.length === 0) ?? false;
}
