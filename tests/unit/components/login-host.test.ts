import { describe, expect, it } from 'vitest';
import { loginHostOf, myDomainHost, originsFor } from '@/components/connections/login-host';

describe('myDomainHost', () => {
  it.each([
    ['acme', 'acme.my.salesforce.com'],
    [' Acme.My.Salesforce.com ', 'acme.my.salesforce.com'],
    ['https://acme.my.salesforce.com/setup/home', 'acme.my.salesforce.com'],
    ['https://acme.lightning.force.com/lightning/page/home', 'acme.my.salesforce.com'],
    ['acme--uat.sandbox', 'acme--uat.sandbox.my.salesforce.com'],
    ['acme--uat.sandbox.my.salesforce.com', 'acme--uat.sandbox.my.salesforce.com'],
  ])('%j means %s', (typed, host) => expect(myDomainHost(typed)).toBe(host));

  it.each([
    [''],
    ['http://acme.my.salesforce.com'],
    ['https://example.org'],
    ['acme.my.salesforce.com.example.org'],
    ['example.org/acme.my.salesforce.com'],
    ['acme.my.salesforce.com:8443'],
    ['acme.my.salesforce.com@example.org'],
    ['.my.salesforce.com'],
    ['my.salesforce.com'],
    ['-acme'],
    ['a b'],
    ['javascript:alert(1)'],
  ])('%j is refused', (typed) => expect(myDomainHost(typed)).toBeNull());
});

it('asks for no more addresses than the way in needs', () => {
  expect(originsFor('acme.my.salesforce.com')).toEqual(['https://acme.my.salesforce.com/*']);
  expect(originsFor('login.salesforce.com')).toEqual(['https://login.salesforce.com/*', 'https://*.my.salesforce.com/*']);
  expect(originsFor('test.salesforce.com')).toEqual(['https://test.salesforce.com/*', 'https://*.my.salesforce.com/*']);
});

it('does not look at a My Domain that is not chosen', () => {
  expect(loginHostOf('sandbox', 'example.org')).toBe('test.salesforce.com');
  expect(loginHostOf('my-domain', 'example.org')).toBeNull();
});
