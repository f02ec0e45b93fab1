/** Creating, changing and deleting through jsforce, and following what changed. */
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERSION, jsforceClient, refusal } from '../sandbox-crm/clients/jsforce.ts';
import type { Listening } from '../sandbox-crm/http/listen.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';

const NOW = Date.parse('2026-06-01T09:30:15Z');

let sandbox: Sandbox;
let server: Listening;
let crm: Connection;

beforeAll(async () => {
  sandbox = createSandbox({ seed: 7, now: NOW, frozen: true, accounts: 200 });
  server = await sandbox.listen();
});
afterAll(() => server.close());
beforeEach(() => {
  crm = jsforceClient(sandbox, server);
});

describe('writing', () => {
  it('creates, shows, changes and deletes a record', async () => {
    const created = await crm.sobject('Account').create({ Name: 'Blue Heron Ferries', Website: 'blueheron.example' });
    expect(created).toEqual({ id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [] });
    const id = created.id ?? '';
    expect(await crm.sobject('Account').retrieve(id)).toMatchObject({
      Id: id,
      Name: 'Blue Heron Ferries',
      OwnerId: sandbox.org.userId,
    });
    await crm.sobject('Account').update({ Id: id, Phone: '+49 30 555 0101' });
    expect(sandbox.org.find('Account', id)).toMatchObject({ Phone: '+49 30 555 0101' });
    await crm.sobject('Account').destroy(id);
    expect(sandbox.org.find('Account', id)).toMatchObject({ IsDeleted: true });
    expect(await refusal(crm.sobject('Account').retrieve(id))).toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('works out what depends on other fields', async () => {
    const account = sandbox.org.rows('Account')[0]?.Id ?? '';
    const deal = await crm
      .sobject('Opportunity')
      .create({ Name: 'D', StageName: 'Closed Won', CloseDate: '2026-05-30', AccountId: account, Amount: 100 });
    expect(sandbox.org.find('Opportunity', deal.id ?? '')).toMatchObject({
      Probability: 100,
      IsClosed: true,
      IsWon: true,
      ExpectedRevenue: 100,
    });
    const task = await crm.sobject('Task').create({ Subject: 'Call', WhatId: deal.id ?? '' });
    expect(sandbox.org.find('Task', task.id ?? '')).toMatchObject({
      AccountId: account,
      Status: 'Not Started',
      Priority: 'Normal',
      IsClosed: false,
    });
  });

  it('creates several in one call and reports each', async () => {
    const results = await crm.sobject('Contact').create([{ LastName: 'Kestrel' }, { FirstName: 'No last name' }]);
    expect(results[0]).toMatchObject({ success: true });
    expect(results[1]).toEqual({
      success: false,
      errors: [
        { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'] },
      ],
    });
  });

  it.each([
    [
      'names all that is missing',
      'Lead',
      {},
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [LastName, Company]',
      ['LastName', 'Company'],
    ],
    [
      'names a column there is not',
      'Lead',
      { foo: 1 },
      'INVALID_FIELD',
      "No such column 'foo' on sobject of type Lead",
      undefined,
    ],
    [
      'names a field nobody may write',
      'Contact',
      { LastName: 'A', Name: 'B' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Name.',
      ['Name'],
    ],
    ['names a text that is too long', 'Account', { Name: 'x'.repeat(256) }, 'STRING_TOO_LONG', '(max length=255)', ['Name']],
    [
      'names a value not on the list',
      'Task',
      { Status: 'Maybe' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'bad value for restricted picklist field: Maybe',
      ['Status'],
    ],
    [
      'names an address that is none',
      'Contact',
      { LastName: 'A', Email: 'a@b' },
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: a@b',
      ['Email'],
    ],
    [
      'names an id of another object',
      'Task',
      { WhatId: '003000000000001AAA' },
      'MALFORMED_ID',
      'Related To ID: id value of incorrect type: 003000000000001AAA',
      ['WhatId'],
    ],
    [
      'names the field a validation rule is about',
      'Lead',
      { LastName: 'A', Company: 'B', Phone: 'call me' },
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'A phone number',
      ['Phone'],
    ],
  ])('%s', async (_, object, values, errorCode, message, fields) => {
    const error = await refusal(crm.sobject(object).create(values as Record<string, unknown>));
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(message);
    expect(error.data).toMatchObject(fields ? { fields } : {});
  });

  it('reports possible duplicates under the misspelt key and saves when told to', async () => {
    const twin = { LastName: 'Twin', Company: 'Twins', Email: 'twin@prospect.example' };
    const first = await crm.sobject('Lead').create(twin);
    const url = `${server.url}/services/data/v${VERSION}/sobjects/Lead`;
    const headers = { authorization: `Bearer ${crm.accessToken}`, 'content-type': 'application/json' };
    const refused = await fetch(url, { method: 'POST', headers, body: JSON.stringify(twin) });
    expect(refused.status).toBe(400);
    const [error] = (await refused.json()) as Record<string, unknown>[];
    expect(error).toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
      duplicateResut: { allowSave: true, matchResults: [{ entityType: 'Lead', matchRecords: [{ record: { Id: first.id } }] }] },
    });
    expect(error).not.toHaveProperty('fields');
    const saved = await crm.sobject('Lead').create(twin, { headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } });
    expect(saved.success).toBe(true);
  });

  it('gives a new lead to the owner its rule names unless the client says not to', async () => {
    const anybody = (name: string) => ({ LastName: name, Company: 'Somewhere' });
    const assigned = await crm.sobject('Lead').create(anybody('One'));
    const kept = await crm.sobject('Lead').create(anybody('Two'), { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
    expect(sandbox.org.find('Lead', assigned.id ?? '')?.OwnerId).toBe(sandbox.rules.leadsGoTo);
    expect(sandbox.org.find('Lead', kept.id ?? '')?.OwnerId).toBe(sandbox.org.userId);
  });
});

describe('following changes', () => {
  it('names what was updated and what was deleted since', async () => {
    sandbox.org.clock.advance(3_600_000);
    const start = new Date(sandbox.org.clock.now());
    sandbox.org.clock.advance(300_000);
    const [kept, gone] = sandbox.org.rows('Lead');
    sandbox.org.update('Lead', kept?.Id ?? '', { Title: 'Buyer' });
    sandbox.org.remove('Lead', gone?.Id ?? '');
    sandbox.org.clock.advance(300_000);
    const end = new Date(sandbox.org.clock.now());
    expect((await crm.sobject('Lead').updated(start, end)).ids).toEqual([kept?.Id]);
    const deleted = await crm.sobject('Lead').deleted(start, end);
    expect(deleted.deletedRecords.map(({ id }) => id)).toEqual([gone?.Id]);
    expect(deleted.latestDateCovered).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000\+0000$/);
  });

  it('looks no further back than 30 days for updates and 15 for deletions', async () => {
    const now = sandbox.org.clock.now();
    const ago = (days: number) => new Date(now - days * 86_400_000);
    expect(await refusal(crm.sobject('Lead').updated(ago(31), ago(0)))).toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE' });
    expect(await refusal(crm.sobject('Lead').deleted(ago(16), ago(0)))).toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE' });
  });
});
