import type { ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import type { Row } from '../../sandbox-crm/org/table.ts';
import type { Choice } from './sequence';
import { nth } from './small-org';

/** What the user has chosen to copy: as the extension keeps it, and as a plain test of a row. */
export interface Choices {
  selection(): Selection;
  make(choice: Choice): void;
  wanted(object: ObjectKind): boolean;
  leavesOut(object: ObjectKind, field: string): boolean;
  extra(object: ObjectKind): readonly string[];
  choosesAccount(row: Row, userId: string): boolean;
  readonly choosesAll: boolean;
  readonly onlyMine: boolean;
}

/** Fields that may be left out or asked for beyond the model, and fields that the user may lose the right to. */
const LEAVABLE: readonly [ObjectKind, string][] = [
  ['account', 'phone'],
  ['contact', 'title'],
  ['lead', 'company'],
  ['opportunity', 'amount'],
  ['task', 'subject'],
];
const EXTRA: readonly [ObjectKind, string][] = [
  ['account', 'NumberOfEmployees'],
  ['contact', 'LastName'],
  ['lead', 'LastName'],
  ['opportunity', 'ForecastCategory'],
  ['task', 'TaskSubtype'],
];
const LOSABLE: readonly [string, string][] = [
  ['Account', 'Phone'],
  ['Contact', 'Title'],
  ['Lead', 'Company'],
  ['Opportunity', 'Amount'],
  ['Task', 'Subject'],
];

type Scope = (Choice & { of: 'scope' })['scope'];

const SCOPES: Record<Scope, Selection['scope']> = {
  all: { owner: 'all', withWebsite: false, conditions: [] },
  mine: { owner: 'mine', withWebsite: false, conditions: [] },
  website: { owner: 'all', withWebsite: true, conditions: [] },
  industry: {
    owner: 'all',
    withWebsite: false,
    conditions: [{ field: 'Industry', operator: 'is', values: ['Energy', 'Banking'] }],
  },
  name: { owner: 'all', withWebsite: false, conditions: [{ field: 'Name', operator: 'contains', values: ['new'] }] },
};

export function createChoices(): Choices {
  let scope: Scope = 'all';
  const unwanted = new Set<ObjectKind>();
  const left = new Set<number>();
  const asked = new Set<number>();
  const toggle = <T>(set: Set<T>, value: T, isIn: boolean) => (isIn ? set.add(value) : set.delete(value));
  const among = (list: readonly [ObjectKind, string][], chosen: ReadonlySet<number>, object: ObjectKind) =>
    list.flatMap(([of, field], index) => (of === object && chosen.has(index) ? [field] : []));

  return {
    make(choice) {
      if (choice.of === 'object') toggle(unwanted, choice.object, !choice.wanted);
      else if (choice.of === 'scope') scope = choice.scope;
      else if (choice.of === 'without') toggle(left, choice.field % LEAVABLE.length, choice.left);
      else toggle(asked, choice.field % EXTRA.length, choice.asked);
    },
    selection() {
      const selection = defaultSelection();
      for (const [name, one] of Object.entries(selection.objects) as [ObjectKind, Selection['objects'][ObjectKind]][]) {
        one.wanted = !unwanted.has(name);
        one.without = among(LEAVABLE, left, name);
        one.extra = among(EXTRA, asked, name).map((field) => ({ name: field, label: field }));
      }
      return { ...selection, scope: SCOPES[scope] };
    },
    wanted: (object) => !unwanted.has(object),
    leavesOut: (object, field) => among(LEAVABLE, left, object).includes(field),
    extra: (object) => among(EXTRA, asked, object),
    choosesAccount(row, userId) {
      if (scope === 'mine') return row.OwnerId === userId;
      if (scope === 'website') return row.Website != null;
      if (scope === 'industry') return row.Industry === 'Energy' || row.Industry === 'Banking';
      return scope === 'all' || String(row.Name).includes('new');
    },
    get choosesAll() {
      return scope === 'all';
    },
    get onlyMine() {
      return scope === 'mine';
    },
  };
}

/** The n-th field whose right may be lost. */
export const losable = (at: number): [string, string] => nth(LOSABLE, at) ?? ['Account', 'Phone'];
