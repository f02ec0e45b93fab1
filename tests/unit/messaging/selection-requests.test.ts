import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import { type AccountScope, defaultSelection, OPERATORS, type Selection } from '@/lib/crm/selection';
import { REQUEST_SCHEMAS } from '@/lib/messaging/schemas';

const condition = { field: 'BillingCountry', operator: 'is', values: ['Germany'] };
const scope = (change: object = {}) => ({ owner: 'all', withWebsite: false, conditions: [], ...change });
const withCondition = (change: object) => scope({ conditions: [{ ...condition, ...change }] });
const preview = (of: unknown) => REQUEST_SCHEMAS['selection.preview'].safeParse({ connectionId: 'c1', scope: of }).success;
const save = (of: unknown) => REQUEST_SCHEMAS['selection.save'].safeParse({ connectionId: 'c1', selection: of }).success;
const changed = (change: (selection: Selection) => unknown) => {
  const selection = defaultSelection();
  change(selection);
  return selection;
};

describe('requests about the selection', () => {
  it('may name every object there is, and no other', () => {
    const fits = (object: string) => REQUEST_SCHEMAS['sync.held'].safeParse({ connectionId: 'c1', object }).success;
    expect(OBJECTS.filter((object) => !fits(object))).toEqual([]);
    expect(['cases', 'constructor', ''].filter(fits)).toEqual([]);
  });

  it('may answer keep or remove, and nothing else', () => {
    const fits = (answer: unknown) =>
      REQUEST_SCHEMAS['sync.answer'].safeParse({ connectionId: 'c1', object: 'lead', answer }).success;
    expect([fits('keep'), fits('remove'), fits(null), fits('later')]).toEqual([true, true, false, false]);
  });

  it('may carry the selection of the beginning, and one with everything in it', () => {
    expect(save(defaultSelection())).toBe(true);
    const full = changed((selection) => {
      selection.objects.lead.wanted = false;
      selection.objects.contact.without = ['mobile', 'emailOptOut'];
      selection.objects.account.extra = [{ name: 'Region__c', label: 'Region (“EMEA”)' }];
      selection.scope = {
        owner: 'mine',
        withWebsite: true,
        conditions: OPERATORS.map((operator) => ({ field: 'Owner.Name', operator, values: ['O’Neill', ''] })),
      };
      selection.reserve = 0.9;
    });
    expect(save(full)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['an unknown owner', scope({ owner: 'theirs' })],
    ['text for a choice', scope({ withWebsite: 'yes' })],
    ['an unknown operator', withCondition({ operator: 'like' })],
    ['an operator named like a property of every object', withCondition({ operator: 'toString' })],
    ['a query in place of a field', withCondition({ field: "Name = 'x' OR Name" })],
    ['a line break in a field', withCondition({ field: 'Name\n' })],
    ['an empty field', withCondition({ field: '' })],
    ['a field of a megabyte', withCondition({ field: 'x'.repeat(1_000_000) })],
    ['a value of a megabyte', withCondition({ values: ['x'.repeat(1_000_000)] })],
    ['more values than a list has', withCondition({ values: Array.from({ length: 251 }, String) })],
    ['a number for a value', withCondition({ values: [7] })],
    ['more than ten conditions', scope({ conditions: Array.from({ length: 11 }, () => condition) })],
    ['more in a condition than there is', withCondition({ raw: 'x' })],
    ['more in a scope than there is', scope({ soql: 'x' })],
  ])('may not ask for a preview with %s', (_, of) => {
    expect(preview(of)).toBe(false);
    expect(save(changed((selection) => Object.assign(selection, { scope: of as AccountScope })))).toBe(false);
  });

  it.each<[string, unknown]>([
    ['without an object', changed(({ objects }) => Reflect.deleteProperty(objects, 'task'))],
    ['with an object too many', changed(({ objects }) => Object.assign(objects, { case: objects.lead }))],
    [
      'with a field that is no name',
      changed(({ objects }) => objects.lead.extra.push({ name: '(SELECT Id FROM X)', label: 'X' })),
    ],
    [
      'with a thousand fields',
      changed(({ objects }) =>
        Object.assign(objects.lead, { extra: Array.from({ length: 1000 }, (_, n) => ({ name: `F${n}`, label: '' })) }),
      ),
    ],
    [
      'with a label of a megabyte',
      changed(({ objects }) => objects.lead.extra.push({ name: 'F', label: 'x'.repeat(1_000_000) })),
    ],
    ['that leaves nothing to syncs', changed((selection) => Object.assign(selection, { reserve: 1 }))],
    ['with a reserve below nothing', changed((selection) => Object.assign(selection, { reserve: -0.1 }))],
    ['with a reserve that is no number', changed((selection) => Object.assign(selection, { reserve: Number.NaN }))],
  ])('may not save a selection %s', (_, selection) => {
    expect(save(selection)).toBe(false);
  });

  it('lets an own __proto__ through nowhere', () => {
    const evil = JSON.parse('{"owner":"all","withWebsite":false,"conditions":[],"__proto__":{"owner":"mine"}}');
    expect(preview(evil)).toBe(false);
  });
});
