import { AppError } from '@/lib/shared/errors';
import type { CreatableObject, CreateOptions, CreateOutcome, CreateValue } from '../connector';
import { apiErrorsIn, toCrmError } from './api-errors';
import { createAnswer, duplicateError } from './api-schemas';
import type { SalesforceClient } from './client';
import { SALESFORCE_OBJECT } from './queries';

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

/**
 * Creates a record. The owner stays the user: without the header Salesforce's assignment rules would take a new Lead away.
 * @throws AppError `create.unclear` when the answer was lost on the way, so that nobody sends it twice unknowingly.
 */
export async function createRecord(
  client: SalesforceClient,
  object: CreatableObject,
  values: Record<string, CreateValue>,
  options: CreateOptions,
): Promise<CreateOutcome> {
  const headers = {
    'Sforce-Auto-Assign': 'FALSE',
    'Sforce-Duplicate-Rule-Header': `allowSave=${options.allowDuplicate}; includeRecordDetails=false; runAsCurrentUser=true`,
  };
  try {
    const answer = await client.run((connection) => connection.create(SALESFORCE_OBJECT[object], values, { headers }));
    const parsed = createAnswer.safeParse(answer);
    if (!parsed.success) throw new AppError('create.unclear');
    return { kind: 'created', id: parsed.data.id };
  } catch (error) {
    return outcomeOf(error);
  }
}

const LOST = new Set(['crm.timeout', 'crm.offline', 'crm.answer-unreadable', 'crm.unavailable']);

function outcomeOf(error: unknown): CreateOutcome {
  if (error instanceof AppError && LOST.has(error.code)) throw new AppError('create.unclear', { cause: error });
  const duplicate = duplicateError.safeParse(error instanceof Error && 'data' in error ? error.data : null);
  if (duplicate.success) {
    const result = duplicate.data.duplicateResut ?? duplicate.data.duplicateResult;
    const found = result?.matchResults.flatMap((match) => match.matchRecords.map(({ record }) => record)) ?? [];
    return {
      kind: 'duplicates',
      message: result?.errorMessage ?? duplicate.data.message,
      allowSave: result?.allowSave ?? false,
      matches: found.map((record) => ({ object: record.attributes.type, id: record.Id })),
    };
  }
  const errors = apiErrorsIn(error);
  if (!errors?.every((one) => TYPING_ERRORS.has(one.code))) throw toCrmError(error);
  const fieldErrors: Record<string, string> = {};
  const formErrors: string[] = [];
  for (const one of errors) {
    if (one.fields.length === 0) formErrors.push(one.message);
    for (const field of one.fields) fieldErrors[field] = one.message;
  }
  return { kind: 'invalid', fieldErrors, formErrors };
}
