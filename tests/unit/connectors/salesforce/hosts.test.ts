import { describe, expect, it } from 'vitest';
import { idsIn, instanceOrigin, loginOrigin, recordPage } from '@/lib/connectors/salesforce/hosts';
import { codeOf } from '../../../builders/codes';

describe('login hosts', () => {
  it.each([
    ['login.salesforce.com', 'https://login.salesforce.com'],
    ['test.salesforce.com', 'https://test.salesforce.com'],
    [' Acme.My.Salesforce.com\n', 'https://acme.my.salesforce.com'],
    ['acme--dev.sandbox.my.salesforce.com', 'https://acme--dev.sandbox.my.salesforce.com'],
    ['acme-dev-ed.develop.my.salesforce.com', 'https://acme-dev-ed.develop.my.salesforce.com'],
  ])('%j is %s', (host, origin) => {
    expect(loginOrigin(host)).toBe(origin);
  });

  it.each([
    '',
    'salesforce.com',
    'www.salesforce.com',
    'evil.salesforce.com',
    'my.salesforce.com',
    '.my.salesforce.com',
    '-.my.salesforce.com',
    'acme..my.salesforce.com',
    'acme.my.salesforce.com.evil.example',
    'evil.example/acme.my.salesforce.com',
    'evil.example#.my.salesforce.com',
    'evil.example\n.my.salesforce.com',
    'acme.my.salesforce.com:8443',
    'https://acme.my.salesforce.com',
    'user@acme.my.salesforce.com',
    'аcme.my.salesforce.com',
    'acme.my.salesforce.com/',
  ])('%j is none', async (host) => {
    expect(await codeOf(() => loginOrigin(host))).toBe('auth.host-invalid');
  });
});

describe('instances', () => {
  it.each([
    'https://acme.my.salesforce.com',
    'https://acme.my.salesforce.com/',
    'https://acme.my.salesforce.com:443',
    'HTTPS://ACME.MY.SALESFORCE.COM',
  ])('%s is accepted as an origin', (url) => {
    expect(instanceOrigin(url)).toBe('https://acme.my.salesforce.com');
  });
});

describe('record pages', () => {
  it.each([
    ['https://acme.my.salesforce.com', 'https://acme.lightning.force.com/lightning/r/Lead/00Q000000000001AAA/view'],
    [
      'https://acme--dev.sandbox.my.salesforce.com',
      'https://acme--dev.sandbox.lightning.force.com/lightning/r/Lead/00Q000000000001AAA/view',
    ],
  ])('of %s are where people see them', (instance, page) => {
    expect(recordPage(instance, 'Lead', '00Q000000000001AAA')).toBe(page);
  });

  it.each(['', '../setup', '00Q000000000001AAA/../x', '00Q 00000000001AAA', '00Q000000000001AA?', 'javascript:alert(1)'])(
    'are none for the id %j',
    async (id) => {
      expect(await codeOf(() => recordPage('https://acme.my.salesforce.com', 'Lead', id))).toBe('message.invalid');
    },
  );
});

describe('ids of a login answer', () => {
  it('are organisation and user', () => {
    expect(idsIn('https://test.salesforce.com/id/00D000000000001EAA/005000000000002AAB')).toEqual({
      orgId: '00D000000000001EAA',
      userId: '005000000000002AAB',
    });
  });
});
