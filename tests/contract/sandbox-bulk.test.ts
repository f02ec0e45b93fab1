/** Bulk API 2.0 query jobs: their states, and the files they end in. */
import { beforeEach, describe, expect, it } from 'vitest';
import { plainClient } from '../sandbox-crm/clients/plain.ts';
import type { PlainClient } from '../sandbox-crm/clients/plain.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';
import { parseCsv } from '../sandbox-crm/seed/csv.ts';

const NOW = Date.parse('2026-06-01T09:30:15Z');
const ALL_IDS = 'SELECT Id FROM Contact ORDER BY SystemModstamp, Id';
let sandbox: Sandbox;
let api: PlainClient;

beforeEach(() => {
  sandbox = createSandbox({ seed: 14, now: NOW, frozen: true, accounts: 40, contacts: 2500 });
  api = plainClient(sandbox);
});

const create = async (query: string, more: Record<string, unknown> = {}) => {
  const answer = await api.post('/jobs/query', { operation: 'query', query, ...more });
  return (await answer.json()) as { id: string; state: string };
};
const stateOf = async (id: string) => (await api.get(`/jobs/query/${id}`)).state;
const results = (id: string, query = '') => api.call(`/jobs/query/${id}/results${query}`);
/** The id of a job that is complete. */
const completed = async (query: string, more: Record<string, unknown> = {}) => {
  sandbox.settings.bulkPolls = 1;
  const { id } = await create(query, more);
  await stateOf(id);
  return id;
};
const rowsOf = async (id: string) => parseCsv(await (await results(id, '?maxRecords=100000')).text());
const abort = (id: string) => api.call(`/jobs/query/${id}`, { method: 'PATCH', body: '{"state":"Aborted"}' });
const remove = (id: string) => api.call(`/jobs/query/${id}`, { method: 'DELETE' });

describe('a query job', () => {
  it('says what it was asked for', async () => {
    expect(await create(ALL_IDS)).toEqual({
      id: expect.stringMatching(/^750\w{15}$/),
      operation: 'query',
      object: 'Contact',
      createdById: sandbox.org.userId,
      createdDate: '2026-06-01T09:30:15.000+0000',
      systemModstamp: '2026-06-01T09:30:15.000+0000',
      state: 'UploadComplete',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 66,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
  });

  it.each([
    [undefined, ['InProgress', 'JobComplete', 'JobComplete']],
    [1, ['JobComplete', 'JobComplete', 'JobComplete']],
    [3, ['InProgress', 'InProgress', 'JobComplete']],
  ])('with bulkPolls %s goes through %j', async (bulkPolls, states) => {
    if (bulkPolls !== undefined) sandbox.settings.bulkPolls = bulkPolls;
    const { id } = await create(ALL_IDS);
    const seen = [];
    for (const _ of states) seen.push(await stateOf(id));
    expect(seen).toEqual(states);
    expect(await api.get(`/jobs/query/${id}`)).toMatchObject({ jobType: 'V2Query', numberRecordsProcessed: 2500, retries: 0 });
  });

  it('fails where it would be complete when told so at its creation, and at once when told so later', async () => {
    const fault = sandbox.faults.next({ kind: 'job-failed' });
    await api.query('SELECT Id FROM User');
    expect(fault.hits).toBe(0);
    const { id } = await create(ALL_IDS);
    expect([await stateOf(id), await stateOf(id)]).toEqual(['InProgress', 'Failed']);
    expect(await api.get(`/jobs/query/${id}`)).toMatchObject({ numberRecordsProcessed: 0, errorMessage: expect.any(String) });
    const later = await create(ALL_IDS);
    sandbox.faults.next({ kind: 'job-failed' });
    expect(await stateOf(later.id)).toBe('Failed');
    expect(await stateOf((await create(ALL_IDS)).id)).toBe('InProgress');
  });

  it('can be aborted while it runs, and deleted once it does not', async () => {
    const { id } = await create(ALL_IDS);
    expect((await remove(id)).status).toBe(400);
    expect(await (await abort(id)).json()).toMatchObject({ id, state: 'Aborted' });
    expect(await stateOf(id)).toBe('Aborted');
    expect((await abort(id)).status).toBe(400);
    expect((await remove(id)).status).toBe(204);
    expect((await api.call(`/jobs/query/${id}`)).status).toBe(404);
    expect((await results(id)).status).toBe(404);
  });

  it('has no results while it is not complete, for another version, or once it is gone', async () => {
    const { id } = await create(ALL_IDS);
    const early = await results(id);
    expect([early.status, await early.json()]).toMatchObject([400, [{ errorCode: 'INVALIDJOBSTATE' }]]);
    await stateOf(id);
    await stateOf(id);
    const other = await api.call(`/services/data/v62.0/jobs/query/${id}/results`);
    expect([other.status, await other.json()]).toMatchObject([409, [{ errorCode: 'API_ERROR' }]]);
    expect((await results(id)).status).toBe(200);
    sandbox.expireJobs();
    const gone = await results(id);
    expect([gone.status, await gone.json()]).toMatchObject([404, [{ errorCode: 'NOT_FOUND' }]]);
    expect((await results('750000000000000AAA')).status).toBe(404);
  });

  it.each([
    ['SELECT COUNT() FROM Account', 'API_ERROR'],
    ['SELECT Industry FROM Account GROUP BY Industry', 'API_ERROR'],
    ['SELECT Id FROM Account LIMIT 5 OFFSET 5', 'API_ERROR'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR'],
    ['SELECT Id, BillingAddress FROM Account', 'API_ERROR'],
    ['SELECT Foo FROM Account', 'INVALID_FIELD'],
    ['SELECT Id FROM Unicorn', 'INVALID_TYPE'],
    ['SELECT Id FORM Account', 'MALFORMED_QUERY'],
  ])('is not made for %s', async (query, errorCode) => {
    const answer = await api.post('/jobs/query', { operation: 'query', query });
    expect([answer.status, await answer.json()]).toMatchObject([400, [{ errorCode }]]);
  });
});

describe('the file of a query job', () => {
  it('comes in parts, each with a header, and says "null" after the last', async () => {
    const id = await completed(ALL_IDS);
    const ids: (string | undefined)[] = [];
    const locators = [];
    for (let locator = ''; locator !== 'null'; ) {
      const part = await results(id, `?maxRecords=900&locator=${locator}`);
      const text = await part.text();
      expect(text.startsWith('"Id"\n')).toBe(true);
      const rows = parseCsv(text);
      expect(part.headers.get('sforce-numberofrecords')).toBe(String(rows.length));
      ids.push(...rows.map((row) => row.Id));
      locator = part.headers.get('sforce-locator') ?? '';
      locators.push(locator);
    }
    expect(ids).toEqual(
      sandbox.org
        .table('Contact')
        .byModstamp()
        .map((row) => row.Id),
    );
    expect(locators).toEqual(['OTAw', 'MTgwMA', 'null']);
    const again = await results(id, '?maxRecords=900&locator=OTAw');
    expect(parseCsv(await again.text()).map((row) => row.Id)).toEqual(ids.slice(900, 1800));
  });

  it.each(['?locator=nonsense!', '?locator=OTk5OTk', '?maxRecords=0', '?maxRecords=many'])('refuses %s', async (query) => {
    const answer = await results(await completed(ALL_IDS), query);
    expect([answer.status, await answer.json()]).toMatchObject([400, [{ errorCode: 'API_ERROR' }]]);
  });

  it('has every value in quotes, times in Z, and nothing for null', async () => {
    const lines = 'Two lines,\nand "quotes"';
    const { Id } = sandbox.org.insert('Account', { Name: lines, AnnualRevenue: 1200.5, Industry: null });
    sandbox.org.insert('Contact', { LastName: 'Kestrel', AccountId: Id });
    const id = await completed(
      "SELECT LastName, CreatedDate, Birthdate, DoNotCall, Account.Name, Account.AnnualRevenue, Account.Industry, Account.CreatedDate FROM Contact WHERE LastName = 'Kestrel'",
    );
    expect(await (await results(id)).text()).toBe(
      '"LastName","CreatedDate","Birthdate","DoNotCall","Account.Name","Account.AnnualRevenue","Account.Industry","Account.CreatedDate"\n' +
        '"Kestrel","2026-06-01T09:30:15.000Z","","false","Two lines,\nand ""quotes""","1200.5","","2026-06-01T09:30:15.000Z"\n',
    );
  });

  it('is written with the delimiter and line ends asked for', async () => {
    const id = await completed("SELECT Id, Alias FROM User WHERE Alias = 'awinter'", {
      columnDelimiter: 'TAB',
      lineEnding: 'CRLF',
    });
    expect(await (await results(id)).text()).toBe(`"Id"\t"Alias"\r\n"${sandbox.org.userId}"\t"awinter"\r\n`);
  });

  it('is only a header when nothing was found', async () => {
    const answer = await results(await completed("SELECT Id FROM Contact WHERE LastName = 'Nobody'"));
    expect([answer.headers.get('sforce-numberofrecords'), answer.headers.get('sforce-locator')]).toEqual(['0', 'null']);
    expect(await answer.text()).toBe('"Id"\n');
  });

  it('has deleted records only for queryAll', async () => {
    const [gone] = sandbox.org.rows('Contact');
    sandbox.org.remove('Contact', gone?.Id ?? '');
    const where = `SELECT Id, IsDeleted FROM Contact WHERE Id = '${gone?.Id}'`;
    expect(await rowsOf(await completed(where))).toEqual([]);
    expect(await rowsOf(await completed(where, { operation: 'queryAll' }))).toEqual([{ Id: gone?.Id, IsDeleted: 'true' }]);
  });

  it('stays as it was when the job was made, whatever becomes of the org', async () => {
    const { org } = sandbox;
    const query = 'SELECT Id, LastName, Phone, Account.Name, Owner.Name FROM Contact ORDER BY SystemModstamp, Id';
    const before = await rowsOf(await completed(query));
    const id = await completed(query);
    const [changed, deleted, hidden] = org.rows('Contact');
    org.update('Contact', changed?.Id ?? '', { LastName: 'Changed' });
    org.remove('Contact', deleted?.Id ?? '');
    org.hide('Contact', hidden?.Id ?? '');
    org.insert('Contact', { LastName: 'New' });
    for (const account of org.rows('Account')) org.update('Account', account.Id, { Name: 'Renamed' });
    org.hide('Account', org.rows('Account')[3]?.Id ?? '');
    org.remove('Account', org.rows('Account')[4]?.Id ?? '');
    org.emptyRecycleBin();
    org.schema.hideField('Contact', 'Phone');
    expect(await rowsOf(id)).toEqual(before);
    org.schema.showField('Contact', 'Phone');
    expect(await rowsOf(await completed(query))).not.toEqual(before);
  });

  it.each([
    'SELECT Id FROM Contact',
    ALL_IDS,
    'SELECT Id FROM Account ORDER BY Name DESC LIMIT 7',
    "SELECT Id FROM Contact WHERE (SystemModstamp > 2026-01-01T00:00:00Z OR (SystemModstamp = 2026-01-01T00:00:00Z AND Id > '003gK000000CaR6')) ORDER BY SystemModstamp, Id",
    ...['Contact', 'Opportunity', 'Task'].map(
      (object) =>
        `SELECT Id FROM ${object} WHERE AccountId IN (SELECT Id FROM Account WHERE Type = 'Prospect') AND (SystemModstamp > 2025-06-01T00:00:00Z OR (SystemModstamp = 2025-06-01T00:00:00Z AND Id > '003gK000000CaR6')) ORDER BY SystemModstamp, Id`,
    ),
  ])('has what the REST API answers to %s', async (query) => {
    const expected = await api.idsOf(query);
    expect(expected.length).toBeGreaterThan(0);
    expect((await rowsOf(await completed(query))).map((row) => row.Id)).toEqual(expected);
  });

  it('is sent while it is made, in pieces', async () => {
    const answer = await results(await completed('SELECT Id, FirstName, LastName, Email, Account.Name FROM Contact'));
    const pieces = [];
    for await (const piece of answer.body ?? []) pieces.push(piece.length);
    expect(pieces.length).toBeGreaterThanOrEqual(3);
  });
});
