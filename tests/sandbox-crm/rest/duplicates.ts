/** The answer of a duplicate rule that stops a save. Its key really is spelt `duplicateResut`. */
import { ApiError } from '../http/api-error.ts';
import type { Org } from '../org/org.ts';
import type { Row, Value } from '../org/table.ts';
import type { DuplicateRule, SaveRules } from './save-rules.ts';

export interface DuplicateOptions {
  /** `Sforce-Duplicate-Rule-Header: allowSave=true`: save although an alert rule matches. */
  allowSave: boolean;
  /** `includeRecordDetails=true`: show more of the matches than their ids. */
  includeRecordDetails: boolean;
  base: string;
}

export function duplicateOptions(header: string | undefined, base: string): DuplicateOptions {
  const says = (name: string) => new RegExp(`${name}\\s*=\\s*true`, 'i').test(header ?? '');
  return { allowSave: says('allowSave'), includeRecordDetails: says('includeRecordDetails'), base };
}

/** @throws ApiError DUPLICATES_DETECTED when a rule stops this save */
export function checkDuplicates(
  org: Org,
  { duplicates }: SaveRules,
  object: string,
  candidate: Readonly<Record<string, Value>>,
  ownId: string | undefined,
  options: DuplicateOptions,
): void {
  for (const rule of duplicates) {
    if (rule.object !== object || rule.action === 'report' || (rule.action === 'alert' && options.allowSave)) continue;
    const matchResults = rule.against.flatMap(({ object: entityType, matchRule }) => {
      const found = org
        .rows(entityType)
        .filter((row) => row.Id !== ownId && row.IsConverted !== true && rule.matches(candidate, row));
      return found.length > 0 ? [matchResult(entityType, matchRule, found, options)] : [];
    });
    if (matchResults.length > 0) throw duplicatesDetected(rule, matchResults);
  }
}

function matchResult(entityType: string, rule: string, found: readonly Row[], { base, includeRecordDetails }: DuplicateOptions) {
  return {
    entityType,
    errors: [],
    matchEngine: 'FuzzyMatchEngine',
    matchRecords: found.slice(0, 10).map((row) => ({
      additionalInformation: [],
      fieldDiffs: [],
      matchConfidence: 100.0,
      record: {
        attributes: { type: entityType, url: `${base}/sobjects/${entityType}/${row.Id}` },
        Id: row.Id,
        ...(includeRecordDetails ? { Name: row.Name, Email: row.Email, Phone: row.Phone ?? null } : {}),
      },
    })),
    rule,
    size: found.length,
    success: true,
  };
}

function duplicatesDetected(rule: DuplicateRule, matchResults: ReturnType<typeof matchResult>[]): ApiError {
  return new ApiError(400, {
    duplicateResut: {
      allowSave: rule.action === 'alert',
      duplicateRule: rule.name,
      duplicateRuleEntityType: rule.object,
      errorMessage: rule.message,
      matchResults,
    },
    errorCode: 'DUPLICATES_DETECTED',
    message: rule.message,
  });
}
