/** Composite requests: several in one call, each with its own headers, status and errors. */
import { beforeEach, describe, expect, it } from 'vitest';
import { plainClient } from '../sandbox-crm/clients/plain.ts';
import type { PlainClient } from '../sandbox-crm/clients/plain.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';

const NOW = Date.parse('2026-06-01T09:30:15Z');
let sandbox: Sandbox;
let api: PlainClient;

beforeEach(() => {
  sandbox = createSandbox({ seed: 11, now: NOW, frozen: true, accounts: 40, contacts: 900 });
  api = plainClient(sandbox);
});

const soql = (text: string) => `/query?q=${encodeURIComponent(text)}`;
const times = (count: number, url: string) =>
  Array.from({ length: count }, (_, n) => ({ method: 'GET', url: `/services/data/v66.0${url}`, referenceId: `r${n}` }));

describe('given a composite request', () => {
  it('counts as one call, however many it holds', async () => {
    const before = sandbox.usage.used;
    const answer = await api.post('/composite', { compositeRequest: times(25, '/limits') });
    expect(((await answer.json()) as { compositeResponse: unknown[] }).compositeResponse).toHaveLength(25);
    expect(sandbox.usage.used - before).toBe(1);
  });

  it.each<[string, { method: string; url: string }[], number]>([
    ['25 requests', times(25, '/limits'), 200],
    ['26 requests', times(26, '/limits'), 400],
    ['5 queries among others', [...times(5, soql('SELECT Id FROM User')), ...times(20, '/limits')], 200],
    ['6 queries', times(6, soql('SELECT Id FROM User')), 400],
    [
      '6 of queries, pages of queries and collections together',
      [
        ...times(3, soql('SELECT Id FROM User')),
        ...times(1, '/queryAll?q=x'),
        ...times(1, '/query/0r8-1'),
        ...times(1, '/composite/sobjects'),
      ],
      400,
    ],
  ])('with %s answers %3$i', async (_, compositeRequest, status) => {
    const answer = await api.post('/composite', { compositeRequest });
    expect(answer.status).toBe(status);
    if (status === 400) expect(await answer.json()).toMatchObject([{ errorCode: 'LIMIT_EXCEEDED' }]);
  });

  it('takes queries encoded into the address, whatever is in them', async () => {
    const { Id } = sandbox.org.insert('Account', { Name: 'Früh & Söhne + 100% "Co"?' });
    const { q } = await api.composite({ q: { url: soql(`SELECT Id FROM Account WHERE Name = 'Früh & Söhne + 100% "Co"?'`) } });
    expect(q.body).toMatchObject({ totalSize: 1, done: true, records: [{ Id }] });
  });

  it('takes queries too long for an address of their own', async () => {
    const ids = sandbox.org.rows('Contact').map((row) => `'${row.Id}'`);
    const long = soql(`SELECT Id FROM Contact WHERE Id IN (${ids.slice(0, 800)})`);
    expect((await api.call(long)).status).toBe(414);
    const { q } = await api.composite({ q: { url: long } });
    expect(q.body).toMatchObject({ totalSize: 800 });
  });

  it('passes on the headers of each request', async () => {
    const { all, few } = await api.composite({
      all: { url: soql('SELECT Id FROM Contact') },
      few: { url: soql('SELECT Id FROM Contact'), httpHeaders: { 'Sforce-Query-Options': 'batchSize=250' } },
    });
    expect((all.body as { records: unknown[] }).records).toHaveLength(900);
    expect(few.body).toMatchObject({ totalSize: 900, done: false, nextRecordsUrl: expect.stringMatching(/-250$/) });
  });

  it('lets no request inside it act for somebody else', async () => {
    const stranger = { Authorization: 'Bearer nobody', 'Content-Type': 'text/plain' };
    const { limits } = await api.composite({ limits: { url: '/limits', httpHeaders: stranger } });
    expect(limits.httpStatusCode).toBe(200);
  });

  it('answers 304 without a body for a description that has not changed', async () => {
    const { first } = await api.composite({ first: { url: '/sobjects/Account/describe' } });
    expect(first.httpHeaders).toEqual({ ETag: expect.any(String), 'Last-Modified': 'Mon, 1 Jun 2026 09:30:15 GMT' });
    const known = { 'If-Modified-Since': first.httpHeaders['Last-Modified'] ?? '' };
    const { again } = await api.composite({ again: { url: '/sobjects/Account/describe', httpHeaders: known } });
    expect(again).toMatchObject({ httpStatusCode: 304, body: null });
  });

  it('reports what went wrong with one request beside the answers of the others', async () => {
    const { wrong, missing, right } = await api.composite({
      wrong: { url: soql('SELECT Id, Foo FROM Account') },
      missing: { url: '/sobjects/Unicorn/describe' },
      right: { url: soql('SELECT COUNT() FROM Account') },
    });
    expect(wrong).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
    expect(missing).toMatchObject({ httpStatusCode: 404, body: [{ errorCode: 'NOT_FOUND' }] });
    expect(right).toMatchObject({ httpStatusCode: 200, body: { totalSize: sandbox.org.rows('Account').length } });
  });

  it('tells what was deleted', async () => {
    const [contact] = sandbox.org.rows('Contact');
    sandbox.org.clock.advance(600_000);
    sandbox.org.remove('Contact', contact?.Id ?? '');
    sandbox.org.clock.advance(600_000);
    const window = `start=${encodeURIComponent('2026-06-01T09:35:00+00:00')}&end=${encodeURIComponent('2026-06-01T09:45:00+00:00')}`;
    const { gone } = await api.composite({ gone: { url: `/sobjects/Contact/deleted/?${window}` } });
    expect(gone.body).toMatchObject({ deletedRecords: [{ id: contact?.Id, deletedDate: '2026-06-01T09:40:15.000+0000' }] });
  });

  it('fills parts of earlier answers into later requests', async () => {
    const { made, read, named } = await api.composite({
      made: { method: 'POST', url: '/sobjects/Account', body: { Name: 'A "quoted" name' } },
      read: { url: '/sobjects/Account/@{made.id}?fields=Name' },
      named: { method: 'POST', url: '/sobjects/Contact', body: { LastName: '@{read.Name}', AccountId: '@{made.id}' } },
    });
    expect(made).toMatchObject({
      httpStatusCode: 201,
      httpHeaders: { Location: expect.stringContaining('/sobjects/Account/001') },
    });
    expect(read.body).toMatchObject({ Name: 'A "quoted" name' });
    const { id } = named.body as { id: string };
    expect(sandbox.org.find('Contact', id)).toMatchObject({
      LastName: 'A "quoted" name',
      AccountId: (made.body as { id: string }).id,
    });
  });

  it.each(['@{x}', '@{nobody.id}', 'a @{made.Rank} b', '@{'])(
    'refuses a text that reads as a reference to nothing: %s',
    async (Name) => {
      const before = sandbox.org.rows('Account').length;
      const { named } = await api.composite({ named: { method: 'POST', url: '/sobjects/Account', body: { Name } } });
      expect(named).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: 'INVALID_INPUT' }] });
      expect(sandbox.org.rows('Account')).toHaveLength(before);
    },
  );
});
