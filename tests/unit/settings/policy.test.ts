import { describe, expect, it } from 'vitest';
import { SITE_PRESETS } from '@/lib/messaging/site-protocol';
import { allowsLogin, isNeverSite, NEVER_KINDS, NO_POLICY, readPolicy } from '@/lib/settings/policy';
import schema from '@/public/managed-schema.json';

const read = (managed: Record<string, unknown>) => readPolicy(managed);

const WHOLE = {
  consumerKey: '3MVG9key',
  loginHosts: ['login.salesforce.com', 'acme.my.salesforce.com'],
  protection: 'passphrase',
  maxIdleMinutes: 10,
  maxKeepDays: 30,
  overlay: 'asked',
  objects: ['contact', 'opportunity'],
  fields: { contact: ['Email', 'Title'] },
  neverSites: ['example.com'],
  neverKinds: ['banking'],
};

describe('the policy that the browser gives', () => {
  it('is nothing when nothing is set', () => {
    expect(read({})).toEqual({ policy: NO_POLICY, ignored: [] });
  });

  it('is read as it is set', () => {
    expect(read(WHOLE)).toEqual({ policy: WHOLE, ignored: [] });
  });

  it('has the keys and kinds of the schema in the package, and those of the product', () => {
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(NO_POLICY).sort());
    expect(schema.properties.neverKinds.items.enum).toEqual(NEVER_KINDS);
    expect([...NEVER_KINDS]).toEqual([...SITE_PRESETS]);
  });

  it.each([
    ['consumerKey', ''],
    ['consumerKey', '   '],
    ['consumerKey', 7],
    ['consumerKey', 'x'.repeat(1001)],
    ['loginHosts', 'login.salesforce.com'],
    ['loginHosts', null],
    ['protection', 'device'],
    ['protection', true],
    ['maxIdleMinutes', 0],
    ['maxIdleMinutes', -5],
    ['maxIdleMinutes', 2.5],
    ['maxIdleMinutes', 721],
    ['maxIdleMinutes', '10'],
    ['maxIdleMinutes', Number.NaN],
    ['maxKeepDays', 0],
    ['maxKeepDays', 3651],
    ['overlay', 'always'],
    ['overlay', ['tab']],
    ['objects', 'contact'],
    ['objects', { contact: true }],
    ['fields', ['Email']],
    ['fields', null],
    ['neverSites', 'example.com'],
    ['neverKinds', 'banking'],
  ])('leaves %s: %j to the user, says so, and keeps all else', (key, value) => {
    const { policy, ignored } = read({ ...WHOLE, [key]: value });
    expect(ignored).toEqual([key]);
    expect(policy).toEqual({ ...WHOLE, [key]: NO_POLICY[key as keyof typeof NO_POLICY] });
  });

  it('names a key that does not exist, but never a value', () => {
    const { policy, ignored } = read({ ...WHOLE, consumerkey: 'a secret', __proto__x: 'a secret' });
    expect(policy).toEqual(WHOLE);
    expect(ignored).toEqual(['consumerkey', '__proto__x']);
  });

  it('drops what does not fit from a list, and the list still limits', () => {
    const { policy, ignored } = read({
      loginHosts: ['https://acme.my.salesforce.com', 'acme', ' ACME.my.salesforce.com ', 'crm.acme.com'],
      objects: ['contacts', 'contact', 1],
      fields: { contact: ['Email', 'E-mail', 'Name FROM User'], contacts: ['Email'], lead: 'Email' },
      neverSites: ['Example.COM', 'not a host', 'http://x.com', ''],
      neverKinds: ['banks'],
    });
    expect(policy).toEqual({
      ...NO_POLICY,
      loginHosts: ['acme.my.salesforce.com', 'crm.acme.com'],
      objects: ['contact'],
      fields: { contact: ['Email'] },
      neverSites: ['example.com'],
    });
    expect(ignored).toEqual([
      'loginHosts[0]',
      'loginHosts[1]',
      'objects[0]',
      'objects[2]',
      'fields.contact[1]',
      'fields.contact[2]',
      'fields.contacts',
      'fields.lead',
      'neverSites[1]',
      'neverSites[2]',
      'neverSites[3]',
      'neverKinds[0]',
    ]);
  });

  it('allows no login at all when no host of the list fits: a slip must not open every host', () => {
    const { policy } = read({ loginHosts: ['https://acme.my.salesforce.com'] });
    expect(policy.loginHosts).toEqual([]);
    expect(allowsLogin(policy, { clientId: 'any', host: 'login.salesforce.com' })).toBe(false);
  });
});

describe('a login', () => {
  const policy = read({ consumerKey: 'ours', loginHosts: ['acme.my.salesforce.com'] }).policy;
  it.each([
    ['ours', 'acme.my.salesforce.com', true],
    ['another', 'acme.my.salesforce.com', false],
    ['ours', 'login.salesforce.com', false],
    ['ours', 'evil.acme.my.salesforce.com', false],
  ])('with the app %s at %s is allowed: %s', (clientId, host, allowed) => {
    expect(allowsLogin(policy, { clientId, host })).toBe(allowed);
    expect(allowsLogin(NO_POLICY, { clientId, host })).toBe(true);
  });
});

describe('a site of the never list', () => {
  const policy = read({ neverSites: ['example.com', 'intranet.acme.co.uk'] }).policy;
  it.each([
    ['example.com', true],
    ['www.example.com', true],
    ['notexample.com', false],
    ['example.com.evil.net', false],
    ['intranet.acme.co.uk', true],
    ['www.acme.co.uk', false],
  ])('%s: %s', (host, never) => {
    expect(isNeverSite(policy, host)).toBe(never);
  });
});
