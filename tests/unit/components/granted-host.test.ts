import { describe, expect, it } from 'vitest';
import { hostOfPattern, needsHost } from '@/components/sites/granted-host';

const connection = { crm: 'salesforce', host: 'acme.my.salesforce.com', loginHost: 'login.salesforce.com' };

describe('an access that was given', () => {
  it.each([
    ['https://login.salesforce.com/*', 'login.salesforce.com'],
    ['https://*.my.salesforce.com/*', '*.my.salesforce.com'],
    ['*://crm.acme.com:8443/*', 'crm.acme.com:8443'],
  ])('%s is called %s', (pattern, host) => {
    expect(hostOfPattern(pattern)).toBe(host);
  });

  it.each([
    ['https://login.salesforce.com/*', true],
    ['https://*.my.salesforce.com/*', true],
    ['https://acme.my.salesforce.com/*', true],
    ['https://test.salesforce.com/*', false],
    ['https://other.my.salesforce.com/*', false],
    ['https://notlogin.salesforce.com.evil.com/*', false],
  ])('to %s is needed by the connection: %s', (pattern, needed) => {
    expect(needsHost(connection, pattern)).toBe(needed);
  });

  it('is never needed by the sample, which calls nobody', () => {
    expect(needsHost({ ...connection, crm: 'sample' }, 'https://login.salesforce.com/*')).toBe(false);
  });
});
