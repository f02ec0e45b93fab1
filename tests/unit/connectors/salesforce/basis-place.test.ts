import { describe, expect, it } from 'vitest';
import { objectDescribe, type RawDescribedField } from '@/lib/connectors/salesforce/api-schemas';
import { basisPlaceOf } from '@/lib/connectors/salesforce/basis-place';

/** A field of a description: a text that may be filled, unless the test says otherwise. */
function raw(name: string, more: Partial<RawDescribedField> = {}): RawDescribedField {
  const field = {
    ...{ name, label: name, type: 'string', length: 255, createable: true, nillable: true },
    ...{ defaultedOnCreate: false, picklistValues: [] },
    ...more,
  };
  return objectDescribe.parse({ name: 'Lead', createable: true, fields: [field] }).fields[0] as RawDescribedField;
}
const choices = (name: string, ...values: string[]) =>
  raw(name, { type: 'picklist', picklistValues: values.map((value) => ({ value, active: true, label: value, validFor: null })) });
const place = (...fields: RawDescribedField[]) => basisPlaceOf('lead', fields);

describe('where an organisation keeps the legal basis of a person', () => {
  it('is nowhere of its own in most', () => {
    expect(place(raw('LastName'), raw('Description'))).toEqual({ kind: null, note: null, day: null, person: null });
  });

  it.each(['account', 'opportunity', 'task'] as const)('is not asked of %s, which is no person', (object) => {
    expect(basisPlaceOf(object, [raw('Legal_Basis__c')])).toBeNull();
  });

  it.each(['Legal_Basis__c', 'GDPR_Legal_Basis__c', 'LegalBasis__c', 'acme__GDPR_Legal_Basis__c', 'DSGVO_Rechtsgrundlage__c'])(
    'is a field of its own by its name: %s',
    (name) => {
      expect(place(raw(name))?.kind).toMatchObject({ field: name, values: { consent: 'Art. 6(1)(a) GDPR' } });
    },
  );

  it.each(['Legal_Basis', 'Illegal_Basis__c', 'Legal_Basis_Old__c'])('is no field that is only like it: %s', (name) => {
    expect(place(raw(name))?.kind).toBeNull();
  });

  it.each([
    [
      ['Consent', 'Contract', 'Legitimate Interest'],
      ['Consent', 'Contract', 'Legitimate Interest'],
    ],
    [
      ['Einwilligung', 'Vertrag', 'Berechtigtes Interesse', 'Keine Einwilligung'],
      ['Einwilligung', 'Vertrag', 'Berechtigtes Interesse'],
    ],
    [
      ['Art. 6 Abs. 1 lit. f', 'Art. 6 Abs. 1 lit. b', 'Art. 6 Abs. 1 lit. a'],
      ['Art. 6 Abs. 1 lit. a', 'Art. 6 Abs. 1 lit. b', 'Art. 6 Abs. 1 lit. f'],
    ],
    [
      ['6(1)(a)', '6(1)(b)', '6(1)(c)', '6(1)(f)'],
      ['6(1)(a)', '6(1)(b)', '6(1)(f)'],
    ],
    [
      ['Consent withdrawn', 'Consent', 'Contract', 'Legitimate interest'],
      ['Consent', 'Contract', 'Legitimate interest'],
    ],
  ])('says it by the values of its list: %j', (values, [consent, contract, legitimate]) => {
    expect(place(choices('Legal_Basis__c', ...values))?.kind?.values).toMatchObject({
      consent,
      contract,
      'legitimate-interest': legitimate,
    });
  });

  it.each<[string, string[]]>([
    ['has none for one of them', ['Consent', 'Contract']],
    ['has two for one of them', ['Consent', 'Contract', 'Legitimate interest: customer', 'Legitimate interest: prospect']],
  ])('is not a list that %s: it would say something that nobody has said', (_, values) => {
    expect(place(choices('Legal_Basis__c', ...values))?.kind).toBeNull();
  });

  it('is not a list whose values depend on another one', () => {
    const list = { ...choices('Legal_Basis__c', 'Consent', 'Contract', 'Legitimate interest'), controllerName: 'Country__c' };
    expect(place(list)?.kind).toBeNull();
  });

  it('has its words in a field that takes all of them', () => {
    expect(place(raw('GDPR_LIA__c', { type: 'textarea', length: 32_000 }))?.note).toEqual({
      field: 'GDPR_LIA__c',
      maxLength: 32_000,
    });
    expect(place(raw('GDPR_LIA__c', { type: 'textarea', length: 255 }))?.note).toBeNull();
    expect(place(raw('GDPR_LIA__c'))?.note).toBeNull();
  });

  it('has its day in a date, or in a moment', () => {
    expect(place(raw('Legal_Basis_Date__c', { type: 'date' }))?.day).toEqual({ field: 'Legal_Basis_Date__c', isMoment: false });
    expect(place(raw('Legal_Basis_Date__c', { type: 'datetime' }))?.day).toMatchObject({ isMoment: true });
  });

  it('comes with an Individual where there are any', () => {
    const link = raw('IndividualId', { type: 'reference', referenceTo: ['Individual'] });
    expect(place(link)?.person).toEqual({ object: 'Individual', field: 'IndividualId' });
    expect(place({ ...link, createable: false })?.person).toBeNull();
  });

  it('is nothing that this user may not fill in', () => {
    expect(place(raw('Legal_Basis__c', { createable: false }))?.kind).toBeNull();
  });
});
