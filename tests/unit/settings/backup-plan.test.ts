import fc from 'fast-check';
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
        from: OBJECTS.filter((one) => one !== 'lead'),
        to: OBJECTS.filter((one) => one !== 'lead' && one !== 'opportunity'),
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

  it('stores nothing that is not allowed and changes nothing that is not shown, whatever file, choice and policy there are', () => {
    const anySelection = fc
      .tuple(...OBJECTS.map(() => fc.record({ wanted: fc.boolean(), without: anyOf(['mobile', 'title']), extra: anyExtra })))
      .map(
        (each): Selection => ({
          ...defaultSelection(),
          objects: Object.fromEntries(OBJECTS.map((one, at) => [one, each[at]])) as never,
        }),
      );
    const anyLimits: fc.Arbitrary<SelectionLimits> = fc.record({
      objects: fc.option(anyOf(OBJECTS)),
      fields: fc.dictionary(fc.constantFrom(...OBJECTS), anyOf(NAMES)),
    });
    fc.assert(
      fc.property(anySelection, anySelection, anyLimits, fc.constantFrom(0.2, 0.3), (own, wanted, limits, reserve) => {
        const now = within(own, limits);
        const { changes, selection } = selectionChanges(now, { ...wanted, reserve }, limits);
        expect(selection === null).toBe(changes.every(({ held }) => held));
        if (!selection) return;
        expect(plain(within(selection, limits))).toEqual(selection);
        // What is shown as changed is all that is left between the two, and a second time only what is held is left.
        const again = selectionChanges(within(selection, limits), { ...wanted, reserve }, limits);
        expect(again.changes).toEqual(changes.filter(({ held }) => held));
        const shown = changes.filter(({ held }) => !held);
        for (const object of OBJECTS) {
          const [before, after] = [plain(now).objects[object], selection.objects[object]];
          if (!shown.some((one) => one.setting === 'objects')) expect(after.wanted).toBe(before.wanted);
          if (shown.some((one) => one.setting === 'fields' && one.object === object)) continue;
          expect({ ...after, wanted: true }).toEqual({ ...before, wanted: true });
        }
      }),
    );
  });
});

const NAMES = ['Tier__c', 'Email', 'Secret__c'] as const;
const anyOf = <T>(all: readonly T[]) => fc.subarray([...all]);
const anyExtra = anyOf(NAMES).map((names) => names.map((name) => ({ name, label: name })));
/** Without the mark of a limit, which is never stored. */
function plain(selection: Selection): Selection {
  const copy = structuredClone(selection);
  for (const object of OBJECTS) delete copy.objects[object].only;
  return copy;
}
