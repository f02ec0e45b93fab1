import { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../sandbox-crm/http/listen.ts';
import { createHubspotSandbox, type HubspotSandbox } from '../sandbox-crm/hubspot/sandbox.ts';

/** Types of an answer, key by key: what was recorded from real accounts has these. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
}

const RECORD = { id: 'string', createdAt: 'string', updatedAt: 'string', archived: 'boolean', url: 'string' };
const OWNER = {
  id: 'string',
  email: 'string',
  type: 'string',
  firstName: 'string',
  lastName: 'string',
  userId: 'number',
  userIdIncludingInactive: 'number',
  createdAt: 'string',
  updatedAt: 'string',
  archived: 'boolean',
};
const STAGE = {
  label: 'string',
  displayOrder: 'number',
  metadata: { isClosed: 'string', probability: 'string' },
  id: 'string',
  createdAt: 'string',
  updatedAt: 'string',
  writePermissions: 'string',
  archived: 'boolean',
};
const PROPERTY = {
  updatedAt: 'string',
  createdAt: 'string',
  name: 'string',
  label: 'string',
  type: 'string',
  fieldType: 'string',
  description: 'string',
  groupName: 'string',
  options: [],
  displayOrder: 'number',
  calculated: 'boolean',
  externalOptions: 'boolean',
  hasUniqueValue: 'boolean',
  hidden: 'boolean',
  hubspotDefined: 'boolean',
  modificationMetadata: { archivable: 'boolean', readOnlyDefinition: 'boolean', readOnlyValue: 'boolean' },
  formField: 'boolean',
  dataSensitivity: 'string',
};

describe('the sandbox’s HubSpot', () => {
  let sandbox: HubspotSandbox;
  let server: Listening;
  let client: Client;
  beforeAll(async () => {
    sandbox = createHubspotSandbox({ accounts: 120, contacts: 150 });
    server = await listen((request) => sandbox.fetch(request), {});
    client = new Client({ accessToken: sandbox.settings.token, basePath: server.url, numberOfApiCallRetries: 0 });
  });
  afterAll(() => server.close());

  describe('driven by HubSpot’s own client, unmodified', () => {
    it('is read to its end by the client’s own loops', async () => {
      expect(await client.crm.companies.getAll(100)).toHaveLength(120);
      expect(await client.crm.contacts.getAll(100)).toHaveLength(150);
      const { results } = await client.crm.owners.ownersApi.getPage();
      expect(results.map(({ id }) => id)).toEqual(sandbox.store.owners.filter(({ archived }) => !archived).map(({ id }) => id));
    });

    it('describes properties and pipelines', async () => {
      const { results } = await client.crm.properties.coreApi.getAll('companies');
      expect(results.find(({ name }) => name === 'segment')?.options.map(({ value }) => value)).toEqual(['s', 'l']);
      const pipelines = await client.crm.pipelines.pipelinesApi.getAll('deals');
      expect(pipelines.results.map(({ label }) => label)).toEqual(['Sales Pipeline', 'Renewals']);
    });

    it('creates, searches, changes, links and archives', async () => {
      const company = await client.crm.companies.basicApi.create({ properties: { name: 'Fresh', domain: 'fresh-co.com' } });
      const person = await client.crm.contacts.basicApi.create({
        properties: { email: 'fay@fresh-co.com', lastname: 'Fay' },
        associations: [
          { to: { id: company.id }, types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 1 }] },
        ],
      });
      const found = await client.crm.companies.searchApi.doSearch({
        filterGroups: [{ filters: [{ propertyName: 'domain', operator: 'EQ' as never, value: 'fresh-co.com' }] }],
        properties: ['name'],
        limit: 10,
      } as never);
      expect(found.results.map(({ id }) => id)).toEqual([company.id]);
      await client.crm.companies.basicApi.update(company.id, { properties: { name: 'Fresher' } });
      expect((await client.crm.companies.basicApi.getById(company.id, ['name'])).properties.name).toBe('Fresher');
      const links = await client.crm.associations.v4.batchApi.getPage('contacts', 'companies', { inputs: [{ id: person.id }] });
      expect(links.results[0]?.to.map(({ toObjectId }) => String(toObjectId))).toEqual([company.id]);
      await client.crm.contacts.basicApi.archive(person.id);
      await expect(client.crm.contacts.basicApi.getById(person.id)).rejects.toMatchObject({ code: 404 });
      const archived = await client.crm.contacts.basicApi.getPage(100, undefined, ['email'], undefined, undefined, true);
      expect(archived.results.map(({ id }) => id)).toEqual([person.id]);
    });

    it('refuses a second contact of an address, a wrong option, and a search beyond ten thousand', async () => {
      const email = sandbox.store.rows('contacts')[0]?.properties.email ?? '';
      const twin = client.crm.contacts.basicApi.create({ properties: { email }, associations: [] });
      await expect(twin).rejects.toMatchObject({ code: 409, body: { message: expect.stringMatching(/Existing ID: \d+/) } });
      const wrong = client.crm.companies.basicApi.create({ properties: { name: 'X', industry: 'NOTHING' }, associations: [] });
      await expect(wrong).rejects.toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
      const deep = client.crm.contacts.searchApi.doSearch({ filterGroups: [], limit: 200, after: '9900' } as never);
      await expect(deep).rejects.toMatchObject({ code: 400 });
    });

    it('is told to wait by the policy’s name, and does so', async () => {
      const patient = new Client({ accessToken: sandbox.settings.token, basePath: server.url, numberOfApiCallRetries: 2 });
      const body = JSON.stringify({
        status: 'error',
        message: 'You have reached your secondly limit.',
        errorType: 'RATE_LIMIT',
        policyName: 'SECONDLY',
      });
      const planted = sandbox.faults.next({ kind: 'answer', status: 429, body, headers: { 'content-type': 'application/json' } });
      expect((await patient.crm.owners.ownersApi.getPage()).results).not.toEqual([]);
      expect(planted.hits).toBe(1);
    });
  });

  it.each([
    [
      'crm/v3/objects/companies?limit=1&properties=name',
      { ...RECORD, properties: expect.objectContaining({ hs_object_id: 'string' }) },
    ],
    ['crm/v3/objects/tasks?limit=1', { ...RECORD, properties: expect.objectContaining({ hs_lastmodifieddate: 'string' }) }],
    ['crm/v3/objects/contacts?limit=1', { ...RECORD, properties: expect.objectContaining({ lastmodifieddate: 'string' }) }],
    ['crm/v3/owners?limit=1', OWNER],
    [
      'crm/v3/pipelines/deals',
      {
        label: 'string',
        displayOrder: 'number',
        id: 'string',
        stages: [STAGE],
        createdAt: 'string',
        updatedAt: 'string',
        archived: 'boolean',
      },
    ],
    ['crm/v3/properties/companies', PROPERTY],
  ])('answers in the shape that real accounts answer in: %s', async (path, shape) => {
    const headers = { authorization: `Bearer ${sandbox.settings.token}` };
    const { results } = (await (await sandbox.fetch(`${sandbox.origin}/${path}`, { headers })).json()) as { results: unknown[] };
    expect(shapeOf(results[0])).toEqual(shape);
  });
});
