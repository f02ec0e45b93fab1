/** Failures on demand and at random: what a client gets to see of them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { plainClient } from '../sandbox-crm/clients/plain.ts';
import type { PlainClient } from '../sandbox-crm/clients/plain.ts';
import type { RandomTrouble } from '../sandbox-crm/http/random-faults.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';
import { parseCsv } from '../sandbox-crm/seed/csv.ts';

const NOW = Date.parse('2026-06-01T09:30:15Z');
let sandbox: Sandbox;
let api: PlainClient;

beforeEach(() => {
  sandbox = createSandbox({ seed: 15, now: NOW, frozen: true, accounts: 40, contacts: 3000, bulkPolls: 1 });
  api = plainClient(sandbox);
});

describe('given the file of a bulk job', () => {
  const match = { path: /\/results/ };
  let file: string;
  let path: string;
  beforeEach(async () => {
    const query = 'SELECT Id, LastName, Description FROM Contact ORDER BY Id';
    for (const row of sandbox.org.rows('Contact'))
      sandbox.org.update('Contact', row.Id, { Description: '"a"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nc' });
    const job = (await (await api.post('/jobs/query', { operation: 'query', query })).json()) as { id: string };
    await api.get(`/jobs/query/${job.id}`);
    path = `/jobs/query/${job.id}/results`;
    file = await (await api.call(path)).text();
  });

  it.each([1, 5_000, 100_000])('a connection dropped after %i bytes gives just these and then fails', async (afterBytes) => {
    sandbox.faults.next({ kind: 'drop', afterBytes, match });
    const answer = await api.call(path);
    expect(answer.status).toBe(200);
    const pieces: Uint8Array[] = [];
    const read = async () => {
      for await (const piece of answer.body ?? []) pieces.push(piece);
    };
    await expect(read()).rejects.toThrow('terminated');
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(file).subarray(0, afterBytes));
  });

  it('a connection dropped in the middle ends the answer early on a real port too', async () => {
    const server = await sandbox.listen();
    sandbox.faults.next({ kind: 'drop', afterBytes: 50_000, match });
    const headers = { authorization: `Bearer ${sandbox.tokens.issueAccessToken()}` };
    const answer = await fetch(`${server.url}/services/data/v66.0${path}`, { headers });
    await expect(answer.text()).rejects.toThrow();
    expect(await (await fetch(`${server.url}/services/data/v66.0${path}`, { headers })).text()).toBe(file);
    await server.close();
  });

  it('a truncated answer ends properly after a whole record, so that only the number announced tells', async () => {
    sandbox.faults.next({ kind: 'truncate', match });
    const answer = await api.call(path);
    const text = await answer.text();
    const rows = parseCsv(text);
    expect(answer.headers.get('sforce-numberofrecords')).toBe('3000');
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.length).toBeLessThan(2000);
    expect(rows).toEqual(parseCsv(file).slice(0, rows.length));
    for (let maxRecords = 1; maxRecords <= 12; maxRecords++) {
      sandbox.faults.next({ kind: 'truncate', match });
      const part = await (await api.call(`${path}?maxRecords=${maxRecords}`)).text();
      expect(part).toMatch(/(^|\nc"\n|"Description"\n)$/);
    }
    sandbox.faults.next({ kind: 'truncate', afterBytes: 1234, match });
    expect(await (await api.call(path)).bytes()).toHaveLength(1234);
  });

  it('a slow answer is the same answer', async () => {
    sandbox.faults.next({ kind: 'slow', bytesPerPiece: 40_000, pauseMs: 1, match });
    expect(await (await api.call(path)).text()).toBe(file);
  });

  it.each([
    [{ kind: 'server-error' }, 500],
    [{ kind: 'maintenance' }, 503],
    [{ kind: 'too-many-requests', retryAfter: '1' }, 429],
    [{ kind: 'session-expired' }, 401],
  ] as const)('%o answers %i, once', async (fault, status) => {
    sandbox.faults.next({ ...fault, match });
    expect((await api.call(path)).status).toBe(status);
    expect(await (await api.call(path)).text()).toBe(file);
  });
});

describe('given random trouble', () => {
  /** What happens to forty requests in a row. */
  const fates = async (trouble: RandomTrouble) => {
    const handle = sandbox.faults.random(trouble);
    sandbox.log.clear();
    for (let n = 0; n < 40; n++) await api.call('/limits').catch(() => undefined);
    handle.remove();
    return { hits: handle.hits, faults: sandbox.log.requests.map(({ fault }) => fault) };
  };

  it('the same seed brings the same faults to the same requests', async () => {
    const first = await fates({ seed: 1, share: 0.3 });
    expect(await fates({ seed: 1, share: 0.3 })).toEqual(first);
    expect(await fates({ seed: 2, share: 0.3 })).not.toEqual(first);
    expect(first.hits).toBe(first.faults.filter((fault) => fault !== undefined).length);
    expect(first.hits).toBeGreaterThan(5);
    expect(first.hits).toBeLessThan(25);
  });

  it('a share of all brings everything a network does, and of none nothing', async () => {
    const kinds = new Set((await fates({ seed: 3, share: 1 })).faults);
    expect([...kinds].sort()).toEqual([
      'drop',
      'html',
      'latency',
      'maintenance',
      'server-error',
      'session-expired',
      'too-many-requests',
      'truncate',
    ]);
    expect((await fates({ seed: 3, share: 0 })).hits).toBe(0);
  });

  it('brings only what was asked for, to what was asked for', async () => {
    const { faults } = await fates({ seed: 4, share: 0.5, kinds: [{ kind: 'maintenance' }] });
    expect(new Set(faults)).toEqual(new Set(['maintenance', undefined]));
    expect((await fates({ seed: 4, share: 1, match: { path: /\/query/ } })).hits).toBe(0);
  });

  it('signing in always works', async () => {
    const handle = sandbox.faults.random({ seed: 5, share: 1 });
    expect((await sandbox.fetch('https://login.salesforce.com/services/oauth2/pkce/generator')).status).toBe(200);
    expect(handle.hits).toBe(0);
    await api.call('/limits').catch(() => undefined);
    expect(handle.hits).toBe(1);
  });

  it('ends when all faults are cleared', async () => {
    sandbox.faults.random({ seed: 6, share: 1, kinds: [{ kind: 'drop' }] });
    await expect(api.call('/limits')).rejects.toThrow('fetch failed');
    sandbox.faults.clear();
    expect((await api.call('/limits')).status).toBe(200);
  });
});

describe('given a latency', () => {
  it('every API answer is late by what is worked out for it, and no other', async () => {
    const asked: string[] = [];
    sandbox.settings.latencyMs = ({ method, path }) => {
      asked.push(`${method} ${path}`);
      return 1;
    };
    await api.get('/limits');
    await sandbox.fetch('https://login.salesforce.com/services/oauth2/pkce/generator');
    expect(asked).toEqual(['GET /services/data/v66.0/limits']);
    sandbox.settings.latencyMs = 1;
    expect((await api.call('/limits')).status).toBe(200);
  });
});
