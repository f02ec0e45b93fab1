import { describe, expect, it } from 'vitest';
import type { DescribedField } from '@/lib/connectors/connector';
import { leadFormFields, leadValues } from '@/lib/creation/lead-form';

function field(name: string, change: Partial<DescribedField> = {}): DescribedField {
  return { name, label: name, type: 'text', required: false, maxLength: 80, options: [], defaultValue: '', ...change };
}
const names = (fields: { name: string }[]) => fields.map(({ name }) => name);

describe('leadFormFields', () => {
  it('shows the short form in the order people fill it in, whatever order the CRM describes it in', () => {
    const fields = ['Status', 'Email', 'LastName', 'FirstName', 'Company'].map((name) => field(name));
    expect(names(leadFormFields({ fields }, {}))).toEqual(['FirstName', 'LastName', 'Company', 'Email', 'Status']);
  });

  it('leaves out what the user may not see, and what is neither short form nor required', () => {
    const fields = [field('LastName'), field('Fax'), field('Region__c', { required: true })];
    expect(names(leadFormFields({ fields }, {}))).toEqual(['LastName', 'Region__c']);
  });

  it('fills in what the site suggests and says where it came from', () => {
    const [company, status] = leadFormFields(
      { fields: [field('Company'), field('Status', { defaultValue: 'Open' })] },
      { Company: { value: 'Acme', source: 'page-title' } },
    );
    expect(company).toMatchObject({ value: 'Acme', source: 'page-title' });
    expect(status).toMatchObject({ value: 'Open', source: null });
  });

  it('cuts a suggestion to what the CRM takes', () => {
    const suggestions = { Company: { value: 'Acme Rockets', source: 'site-name' as const } };
    expect(leadFormFields({ fields: [field('Company', { maxLength: 4 })] }, suggestions)[0]?.value).toBe('Acme');
    expect(leadFormFields({ fields: [field('Company', { maxLength: null })] }, suggestions)[0]?.value).toBe('Acme Rockets');
  });

  it('never cuts a suggestion in the middle of a character', () => {
    const suggestions = { Company: { value: 'Acme🚀', source: 'site-name' as const } };
    expect(leadFormFields({ fields: [field('Company', { maxLength: 5 })] }, suggestions)[0]?.value).toBe('Acme');
  });

  it.each(['constructor', '__proto__', 'toString'])('takes a field that a CRM calls %s like any other', (name) => {
    expect(leadFormFields({ fields: [field(name, { required: true })] }, {})).toMatchObject([{ name, value: '', source: null }]);
  });
});

describe('leadValues', () => {
  const values = (fields: DescribedField[], typed: Record<string, string>) => leadValues({ fields }, typed);

  it('leaves out what is empty and trims the rest', () => {
    expect(values([field('LastName'), field('Title')], { LastName: '  Doe ', Title: '   ' })).toEqual({
      values: { LastName: 'Doe' },
      problems: {},
    });
  });

  it('sends nothing that is not in the description, whatever was typed', () => {
    expect(values([field('LastName')], { LastName: 'Doe', OwnerId: '005x' }).values).toEqual({ LastName: 'Doe' });
  });

  it('finds a required field that is empty', () => {
    const required = field('LastName', { required: true });
    expect(values([required], {}).problems).toEqual({ LastName: { kind: 'required' } });
    expect(values([required], { LastName: ' ' }).problems).toEqual({ LastName: { kind: 'required' } });
  });

  it('refuses a text that is longer than the CRM takes, and takes one that just fits', () => {
    const short = field('Title', { maxLength: 3 });
    expect(values([short], { Title: 'abcd' })).toEqual({ values: {}, problems: { Title: { kind: 'too-long', most: 3 } } });
    expect(values([short], { Title: 'abc' })).toEqual({ values: { Title: 'abc' }, problems: {} });
  });

  it.each([
    ['12', 12],
    ['-0.5', -0.5],
    ['0', 0],
    [' 7 ', 7],
  ])('sends the number %j as %d', (text, number) => {
    expect(values([field('Employees', { type: 'number', maxLength: null })], { Employees: text }).values).toEqual({
      Employees: number,
    });
  });

  it.each(['twelve', '1,5', 'Infinity', 'NaN', '1e999'])('refuses %j as a number', (text) => {
    const { values: sent, problems } = values([field('Employees', { type: 'number', maxLength: null })], { Employees: text });
    expect({ sent, problems }).toEqual({ sent: {}, problems: { Employees: { kind: 'not-a-number' } } });
  });

  it.each([
    ['true', true],
    ['false', false],
    ['on', false],
  ])('sends a checkbox that says %j as %s', (text, checked) => {
    expect(values([field('DoNotCall', { type: 'checkbox' })], { DoNotCall: text }).values).toEqual({ DoNotCall: checked });
  });

  it('mends half characters, which no server accepts', () => {
    expect(values([field('LastName')], { LastName: 'Doe\ud83d' }).values).toEqual({ LastName: 'Doe\ufffd' });
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'takes a field that a CRM calls %s as empty when nothing was typed',
    (name) => {
      expect(Object.keys(values([field('LastName'), field(name)], { LastName: 'Doe' }).values)).toEqual(['LastName']);
    },
  );
});
