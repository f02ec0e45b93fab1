import { describe, expect, it } from 'vitest';
import type { RawDescribedField } from '@/lib/connectors/salesforce/api-schemas';
import {
  droppedFields,
  extraFields,
  grantedFields,
  modelNameOf,
  stagesIn,
  typeOf,
  wantedFields,
} from '@/lib/connectors/salesforce/fields';
import { OBJECTS } from '@/lib/crm/records';
import { type AccountScope, defaultSelection, isNeeded } from '@/lib/crm/selection';
import { FIELD_ORDER } from '@/lib/storage/tables';

const ALL: AccountScope = { owner: 'all', withWebsite: false, conditions: [] };
const everything = { wanted: true, without: [], extra: [] };
const condition = (field: string) => ({ field, operator: 'is' as const, values: ['x'] });
const described = (name: string, type = 'string'): RawDescribedField => ({
  name,
  label: name,
  type,
  length: 1,
  createable: true,
  nillable: true,
  defaultedOnCreate: false,
  picklistValues: [],
});

describe('fields that are wanted', () => {
  it('are of those that are allowed, by Salesforce\u2019s names, and those without which nothing works', () => {
    const only = {
      wanted: true,
      without: ['title'],
      extra: [{ name: 'Rating__c', label: '' }],
      only: ['Email', 'Title', 'Rating__c'],
    };
    expect(wantedFields('contact', only, ALL)).toEqual([
      'AccountId',
      'Name',
      'Email',
      'DoNotCall',
      'HasOptedOutOfEmail',
      'Rating__c',
    ]);
  });

  it('are those of the model, all of which the copy has room for', () => {
    const { objects, scope } = defaultSelection();
    for (const object of OBJECTS) {
      const names = wantedFields(object, objects[object], scope).map((name) => modelNameOf(object, name));
      expect(names).not.toContain(null);
      expect(FIELD_ORDER[object]).toEqual(expect.arrayContaining(names));
      const needed = FIELD_ORDER[object].filter((name) => isNeeded(object, name));
      expect(names).toEqual(expect.arrayContaining(needed));
    }
  });

  it('lack what is left out, and have what is chosen beyond the model, once', () => {
    const extra = [
      { name: 'Tier__c', label: 'Tier' },
      { name: 'Website', label: 'Website' },
    ];
    const wanted = wantedFields('account', { wanted: true, without: ['phone'], extra }, ALL);
    expect(wanted).not.toContain('Phone');
    expect(wanted.filter((name) => name === 'Website')).toHaveLength(1);
    expect(wanted.at(-1)).toBe('Tier__c');
  });

  it('change with what the scope names, so that its type gets known, though that is not copied', () => {
    const scope = { ...ALL, conditions: [condition('Region__c'), condition('Name')] };
    const wanted = wantedFields('account', everything, scope);
    expect(wanted).not.toEqual(wantedFields('account', everything, ALL));
    const granted = grantedFields(wanted, [described('Name'), described('Region__c', 'double')]);
    expect(granted).toEqual({ fields: ['Name'], types: { Name: 'text', Region__c: 'number' } });
    expect(wantedFields('contact', everything, scope)).toEqual(wantedFields('contact', everything, ALL));
  });
});

describe('fields that are granted', () => {
  it('are those that the description has, in the order in which they are wanted', () => {
    const granted = grantedFields(['B', 'A', 'Hidden'], [described('A', 'boolean'), described('B', 'date'), described('C')]);
    expect(granted).toEqual({ fields: ['B', 'A'], types: { A: 'flag', B: 'day' } });
  });

  it.each([
    ['string', 'text'],
    ['picklist', 'text'],
    ['reference', 'text'],
    ['textarea', 'text'],
    ['boolean', 'flag'],
    ['date', 'day'],
    ['datetime', 'moment'],
    ['double', 'number'],
    ['currency', 'number'],
    ['percent', 'number'],
    ['int', 'number'],
    ['long', 'number'],
  ])('of the type %s are read as %s', (raw, type) => {
    expect(typeOf(raw)).toBe(type);
  });
});

describe('stages', () => {
  const stage = (value: string, active = true) => ({ value, label: value, active });

  it('of Opportunities come in the order of the description, those that are in use', () => {
    const picklistValues = [stage('New'), stage('Retired', false), stage('Won')];
    const fields = [described('Amount', 'currency'), { ...described('StageName', 'picklist'), picklistValues }];
    expect(stagesIn('opportunity', fields)).toEqual(['New', 'Won']);
    expect(stagesIn('lead', fields)).toBeUndefined();
  });

  it('are not known when the user may not see the field', () => {
    expect(stagesIn('opportunity', [described('Name')])).toBeUndefined();
  });
});

describe('fields that are dropped', () => {
  it('are called as in the model, or by their own name beyond it', () => {
    expect(droppedFields('contact', ['Name', 'MobilePhone', 'Tier__c'], ['Name', 'Email'])).toEqual(['mobile', 'Tier__c']);
    expect(droppedFields('contact', ['Name'], ['Name', 'Email'])).toEqual([]);
  });

  it('beyond the model stand apart from those of the model', () => {
    expect(extraFields('contact', ['Name', 'Tier__c', 'Fax'])).toEqual(['Tier__c', 'Fax']);
  });
});
