import { describe, expect, it } from 'vitest';
import { formFields, recordName, shortNames } from '@/lib/creation/record-form';
import { described, describedObject } from '../../builders/description';

const LEAD = describedObject(
  [
    described('Email', { type: 'email', short: true, maxLength: 80 }),
    described('Fax'),
    described('Region__c', { required: true }),
    described('LastName', { required: true, short: true, maxLength: 5 }),
    described('Budget__c', { type: 'number', defaultValue: '1500.5' }),
    described('FirstName', { short: true }),
  ],
  { modelNames: { firstName: 'FirstName', lastName: 'LastName', email: 'Email' } },
);

describe('the short form', () => {
  it('has the usual fields in the order people fill them in, and behind them what else this CRM requires', () => {
    expect(shortNames(LEAD, null)).toEqual(['FirstName', 'LastName', 'Email', 'Region__c']);
  });

  it('has what the user has chosen, in that order, and never lacks what is required', () => {
    expect(shortNames(LEAD, ['Fax', 'LastName'])).toEqual(['Fax', 'LastName', 'Region__c']);
  });

  it('forgets a chosen field that the CRM has no more', () => {
    expect(shortNames(LEAD, ['Gone__c', 'Fax'])).toEqual(['Fax', 'Region__c', 'LastName']);
  });

  it('of a choice of nothing has only what is required', () => {
    expect(shortNames(LEAD, [])).toEqual(['Region__c', 'LastName']);
  });
});

describe('the fields of a form', () => {
  const fields = (locale = 'en') => formFields(LEAD, shortNames(LEAD, null), locale);
  const field = (name: string, locale?: string) => fields(locale).find((one) => one.name === name);

  it('are all of them, the short ones first', () => {
    expect(fields().map(({ name }) => name)).toEqual(['FirstName', 'LastName', 'Email', 'Region__c', 'Fax', 'Budget__c']);
  });

  it('come with the CRM’s default, written as the user writes numbers, from nowhere', () => {
    expect(field('Budget__c', 'de')).toMatchObject({ value: '1500,5', source: null });
  });
});

describe('what a record is called', () => {
  it.each([
    [{ FirstName: ' Pia', LastName: 'Castell ' }, 'Pia Castell'],
    [{ LastName: 'Castell' }, 'Castell'],
    [{}, ''],
  ])('%o: "%s"', (typed, name) => expect(recordName(LEAD, typed)).toBe(name));
});
