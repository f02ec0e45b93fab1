import { describe, expect, it } from 'vitest';
import type { Selection } from '@/components/selection/selection-draft';

const {
  draftOf,
  isChanged,
  isScopeChanged,
  MOST_CONDITIONS,
  problemsOf,
  selectionOf,
  toggled,
  withNewCondition,
  withObject,
  withScope,
} = await import('@/components/selection/selection-draft');

const whole = () => ({ wanted: true, without: [], extra: [] });
const SAVED: Selection = {
  objects: {
    account: { wanted: true, without: ['type', 'currency'], extra: [{ name: 'Tier__c', label: 'Tier' }] },
    user: whole(),
    contact: whole(),
    lead: { wanted: false, without: [], extra: [] },
    opportunity: whole(),
    task: whole(),
  },
  scope: {
    owner: 'mine',
    withWebsite: true,
    conditions: [
      { field: 'Industry', operator: 'is', values: ['Energy', 'Retail'] },
      { field: 'ParentId', operator: 'empty', values: [] },
    ],
  },
  leaveOut: { optedOut: false, closedTaskDays: 365 },
  reserve: 0.2,
};
const condition = (rest: Partial<(typeof SAVED.scope.conditions)[number]> = {}, id = 0) => ({
  id,
  field: 'Industry',
  operator: 'is' as const,
  values: ['Energy'],
  ...rest,
});
const withConditions = (...conditions: ReturnType<typeof condition>[]) => withScope(draftOf(SAVED), { conditions });

describe('a draft of what is saved', () => {
  it('is what is saved, and changes nothing', () => {
    const draft = draftOf(SAVED);
    expect(selectionOf(draft).scope).toEqual(SAVED.scope);
    expect(selectionOf(draft).objects.account.without).toEqual(['currency', 'type']);
    expect(isChanged(draft, SAVED)).toBe(false);
    expect(isScopeChanged(draft, SAVED)).toBe(false);
  });

  it('is unchanged again when a choice is taken back, in whatever order', () => {
    const { without } = SAVED.objects.account;
    const once = toggled(without, 'type', false);
    expect(isChanged(withObject(draftOf(SAVED), 'account', { without: once }), SAVED)).toBe(true);
    expect(isChanged(withObject(draftOf(SAVED), 'account', { without: toggled(once, 'type', true) }), SAVED)).toBe(false);
  });

  it('never changes what it was made of', () => {
    const before = structuredClone(SAVED);
    withObject(draftOf(SAVED), 'account', { wanted: false });
    withNewCondition(draftOf(SAVED));
    selectionOf(draftOf(SAVED));
    expect(SAVED).toEqual(before);
  });
});

describe('what counts as a change', () => {
  it('is another reserve, but not another rule for Accounts', () => {
    const draft = { ...draftOf(SAVED), reserve: 0.5 };
    expect(isChanged(draft, SAVED)).toBe(true);
    expect(isScopeChanged(draft, SAVED)).toBe(false);
  });

  it('is a row that was added, even while it is empty', () => {
    expect(isChanged(withNewCondition(draftOf(SAVED)), SAVED)).toBe(true);
  });

  it('is not an empty value behind the others', () => {
    const [first, second] = draftOf(SAVED).scope.conditions;
    const draft = withScope(draftOf(SAVED), {
      conditions: [first, second].flatMap((one, at) => (one ? [at === 0 ? { ...one, values: [...one.values, ' '] } : one] : [])),
    });
    expect(isChanged(draft, SAVED)).toBe(false);
  });
});

describe('conditions as they are sent', () => {
  it('carry each value once, without the spaces around it, and no id', () => {
    const { scope } = selectionOf(withConditions(condition({ values: [' Energy ', 'Energy', '', 'Retail'] }, 7)));
    expect(scope.conditions).toEqual([{ field: 'Industry', operator: 'is', values: ['Energy', 'Retail'] }]);
  });

  it('carry no more values than their operator takes', () => {
    const values = ['a', 'b'];
    const { scope } = selectionOf(
      withConditions(condition({ operator: 'contains', values }), condition({ operator: 'not-empty', values })),
    );
    expect(scope.conditions.map((one) => one.values)).toEqual([['a'], []]);
  });
});

describe('what is missing', () => {
  it.each([
    ['a field', condition({ field: '' }), 'field'],
    ['a value', condition({ values: [' '] }), 'value'],
    ['nothing when it is whole', condition(), undefined],
    ['nothing when it compares with nothing', condition({ operator: 'empty', values: [] }), undefined],
  ])('is %s', (_, given, problem) => {
    expect(problemsOf(withConditions(given)).get(given.id)).toBe(problem);
  });
});

it('gives every new row an id of its own, also after one was removed', () => {
  let draft = withConditions();
  for (let round = 0; round < MOST_CONDITIONS; round += 1) {
    draft = withNewCondition(draft);
    if (round === 3) draft = withScope(draft, { conditions: draft.scope.conditions.slice(1) });
  }
  const ids = draft.scope.conditions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
