/** What the org's administrators set up for saving: validation rules, duplicate rules, lead assignment. */
import type { Row, Value } from '../org/table.ts';

interface ValidationRule {
  object: string;
  /** The field the error is shown at. */
  field: string;
  message: string;
  /** Whether the record is refused. */
  refuses(row: Readonly<Record<string, Value>>): boolean;
}

export interface DuplicateRule {
  name: string;
  /** Whose saves it looks at. */
  object: string;
  /** What it looks for matches in. */
  against: readonly { object: string; matchRule: string }[];
  /** `alert` lets a save through that says so, `block` never does, `report` never stops one. */
  action: 'alert' | 'block' | 'report';
  message: string;
  matches(candidate: Readonly<Record<string, Value>>, existing: Row): boolean;
}

export interface SaveRules {
  validation: ValidationRule[];
  duplicates: DuplicateRule[];
  /**
   * Whom the active assignment rule gives new leads to; undefined for no rule. It applies unless the client says
   * `Sforce-Auto-Assign: FALSE`, even over an owner it named.
   */
  leadsGoTo: string | undefined;
}

const sameEmail: DuplicateRule['matches'] = (candidate, existing) =>
  typeof candidate.Email === 'string' && candidate.Email.toLowerCase() === String(existing.Email ?? '').toLowerCase();

const PEOPLE = [
  { object: 'Contact', matchRule: 'Standard_Contact_Match_Rule_v1_1' },
  { object: 'Lead', matchRule: 'Standard_Lead_Match_Rule_v1_0' },
];

/** What the org with record types of its own checks besides. */
export const BUDGET_CODE: ValidationRule = {
  object: 'Opportunity',
  field: 'Budget_Code__c',
  message: 'A budget code is a B, a hyphen and a number, as B-27',
  refuses: ({ Budget_Code__c: code }) => typeof code === 'string' && !/^B-\d+$/.test(code),
};

/** One validation rule, and the standard duplicate rules for people reduced to "same e-mail address". */
export const defaultRules = (): SaveRules => ({
  validation: [
    {
      object: 'Lead',
      field: 'Phone',
      message: 'A phone number may only hold digits, spaces and ( ) + -',
      refuses: (row) => typeof row.Phone === 'string' && !/^[\d()+\- ]*$/.test(row.Phone),
    },
  ],
  duplicates: ['Contact', 'Lead'].map((object) => ({
    name: `Standard_${object}_Duplicate_Rule`,
    object,
    against: PEOPLE,
    action: 'alert',
    message: 'Use one of these records?',
    matches: sameEmail,
  })),
  leadsGoTo: undefined,
});
