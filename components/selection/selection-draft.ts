import type { Requests } from '@/lib/messaging/protocol';
import { COPIED, type ObjectKind } from '../sync/object-names';

export type Selection = Requests['selection.get']['out'];
export type Scope = Selection['scope'];
export type ObjectSelection = Selection['objects'][ObjectKind];
export type ExtraField = ObjectSelection['extra'][number];
type Condition = Scope['conditions'][number];

/** A condition while it is written: it may lack its field or its values. `id` tells rows apart, and goes nowhere. */
export interface ConditionDraft extends Condition {
  id: number;
}

/** A selection while it is changed. It lives in memory only. */
export interface SelectionDraft extends Omit<Selection, 'scope'> {
  scope: Omit<Scope, 'conditions'> & { conditions: ConditionDraft[] };
}

export const MOST_CONDITIONS = 10;

export function draftOf(selection: Selection): SelectionDraft {
  const conditions = selection.scope.conditions.map((condition, id) => ({ ...condition, id }));
  return { ...selection, scope: { ...selection.scope, conditions } };
}

/** The draft as it is sent: in one order, so that two that mean the same are the same. */
export function selectionOf({ objects, scope, leaveOut, reserve }: SelectionDraft): Selection {
  return {
    objects: mapObjects((kind) => tidyObject(objects[kind])),
    scope: { owner: scope.owner, withWebsite: scope.withWebsite, conditions: scope.conditions.map(tidyCondition) },
    leaveOut: { optedOut: leaveOut.optedOut, closedTaskDays: leaveOut.closedTaskDays },
    reserve,
  };
}

/** True when saving the draft would change anything. */
export function isChanged(draft: SelectionDraft, saved: Selection): boolean {
  return JSON.stringify(selectionOf(draft)) !== JSON.stringify(selectionOf(draftOf(saved)));
}

/** True when the draft selects by other rules than what is saved. */
export function isScopeChanged(draft: SelectionDraft, saved: Selection): boolean {
  return JSON.stringify(selectionOf(draft).scope) !== JSON.stringify(selectionOf(draftOf(saved)).scope);
}

export type Problem = 'field' | 'value';

/** What conditions lack, by their id. */
export function problemsOf({ scope }: SelectionDraft): Map<number, Problem> {
  const problems = new Map<number, Problem>();
  for (const condition of scope.conditions) {
    const { field, operator, values } = tidyCondition(condition);
    if (field === '') problems.set(condition.id, 'field');
    else if (values.length === 0 && takesValues(operator) !== 'none') problems.set(condition.id, 'value');
  }
  return problems;
}

/** How many values an operator compares with. */
export function takesValues(operator: Condition['operator']): 'none' | 'one' | 'several' {
  if (operator === 'empty' || operator === 'not-empty') return 'none';
  return operator === 'is' || operator === 'is-not' ? 'several' : 'one';
}

/** The draft with one object's choice changed. */
export function withObject(draft: SelectionDraft, kind: ObjectKind, change: Partial<ObjectSelection>): SelectionDraft {
  return { ...draft, objects: { ...draft.objects, [kind]: { ...draft.objects[kind], ...change } } };
}

/** The draft with a condition more, still empty. */
export function withNewCondition(draft: SelectionDraft): SelectionDraft {
  const { conditions } = draft.scope;
  const id = 1 + Math.max(-1, ...conditions.map((condition) => condition.id));
  return withScope(draft, { conditions: [...conditions, { id, field: '', operator: 'is', values: [] }] });
}

export function withScope(draft: SelectionDraft, change: Partial<SelectionDraft['scope']>): SelectionDraft {
  return { ...draft, scope: { ...draft.scope, ...change } };
}

/** `list` with `item` in or out. */
export function toggled(list: readonly string[], item: string, wanted: boolean): string[] {
  const others = list.filter((one) => one !== item);
  return wanted ? [...others, item] : others;
}

function tidyObject({ wanted, without, extra }: ObjectSelection): ObjectSelection {
  return {
    wanted,
    without: [...new Set(without)].sort(),
    extra: extra.map(({ name, label }) => ({ name, label })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function tidyCondition({ field, operator, values }: ConditionDraft): Condition {
  const given = [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
  const amount = takesValues(operator);
  return { field, operator, values: amount === 'none' ? [] : amount === 'one' ? given.slice(0, 1) : given };
}

function mapObjects(of: (kind: ObjectKind) => ObjectSelection): Selection['objects'] {
  return Object.fromEntries(COPIED.map((kind) => [kind, of(kind)])) as Selection['objects'];
}
