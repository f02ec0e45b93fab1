import { describe, expect, it } from 'vitest';
import { mayFill, withinForm } from '@/lib/creation/form-limits';
import { NO_LIMITS } from '@/lib/crm/selection';
import { described, describedObject } from '../../builders/description';

const CONTACT = describedObject(
  [
    described('LastName', { required: true }),
    described('FirstName'),
    described('AccountId', { type: 'reference' }),
    described('Email', { type: 'email' }),
    described('Birthdate', { type: 'date' }),
    described('Region__c', { required: true }),
  ],
  {
    object: 'contact',
    modelNames: { lastName: 'LastName', firstName: 'FirstName', accountId: 'AccountId', email: 'Email' },
  },
);
const namesOf = (limits: Parameters<typeof withinForm>[1]) => withinForm(CONTACT, limits).fields.map(({ name }) => name);

describe('a form within what the organisation allows', () => {
  it('is whole where nothing is set', () => {
    expect(withinForm(CONTACT, NO_LIMITS)).toEqual(CONTACT);
  });

  it('has the fields that are allowed, the person’s name, the Account, and what the CRM wants of every record', () => {
    const limits = { objects: null, fields: { contact: ['Birthdate'] } };
    expect(namesOf(limits)).toEqual(['LastName', 'FirstName', 'AccountId', 'Birthdate', 'Region__c']);
    expect(withinForm(CONTACT, limits).modelNames).not.toHaveProperty('email');
  });

  it('has no more than that where the list is empty', () => {
    expect(namesOf({ objects: null, fields: { contact: [] } })).toEqual(['LastName', 'FirstName', 'AccountId', 'Region__c']);
  });

  it('is not narrowed by what is set for other records', () => {
    expect(withinForm(CONTACT, { objects: null, fields: { lead: [] } })).toEqual(CONTACT);
  });

  it('goes by the name that a list has, also for a field that the CRM does not describe', () => {
    const limits = { objects: null, fields: { contact: ['Email'] } };
    expect(mayFill(CONTACT, 'Salary__c', limits)).toBe(false);
    expect(mayFill(CONTACT, 'constructor', limits)).toBe(false);
    expect(mayFill(CONTACT, 'email', limits)).toBe(false);
  });

  it('turns no Lead into a Contact where there may be none', () => {
    const lead = describedObject([described('LastName')], { convertible: true });
    expect(withinForm(lead, { objects: ['lead'], fields: {} }).convertible).toBe(false);
    expect(withinForm(lead, { objects: ['lead', 'contact'], fields: {} }).convertible).toBe(true);
  });
});
