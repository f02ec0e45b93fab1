import type { CreatableObject, FormLink, RecordForm, RecordFormField, RecordType } from '@/lib/messaging/creation-protocol';
import { offeredOptions } from '@/lib/shared/picklist';
import { type BasisDraft, basisProblem, type BasisProblem, NO_BASIS } from './basis-draft';

/** What a form was opened for: the tab's company, a text, or a record that the new one belongs to. */
export interface Occasion {
  connectionId: string | null;
  tabId: number | null;
  text: string | null;
  link: FormLink | null;
}

/** What is typed into a form and not sent yet. It is kept by whoever shows the form, so that it survives going back and forth. */
export interface RecordDraft {
  /** Names the record on its way, so that a second press never makes a second one. */
  draftId: string;
  occasion: Occasion;
  /** What was typed, by field name; a field that was left alone is not in it. */
  values: Record<string, string>;
  /** What the records are called that were chosen for reference fields, by field name. */
  labels: Record<string, string>;
  /** Undefined: not chosen, the default of the form counts. */
  recordTypeId: string | undefined;
  basis: BasisDraft;
  assign: boolean;
  /** True once the user has changed something: only then is there anything to lose. */
  touched: boolean;
  /** What the record would be called. */
  name: string;
}

/** One draft for each object: who begins a task in the middle of a contact finds the contact again. */
export type Drafts = Partial<Record<CreatableObject, RecordDraft>>;

export function newDraft(occasion: Occasion): RecordDraft {
  return {
    draftId: crypto.randomUUID(),
    occasion,
    values: {},
    labels: {},
    recordTypeId: undefined,
    basis: NO_BASIS,
    assign: false,
    touched: false,
    name: '',
  };
}

export type Problem = 'required' | 'too-long' | BasisProblem;

/** A key that no CRM field can have. */
export const BASIS_KEY = ' basis';

/** The record type of the form: the chosen one, else the default. Null when there is nothing to choose. */
export function recordTypeOf({ recordTypes }: RecordForm, { recordTypeId }: RecordDraft): RecordType | null {
  const chosen = recordTypes.find(({ id }) => id === recordTypeId);
  return chosen ?? recordTypes.find(({ isDefault }) => isDefault) ?? recordTypes[0] ?? null;
}

/** The value of a field: what was typed, else what the form came with, as far as it can be chosen now. */
export function typedValue(form: RecordForm, draft: RecordDraft, field: RecordFormField): string {
  const typed = Object.hasOwn(draft.values, field.name) ? draft.values[field.name] : undefined;
  if (typed !== undefined) return typed;
  const isOpen = field.type !== 'picklist' || !field.restricted || field.value === '';
  if (isOpen) return field.value;
  return optionsOf(form, draft, field).some(({ value }) => value === field.value) ? field.value : '';
}

/** The options of a picklist as things stand. */
export function optionsOf(form: RecordForm, draft: RecordDraft, field: RecordFormField): RecordFormField['options'] {
  const controller = form.fields.find(({ name }) => name === field.controller);
  // A controlling field that this user does not see is as good as empty, and ends the chain.
  const values = controller ? { [controller.name]: typedValue(form, draft, controller) } : {};
  return offeredOptions(field, recordTypeOf(form, draft), values);
}

/** Every field's value, as it is sent. */
export function valuesOf(form: RecordForm, draft: RecordDraft): Record<string, string> {
  return Object.fromEntries(form.fields.map((field) => [field.name, typedValue(form, draft, field)]));
}

/** `draft` with something else typed. Dependent picklists whose value no longer goes with it are emptied. */
export function withValue(form: RecordForm, draft: RecordDraft, name: string, value: string): RecordDraft {
  const typed = { ...draft, values: { ...draft.values, [name]: value }, touched: true };
  return draftNamed(form, withoutStale(form, typed));
}

/** `draft` with another record type. What it does not offer is emptied. */
export function withRecordType(form: RecordForm, draft: RecordDraft, recordTypeId: string): RecordDraft {
  return withoutStale(form, { ...draft, recordTypeId, touched: true });
}

function withoutStale(form: RecordForm, draft: RecordDraft): RecordDraft {
  const stale = form.fields.filter((field) => {
    if (field.type !== 'picklist' || !field.restricted) return false;
    const value = typedValue(form, draft, field);
    return value !== '' && !optionsOf(form, draft, field).some((option) => option.value === value);
  });
  if (stale.length === 0) return draft;
  const emptied = Object.fromEntries(stale.map(({ name }) => [name, '']));
  // What hangs on an emptied one may be stale now too; each round empties at least one, so that it ends.
  return withoutStale(form, { ...draft, values: { ...draft.values, ...emptied } });
}

/** `draft` with what the record would be called. */
export function draftNamed({ names, fields }: RecordForm, draft: RecordDraft): RecordDraft {
  const text = (model: string) => {
    const field = fields.find(({ name }) => name === names[model]);
    return field ? (draft.values[field.name] ?? field.value).trim() : '';
  };
  const person = [text('firstName'), text('lastName')].filter((part) => part !== '').join(' ');
  return { ...draft, name: person || text('subject') || text('name') || text('company') };
}

/** What can be seen to be missing without asking, by field name; `BASIS_KEY` stands for the legal basis. */
export function problemsOf(form: RecordForm, draft: RecordDraft): Map<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const field of form.fields) {
    const value = typedValue(form, draft, field);
    // An unticked box is an answer.
    if (field.required && field.type !== 'checkbox' && value.trim() === '') problems.set(field.name, 'required');
    else if (field.maxLength !== null && value.trim().length > field.maxLength) problems.set(field.name, 'too-long');
  }
  const basis = form.basis ? basisProblem(draft.basis, form.basis, form.basis.today) : null;
  if (basis) problems.set(BASIS_KEY, basis);
  return problems;
}

/** How the drafts are called when they are about to be lost: the first that has a name, `''` when none has, null when there are none. */
export function draftName(drafts: Drafts): string | null {
  const touched = Object.values(drafts).filter((draft) => draft.touched);
  return touched.length === 0 ? null : (touched.find(({ name }) => name !== '')?.name ?? '');
}
