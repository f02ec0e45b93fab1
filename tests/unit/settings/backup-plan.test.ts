import { describe, expect, it } from 'vitest';
import { selectionChanges } from '@/entrypoints/background/backup-plan';
import { OBJECTS } from '@/lib/crm/records';
import { defaultSelection, NO_LIMITS, type Selection, type SelectionLimits, within } from '@/lib/crm/selection';

const LIMITS: SelectionLimits = {
  objects: ['account', 'contact', 'opportunity', 'task'],
  fields: { contact: ['Tier__c', 'Email'] },
};
const TIER = { name: 'Tier__c', label: 'Tier' };
const SECRET = { name: 'Secret__c', label: 'Secret' };

const here = (limits: SelectionLimits) => within(defaultSelection(), limits);
function wantedBy(change: (selection: Selection) => void): Selection {
  const selection = defaultSelection();
  change(selection);
  return selection;
}
const ofSetting = ({ changes }: ReturnType<typeof selectionChanges>, setting: string) =>
  changes.filter((one) => one.setting === setting);

describe('what a choice of a file would change', () => {
  it('is split into records that may be changed, and those that the organisation has set', () => {
    const file = wantedBy(({ objects }) => {
      objects.opportunity.wanted = false;
    });
    const plan = selectionChanges(here(LIMITS), file, LIMITS);
    expect(ofSetting(plan, 'objects')).toEqual([
      {
        setting: 'objects',
        from: ['account', 'contact', 'opportunity', 'task', 'user'].sort((a, b) => place(a) - place(b)),
        to: ['account', 'contact', 'task', 'user'].sort((a, b) => place(a) - place(b)),
        held: false,
      },
      { setting: 'objects', from: [], to: ['lead'], held: true },
    ]);
    expect(plan.selection?.objects).toMatchObject({
      lead: { wanted: false },
      opportunity: { wanted: false },
      task: { wanted: true },
    });
  });

  it('is split into fields that may be copied, and those that the organisation does not allow', () => {
    const file = wantedBy(({ objects }) => {
      objects.contact.without = ['mobile'];
      objects.contact.extra = [TIER, SECRET];
    });
    const plan = selectionChanges(here(LIMITS), file, LIMITS);
    const nothing = { leftOut: [], copiedAgain: [], added: [], dropped: [] };
    expect(ofSetting(plan, 'fields')).toEqual([
      { setting: 'fields', object: 'contact', ...nothing, leftOut: ['mobile'], added: ['Tier__c'], held: false },
      { setting: 'fields', object: 'contact', ...nothing, added: ['Secret__c'], held: true },
    ]);
    expect(plan.selection?.objects.contact).toEqual({ wanted: true, without: ['mobile'], extra: [TIER] });
  });

  it('is stored as nothing at all when all of it is held', () => {
    const file = wantedBy(({ objects }) => {
      objects.contact.extra = [SECRET];
    });
    const plan = selectionChanges(here(LIMITS), file, LIMITS);
    expect(plan.changes.map(({ held }) => held)).toEqual([true, true]);
    expect(plan.selection).toBeNull();
  });

  it('leaves what is held as it was when something else is changed, and stores nothing that is not allowed', () => {
    const file = wantedBy((selection) => {
      selection.reserve = 0.3;
      selection.objects.contact.extra = [SECRET];
    });
    const now = here(LIMITS);
    const { selection } = selectionChanges(now, file, LIMITS);
    expect(selection?.reserve).toBe(0.3);
    for (const object of OBJECTS) {
      const { wanted, without, extra } = now.objects[object];
      expect(selection?.objects[object], object).toEqual({ wanted, without, extra });
    }
    // What is stored would hold on the day on which the organisation allows more.
    expect(within(selection ?? now, NO_LIMITS)).toEqual(selection);
  });

  it('deletes no records of a kind whose choice is not shown as changed', () => {
    const narrow: SelectionLimits = { objects: ['account'], fields: {} };
    const file = wantedBy((selection) => {
      selection.reserve = 0.3;
    });
    const plan = selectionChanges(here(narrow), file, narrow);
    expect(plan.changes).toEqual([
      { setting: 'objects', from: [], to: OBJECTS.filter((one) => !['user', 'account'].includes(one)), held: true },
      { setting: 'reserve', from: 0.2, to: 0.3, held: false },
    ]);
  });

  it('gives a further field that is copied already no other label unseen', () => {
    const now = within(
      wantedBy(({ objects }) => {
        objects.contact.extra = [TIER];
      }),
      NO_LIMITS,
    );
    const file = wantedBy(({ objects }) => {
      objects.contact.without = ['mobile'];
      objects.contact.extra = [{ ...TIER, label: 'Call me now' }];
    });
    expect(selectionChanges(now, file, NO_LIMITS).selection?.objects.contact.extra).toEqual([TIER]);
  });
});

const place = (object: string) => OBJECTS.indexOf(object as (typeof OBJECTS)[number]);
