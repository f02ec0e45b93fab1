import { AppError } from '@/lib/shared/errors';
import type { CreateOutcome, CreateValues, FoundDuplicate } from '../creation-contract';
import { apiErrorsIn, toCrmError } from './api-errors';
import { duplicateError } from './api-schemas';
import { kindOf } from './creation-fields';

/** What the user can mend by typing: these stand in the form, everything else is a failure of the call. */
const TYPING_ERRORS = new Set([
  'REQUIRED_FIELD_MISSING',
  'STRING_TOO_LONG',
  'INVALID_EMAIL_ADDRESS',
  'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  'FIELD_INTEGRITY_EXCEPTION',
  'NUMBER_OUTSIDE_VALID_RANGE',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
  'INVALID_TYPE_ON_FIELD_IN_RECORD',
  'JSON_PARSER_ERROR',
  'DUPLICATE_VALUE',
  'MALFORMED_ID',
]);

type Refusal = Exclude<CreateOutcome, { kind: 'created' }>;
type Invalid = Extract<Refusal, { kind: 'invalid' }>;

/**
 * What Salesforce says against a record, for the form. `error` is as jsforce throws it, or as partError makes it.
 * @throws AppError of the `crm.` and `auth.` groups when typing does not mend it
 */
export function refusalOf(error: unknown): Refusal {
  const duplicates = duplicatesIn(error);
  if (duplicates) return duplicates;
  const invalid = invalidIn(error);
  if (!invalid) throw toCrmError(error);
  return invalid;
}

function duplicatesIn(error: unknown): Refusal | null {
  const data = error instanceof Error && 'data' in error ? error.data : null;
  const [found] = [data].flat().flatMap((one) => {
    const parsed = duplicateError.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
  if (!found) return null;
  const result = found.duplicateResut ?? found.duplicateResult;
  return {
    kind: 'duplicates',
    message: result?.errorMessage ?? found.message,
    allowSave: result?.allowSave ?? false,
    matches: result?.matchResults.flatMap(({ matchRecords }) => matchRecords.map(({ record }) => foundDuplicate(record))) ?? [],
  };
}

function foundDuplicate({ attributes, Id, ...shown }: { attributes: { type: string }; Id: string }): FoundDuplicate {
  const plain = Object.entries(shown).filter(([, value]) => value === null || typeof value !== 'object');
  return { object: attributes.type, kind: kindOf(attributes.type), id: Id, values: Object.fromEntries(plain) as CreateValues };
}

function invalidIn(error: unknown): Invalid | null {
  const errors = apiErrorsIn(error);
  if (!errors?.every((one) => TYPING_ERRORS.has(one.code))) return null;
  const fieldErrors: Record<string, string> = {};
  const formErrors: string[] = [];
  for (const one of errors) {
    if (one.fields.length === 0) formErrors.push(one.message);
    for (const field of one.fields) fieldErrors[field] = one.message;
  }
  return { kind: 'invalid', fieldErrors, formErrors };
}

const LOST = new Set(['crm.timeout', 'crm.offline', 'crm.answer-unreadable', 'crm.unavailable']);

/** An error of a call that creates: when its answer was lost, nobody knows whether it exists. */
export function lostOr(error: unknown): AppError | DOMException {
  const known = toCrmError(error);
  return known instanceof AppError && LOST.has(known.code) ? new AppError('create.unclear', { cause: error }) : known;
}
