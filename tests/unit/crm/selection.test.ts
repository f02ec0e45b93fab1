import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import { defaultSelection, isNeeded, NO_LIMITS, type Selection, sound, within } from '@/lib/crm/selection';
import { FIELD_ORDER } from '@/lib/storage/tables';

const changed = (change: (selection: Selection) => void) => {
  const selection = defaultSelection();
  change(selection);
  return sound(selection);
};

describe('a selection', () => {
  it('is everything that the views show, of all that the user may see, with a fifth of the calls left to others', () => {
    const { objects, scope, reserve } = defaultSelection();
    for (const object of OBJECTS) expect(objects[object]).toEqual({ wanted: true, without: [], extra: [] });
    expect(scope).toEqual({ owner: 'all', withWebsite: false, conditions: [] });
    expect(reserve).toBe(0.2);
  });

  it('is a new one each time it is asked for', () => {
    defaultSelection().objects.lead.without.push('phone');
    expect(defaultSelection().objects.lead.without).toEqual([]);
  });

  it('is sound as it is', () => {
    expect(sound(defaultSelection())).toEqual(defaultSelection());
  });
});

describe('a selection that is made sound', () => {
  it('always has users and Accounts, and of others those that are wanted', () => {
    const { objects } = changed((selection) => {
      for (const object of OBJECTS) selection.objects[object].wanted = false;
    });
    for (const object of OBJECTS) expect(objects[object].wanted).toBe(object === 'user' || object === 'account');
  });

  it('never leaves out what people have objected to', () => {
    for (const object of ['contact', 'lead'] as const) {
      const { objects } = changed((selection) => {
        selection.objects[object].without = ['doNotCall', 'emailOptOut', 'email'];
      });
      expect(objects[object].without).toEqual(['email']);
    }
  });

  it.each(OBJECTS)('never leaves out what is needed of %s', (object) => {
    const { objects } = changed((selection) => {
      selection.objects[object].without = [...FIELD_ORDER[object]];
    });
    const { without } = objects[object];
    expect(without.some((field) => isNeeded(object, field))).toBe(false);
    expect([...without, ...FIELD_ORDER[object].filter((field) => isNeeded(object, field))].sort()).toEqual(
      [...FIELD_ORDER[object]].sort(),
    );
  });

  it('names everything once and in one order, so that the same choice is the same text', () => {
    const { objects } = changed((selection) => {
      selection.objects.contact.without = ['phone', 'email', 'phone'];
      selection.objects.contact.extra = [
        { name: 'B__c', label: 'B' },
        { name: 'A__c', label: 'A' },
        { name: 'B__c', label: 'B, renamed' },
      ];
    });
    expect(objects.contact.without).toEqual(['email', 'phone']);
    expect(objects.contact.extra).toEqual([
      { name: 'A__c', label: 'A' },
      { name: 'B__c', label: 'B, renamed' },
    ]);
  });

  it.each([
    [-1, 0],
    [0, 0],
    [0.35, 0.35],
    [0.9, 0.9],
    [1, 0.9],
  ])('leaves a share of the calls alone that is possible: %f becomes %f', (reserve, possible) => {
    expect(sound({ ...defaultSelection(), reserve }).reserve).toBe(possible);
  });

  it('does not change the one that it was made of', () => {
    const selection = defaultSelection();
    selection.objects.lead.without = ['name'];
    sound(selection);
    expect(selection.objects.lead.without).toEqual(['name']);
  });
});

describe('a selection within what the organisation allows', () => {
  it('is itself where nothing is limited', () => {
    expect(within(defaultSelection(), NO_LIMITS)).toEqual(sound(defaultSelection()));
  });

  it('has the allowed kinds alone, and those without which nothing works', () => {
    const { objects } = within(defaultSelection(), { objects: ['contact'], fields: {} });
    expect(OBJECTS.filter((object) => objects[object].wanted)).toEqual(['user', 'account', 'contact']);
  });

  it('does not bring back what the user has left out', () => {
    const chosen = defaultSelection();
    chosen.objects.lead.wanted = false;
    expect(within(chosen, { objects: ['lead'], fields: {} }).objects.lead.wanted).toBe(false);
  });

  it('names the allowed fields, and drops further ones that are not among them', () => {
    const chosen = defaultSelection();
    chosen.objects.contact.extra = [
      { name: 'Rating__c', label: 'Rating' },
      { name: 'Salary__c', label: 'Salary' },
    ];
    const { contact, lead } = within(chosen, { objects: null, fields: { contact: ['Email', 'Rating__c'] } }).objects;
    expect(contact).toMatchObject({ only: ['Email', 'Rating__c'], extra: [{ name: 'Rating__c', label: 'Rating' }] });
    expect(lead.only).toBeUndefined();
  });
});
