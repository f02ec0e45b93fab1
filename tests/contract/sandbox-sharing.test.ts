/** What the signed-in user may see changes while the org runs: records, objects, fields. */
import { beforeEach, describe, expect, it } from 'vitest';
import { plainClient } from '../sandbox-crm/clients/plain.ts';
import type { PlainClient } from '../sandbox-crm/clients/plain.ts';
import type { Row } from '../sandbox-crm/org/table.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';

const NOW = Date.parse('2026-06-01T09:30:15Z');
let sandbox: Sandbox;
let api: PlainClient;

beforeEach(() => {
  sandbox = createSandbox({ seed: 12, now: NOW, frozen: true, accounts: 20, bulkPolls: 1 });
  api = plainClient(sandbox);
});

const replication = (object: string, which: 'updated' | 'deleted') =>
  api.get(`/sobjects/${object}/${which}?start=2026-06-01T09:00:00Z&end=2026-06-01T11:00:00Z`);

async function bulkLines(query: string): Promise<string[]> {
  const { id } = (await (await api.post('/jobs/query', { operation: 'query', query })).json()) as { id: string };
  await api.get(`/jobs/query/${id}`);
  const csv = await (await api.call(`/jobs/query/${id}/results`)).text();
  return csv.trimEnd().split('\n').slice(1);
}

describe('given a record the user has lost access to', () => {
  let contact: Row;
  beforeEach(() => {
    contact = sandbox.org.rows('Contact').find((row) => row.AccountId) ?? expect.fail('no contact');
    sandbox.org.clock.advance(600_000);
    contact = sandbox.org.update('Contact', contact.Id, { Title: 'Buyer' });
    sandbox.org.hide('Contact', contact.Id);
    sandbox.org.clock.advance(600_000);
  });

  it('no query, count, list of ids or file has it any more', async () => {
    const left = sandbox.org.rows('Contact').filter((row) => row.Id !== contact.Id);
    expect((await api.query('SELECT COUNT() FROM Contact')).totalSize).toBe(left.length);
    expect(await api.idsOf('SELECT Id FROM Contact')).toEqual(left.map((row) => row.Id));
    expect(await api.idsOf(`SELECT Id FROM Contact WHERE Id = '${contact.Id}'`)).toEqual([]);
    expect((await api.get('/queryAll?q=SELECT+COUNT()+FROM+Contact')).totalSize).toBe(left.length);
    expect(await bulkLines('SELECT Id FROM Contact')).toEqual(left.map((row) => `"${row.Id}"`));
  });

  it('reading and changing it answer as for a record there is not', async () => {
    const read = await api.call(`/sobjects/Contact/${contact.Id}`);
    const change = await api.call(`/sobjects/Contact/${contact.Id}`, { method: 'PATCH', body: '{"Title":"x"}' });
    expect([read.status, change.status]).toEqual([404, 404]);
    expect(await read.json()).toMatchObject([{ errorCode: 'NOT_FOUND' }]);
    expect(await change.json()).toMatchObject([{ errorCode: 'INVALID_CROSS_REFERENCE_KEY' }]);
  });

  it('neither its stamp nor the logs of changes and deletions tell', async () => {
    expect(sandbox.org.find('Contact', contact.Id)).toEqual(contact);
    expect(await replication('Contact', 'deleted')).toMatchObject({ deletedRecords: [] });
    expect(await replication('Contact', 'updated')).toMatchObject({ ids: [] });
  });

  it('not even its deletion is told', async () => {
    sandbox.org.remove('Contact', contact.Id);
    expect(await replication('Contact', 'deleted')).toMatchObject({ deletedRecords: [] });
  });

  it('records that point at it show nothing of it', async () => {
    const { Id } = sandbox.org.insert('Task', { Subject: 'Call', WhoId: contact.Id });
    const { records } = await api.query(`SELECT WhoId, Who.Name FROM Task WHERE Id = '${Id}'`);
    expect(records[0]).toMatchObject({ WhoId: contact.Id, Who: null });
    const refused = await api.post('/sobjects/Task', { Subject: 'Call', WhoId: contact.Id });
    expect(await refused.json()).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' }]);
  });

  it('it is back as it was once shown again', async () => {
    sandbox.org.show('Contact', contact.Id);
    const [record] = (await api.query(`SELECT Id, SystemModstamp FROM Contact WHERE Id = '${contact.Id}'`)).records;
    expect(record).toMatchObject({ Id: contact.Id, SystemModstamp: contact.SystemModstamp });
  });
});

describe('given an object the user has lost the right to', () => {
  it('it is unknown to queries, descriptions and logs until the right is back', async () => {
    sandbox.org.hideObject('Opportunity');
    expect(await api.query('SELECT Id FROM Opportunity')).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    const job = await api.post('/jobs/query', { operation: 'query', query: 'SELECT Id FROM Opportunity' });
    expect([job.status, await job.json()]).toMatchObject([400, [{ errorCode: 'INVALID_TYPE' }]]);
    for (const path of ['describe', 'deleted', 'updated', '006gK000000CaR6QAK']) {
      const answer = await api.call(`/sobjects/Opportunity/${path}`);
      expect([path, answer.status, await answer.json()]).toMatchObject([path, 404, [{ errorCode: 'NOT_FOUND' }]]);
    }
    const { sobjects } = await api.get('/sobjects');
    expect((sobjects as { name: string }[]).map(({ name }) => name)).not.toContain('Opportunity');
    const related = await api.query('SELECT Id, Opportunity.Name FROM Contact LIMIT 1');
    expect(related).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);

    sandbox.org.showObject('Opportunity');
    expect((await api.query('SELECT COUNT() FROM Opportunity')).totalSize).toBe(sandbox.org.rows('Opportunity').length);
    expect((await api.call('/sobjects/Opportunity/describe')).status).toBe(200);
  });

  it('the org itself goes on with it', () => {
    const [deal] = sandbox.org.rows('Opportunity');
    sandbox.org.hideObject('Opportunity');
    expect(sandbox.org.update('Opportunity', deal?.Id ?? '', { StageName: 'Closed Won' })).toMatchObject({ IsWon: true });
  });
});

describe('given fields that come and go', () => {
  const fields = async () => {
    const answer = await api.get('/sobjects/Contact/describe');
    return (answer.fields as { name: string }[]).map(({ name }) => name);
  };

  it('a hidden field is absent from the description and unknown to SOQL, and keeps its values', async () => {
    const before = await api.query('SELECT Id, Phone FROM Contact ORDER BY Id');
    sandbox.org.schema.hideField('Contact', 'Phone');
    expect(await fields()).not.toContain('Phone');
    expect(await api.query('SELECT Id, Phone FROM Contact')).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    expect(await api.query("SELECT Id FROM Contact WHERE Phone = ''")).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    const write = await api.post('/sobjects/Contact', { LastName: 'A', Phone: '1' });
    expect(await write.json()).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    sandbox.org.schema.showField('Contact', 'phone');
    expect(await api.query('SELECT Id, Phone FROM Contact ORDER BY Id')).toEqual(before);
  });

  it('a field hidden from the start can be shown', async () => {
    sandbox = createSandbox({ seed: 12, now: NOW, frozen: true, accounts: 5, hiddenFields: ['Contact.Email'] });
    api = plainClient(sandbox);
    expect(await fields()).not.toContain('Email');
    sandbox.org.schema.showField('Contact', 'Email');
    const { records } = await api.query('SELECT Email FROM Contact WHERE Email != null LIMIT 1');
    expect(records).toHaveLength(1);
  });

  it('an added field is there for all records, without a value and without a new stamp', async () => {
    const [contact] = sandbox.org.rows('Contact');
    sandbox.org.schema.addField('Contact', { name: 'Tier__c', label: 'Tier', type: 'picklist', values: ['Gold', 'Silver'] });
    sandbox.org.schema.addField('Contact', { name: 'Vip__c', label: 'VIP', type: 'boolean' });
    const { records } = await api.query(`SELECT Tier__c, Vip__c, SystemModstamp FROM Contact WHERE Id = '${contact?.Id}'`);
    expect(records[0]).toMatchObject({ Tier__c: null, Vip__c: false, SystemModstamp: contact?.SystemModstamp });
    const write = await api.call(`/sobjects/Contact/${contact?.Id}`, { method: 'PATCH', body: '{"Tier__c":"Gold"}' });
    expect(write.status).toBe(204);
    expect(await api.idsOf("SELECT Id FROM Contact WHERE Tier__c = 'gold'")).toEqual([contact?.Id]);
  });

  it.each<[string, () => void]>([
    ['hidden', () => sandbox.org.schema.hideField('Contact', 'Phone')],
    ['shown', () => sandbox.org.schema.showField('Contact', 'Birthdate')],
    ['added', () => sandbox.org.schema.addField('Contact', { name: 'New__c', label: 'New', type: 'string' })],
  ])('a client that knows the description hears of a field being %s, though the clock stands still', async (_, change) => {
    const described = (since?: string) =>
      api.call('/sobjects/Contact/describe', since === undefined ? {} : { headers: { 'If-Modified-Since': since } });
    const first = (await described()).headers.get('last-modified') ?? '';
    expect((await described(first)).status).toBe(304);
    change();
    const changed = await described(first);
    expect(changed.status).toBe(200);
    expect((await described(changed.headers.get('last-modified') ?? '')).status).toBe(304);
    expect((await api.call('/sobjects/Account/describe', { headers: { 'If-Modified-Since': first } })).status).toBe(304);
  });
});
