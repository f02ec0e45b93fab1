import { describe, expect, it } from 'vitest';
import { placeFields } from '@/components/creation/form-layout';
import {
  draftName,
  newDraft,
  optionsOf,
  problemsOf,
  type RecordDraft,
  recordTypeOf,
  valuesOf,
  withRecordType,
  withValue,
} from '@/components/creation/record-draft';
import { NO_BASIS } from '@/components/creation/basis-draft';
import { basisOffer } from '@/lib/privacy/person-basis';
import { TEMPLATE } from '../../builders/basis';
import type { RecordForm, RecordFormField } from '@/lib/messaging/creation-protocol';

const NOBODY = { connectionId: null, tabId: null, text: null, link: null };
const draft = (rest: Partial<RecordDraft> = {}): RecordDraft => ({ ...newDraft(NOBODY), ...rest });
const field = (name: string, rest: Partial<RecordFormField> = {}): RecordFormField => ({
  name,
  label: name,
  help: null,
  type: 'text',
  required: false,
  maxLength: 80,
  digits: null,
  options: [],
  restricted: true,
  controller: null,
  references: [],
  value: '',
  source: null,
  ...rest,
});
const form = (fields: RecordFormField[], rest: Partial<RecordForm> = {}): RecordForm => ({
  connectionId: 'c1',
  crmLabel: 'CRM',
  orgName: 'Org',
  object: 'account',
  site: null,
  fields,
  short: [],
  recordTypes: [],
  names: { firstName: 'FirstName', lastName: 'LastName', name: 'Name' },
  labels: {},
  mayAssign: false,
  convertible: false,
  basis: null,
  doneStatus: null,
  ...rest,
});
const option = (value: string, ...validFor: string[]) => ({ value, label: value, validFor: validFor.length ? validFor : null });
const problems = (one: RecordForm, two: RecordDraft) => Object.fromEntries(problemsOf(one, two));

describe('what can be seen to be missing without asking', () => {
  it('is what is required and empty, or too long, and never an unticked box', () => {
    const fields = [
      field('LastName', { required: true }),
      field('Company', { required: true, value: 'Acme' }),
      field('Code', { maxLength: 3 }),
      field('Agreed', { type: 'checkbox', required: true, value: 'false' }),
    ];
    expect(problems(form(fields), draft({ values: { LastName: '  ', Code: 'long' } }))).toEqual({
      LastName: 'required',
      Code: 'too-long',
    });
  });

  it('is the legal basis of a person', () => {
    const person = form([], {
      object: 'lead',
      basis: basisOffer({ template: TEMPLATE, isTemplateRequired: false }, '2026-05-01'),
    });
    expect(problems(person, draft())).toEqual({ ' basis': 'no-basis' });
    expect(problems(person, draft({ basis: { ...NO_BASIS, kind: 'contract' } }))).toEqual({});
  });

  it.each(['account', 'opportunity', 'task'] as const)('is no legal basis of a %s', (object) =>
    expect(problems(form([], { object }), draft())).toEqual({}),
  );
});

it('sends every field, what was typed before what was prefilled', () => {
  const fields = [field('Company', { value: 'Acme' }), field('Website', { value: 'https://acme.com' })];
  expect(valuesOf(form(fields), draft({ values: { Company: '' } }))).toEqual({ Company: '', Website: 'https://acme.com' });
});

describe('a dependent picklist', () => {
  const one = form([
    field('Country', { type: 'picklist', options: [option('DE'), option('US')] }),
    field('State', { type: 'picklist', controller: 'Country', options: [option('Bavaria', 'DE'), option('Texas', 'US')] }),
    field('City', { type: 'picklist', controller: 'State', options: [option('Munich', 'Bavaria'), option('Austin', 'Texas')] }),
  ]);
  const type = (...typed: [string, string][]) => typed.reduce((now, [name, value]) => withValue(one, now, name, value), draft());
  const offered = (at: number, now: RecordDraft) => optionsOf(one, now, one.fields[at] ?? field('')).map(({ value }) => value);

  it('offers what goes with the controlling value, and nothing before that is chosen', () => {
    expect([offered(1, draft()), offered(1, type(['Country', 'DE']))]).toEqual([[], ['Bavaria']]);
  });

  it('is emptied with all that hangs on it when the controlling value is another one', () => {
    const typed = type(['Country', 'DE'], ['State', 'Bavaria'], ['City', 'Munich'], ['Country', 'US']);
    expect(typed.values).toEqual({ Country: 'US', State: '', City: '' });
  });

  it('stays as it is when the value still goes with it', () => {
    const typed = type(['Country', 'DE'], ['State', 'Bavaria'], ['Country', 'DE']);
    expect(typed.values.State).toBe('Bavaria');
  });
});

describe('a record type', () => {
  const one = form([field('Source', { type: 'picklist', value: 'Web', options: [option('Web'), option('Partner')] })], {
    recordTypes: [
      { id: 'a', label: 'A', isDefault: false, options: { Source: ['Partner'] } },
      { id: 'b', label: 'B', isDefault: true, options: {} },
    ],
  });

  it('is the default one until another is chosen, and none where there are none', () => {
    expect(recordTypeOf(one, draft())?.id).toBe('b');
    expect(recordTypeOf(one, withRecordType(one, draft(), 'a'))?.id).toBe('a');
    expect(recordTypeOf(form([]), draft())).toBeNull();
  });

  it('takes with it a default that it does not have, and what was typed', () => {
    expect(valuesOf(one, withRecordType(one, draft(), 'a'))).toEqual({ Source: '' });
    expect(valuesOf(one, withRecordType(one, draft({ values: { Source: 'Web' } }), 'a'))).toEqual({ Source: '' });
    expect(valuesOf(one, withRecordType(one, draft({ values: { Source: 'Partner' } }), 'a'))).toEqual({ Source: 'Partner' });
  });
});

describe('how drafts are called', () => {
  const one = form([field('FirstName'), field('LastName'), field('Name')]);
  const typed = (...pairs: [string, string][]) => pairs.reduce((now, [name, value]) => withValue(one, now, name, value), draft());

  it('is nothing while there is nothing to lose', () => expect(draftName({ lead: draft(), task: draft() })).toBeNull());

  it('is the person or the company in them', () => {
    expect(draftName({ lead: typed(['FirstName', 'Pia'], ['LastName', 'Castell']) })).toBe('Pia Castell');
    expect(draftName({ lead: draft({ touched: true }), account: typed(['Name', 'Acme']) })).toBe('Acme');
  });

  it('is empty when something is typed that is no name', () => expect(draftName({ lead: draft({ touched: true }) })).toBe(''));
});

it('puts two short fields side by side and keeps the order', () => {
  const fields = [
    field('First'),
    field('Last'),
    field('Alone'),
    field('Company', { maxLength: 255 }),
    field('Site', { type: 'url' }),
  ];
  expect(placeFields(fields).map(({ field: { name }, half }) => `${name}${half ? ' half' : ''}`)).toEqual([
    'First half',
    'Last half',
    'Alone',
    'Company',
    'Site',
  ]);
});
