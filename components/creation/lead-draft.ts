import type { FormField, LegalBasis, LegalBasisKind } from '@/lib/messaging/protocol';

/** What is typed into the form and not sent yet. It lives in memory only. */
export interface LeadDraft {
  values: Record<string, string>;
  basis: LegalBasisKind | null;
  reason: string;
  /** True once the user has changed something: only then is there anything to lose. */
  touched: boolean;
}

export const EMPTY_DRAFT: LeadDraft = { values: {}, basis: null, reason: '', touched: false };

/** What the background asks of a reason for legitimate interest, so that the answer does not cost a round trip. */
const SHORTEST_REASON = 10;

export type Problem = 'required' | 'too-long' | 'no-basis' | 'no-reason';

/** The value of a field: what was typed, else what the form came with. */
export function typedValue(draft: LeadDraft, field: FormField): string {
  return draft.values[field.name] ?? field.value;
}

/** Every field's value, as it is sent. */
export function valuesOf(draft: LeadDraft, fields: readonly FormField[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, typedValue(draft, field)]));
}

/** The chosen basis, or null while it is missing or legitimate interest lacks its reason. */
export function basisOf({ basis, reason }: LeadDraft): LegalBasis | null {
  if (basis === null) return null;
  if (basis === 'legitimate-interest' && reason.trim().length < SHORTEST_REASON) return null;
  return { kind: basis, reason: reason.trim() };
}

/** What can be seen to be missing without asking the CRM, by field name; `basis` and `reason` stand for the legal basis. */
export function problemsOf(draft: LeadDraft, fields: readonly FormField[]): Map<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const field of fields) {
    const value = typedValue(draft, field);
    // An unticked box is an answer.
    if (field.required && field.type !== 'checkbox' && value.trim() === '') problems.set(field.name, 'required');
    else if (field.maxLength !== null && value.length > field.maxLength) problems.set(field.name, 'too-long');
  }
  if (draft.basis === null) problems.set(BASIS_KEY, 'no-basis');
  else if (basisOf(draft) === null) problems.set(REASON_KEY, 'no-reason');
  return problems;
}

/** Keys that no CRM field can have. */
export const BASIS_KEY = ' basis';
export const REASON_KEY = ' reason';

/** How the draft is called when it is about to be lost. */
export function draftName(draft: LeadDraft): string | null {
  if (!draft.touched) return null;
  const name = ['FirstName', 'LastName'].map((key) => draft.values[key]?.trim() ?? '').filter((part) => part !== '');
  return name.join(' ') || draft.values.Company?.trim() || '';
}
