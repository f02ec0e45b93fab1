import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awaitJob, createJob, deleteJob, JobLost, type JobPosition, jobRows } from '@/lib/connectors/salesforce/bulk-job';
import type { EgressRequest, EgressResponse, EgressStream } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../../builders/codes';
import { html, json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const ID = '750000000000001AAA';
const COLUMNS = ['Id', 'Name', 'SystemModstamp'];
const RUN = { signal: new AbortController().signal, reserve: 0 };
const job = (state: string) => json({ id: ID, state, operation: 'query' });
const refusal = (status: number, errorCode: string) => json([{ errorCode, message: 'm' }], status);

const rowsOf = (count: number) => Array.from({ length: count }, (_, n) => [`id${n}`, `a "name",\nwith ${n}`, 'stamp']);
const csv = (rows: readonly string[][]) =>
  [COLUMNS, ...rows].map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');

/** What goes wrong with one answer: it breaks off, or ends properly, after so many characters. */
type Trouble = { kind: 'drop' | 'truncate'; at: number } | null;

/** A CRM that has a finished job with these rows. Each answer comes in pieces of `piece` characters. */
function resultServer(rows: readonly string[][], piece = 1000, troubles: Trouble[] = []) {
  const asked: string[] = [];
  const { open } = clientOn(() => json({}));
  async function stream({ url }: EgressRequest): Promise<EgressStream> {
    const query = new URL(url).searchParams;
    const from = Number(query.get('locator') ?? 0);
    const to = Math.min(rows.length, from + Number(query.get('maxRecords')));
    asked.push(`${from}-${to}`);
    const trouble = troubles.shift() ?? null;
    const text = csv(rows.slice(from, to));
    async function* body() {
      const end = trouble ? Math.min(trouble.at, text.length) : text.length;
      for (let at = 0; at < end; at += piece) yield text.slice(at, Math.min(end, at + piece));
      if (trouble?.kind === 'drop') throw new AppError('crm.offline');
    }
    const headers = {
      'content-type': 'text/csv',
      'sforce-numberofrecords': String(to - from),
      'sforce-locator': to < rows.length ? String(to) : 'null',
    };
    return { status: 200, headers, body: body() };
  }
  const egress = { send: () => Promise.reject(new Error('not asked for')), stream };
  return { client: open({ egress }).forRun(RUN), asked };
}

const result = (part: number) => ({ columns: COLUMNS, part });
const START: JobPosition = { id: ID, locator: null, rows: 0 };

async function read(server: ReturnType<typeof resultServer>, part: number, from = START) {
  const rows: string[][] = [];
  const positions: (JobPosition | null)[] = [];
  for await (const one of jobRows(server.client, from, result(part))) {
    rows.push(...one.rows);
    positions.push(one.position);
  }
  return { rows, positions };
}

describe('a Bulk job', () => {
  it('is created for a query, and its position is its beginning', async () => {
    const { client, network } = clientOn(() => job('UploadComplete'));
    expect(await createJob(client, 'SELECT Id FROM Lead')).toEqual(START);
    expect(network.sent[0]).toMatchObject({ method: 'POST', body: '{"operation":"query","query":"SELECT Id FROM Lead"}' });
    expect(network.sent[0]?.url).toMatch(/\/services\/data\/v62\.0\/jobs\/query$/);
  });

  it('is waited for at growing distances, half a minute at most', async () => {
    let polls = 0;
    const { client, waits } = clientOn(() => {
      polls += 1;
      return job(polls < 9 ? 'InProgress' : 'JobComplete');
    });
    await awaitJob(client.forRun(RUN), ID);
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 30_000]);
  });

  it('is not waited for longer than about an hour: the next run looks again', async () => {
    const { client, waits } = clientOn(() => job('InProgress'));
    expect(await codeOf(awaitJob(client.forRun(RUN), ID))).toBe('crm.timeout');
    const minutes = waits.reduce((sum, ms) => sum + ms, 0) / 60_000;
    expect(minutes).toBeGreaterThan(50);
    expect(minutes).toBeLessThan(70);
  });

  it.each(['Failed', 'Aborted'])('is lost when it is %s', async (state) => {
    await expect(awaitJob(clientOn(() => job(state)).client, ID)).rejects.toBeInstanceOf(JobLost);
  });

  it.each([
    [404, 'NOT_FOUND'],
    [409, 'API_ERROR'],
    [400, 'INVALIDJOBSTATE'],
    [400, 'FEATURENOTENABLED'],
    [403, 'API_DISABLED_FOR_ORG'],
  ])('is lost when the API answers %i %s', async (status, code) => {
    const { client } = clientOn(() => refusal(status, code));
    await expect(awaitJob(client, ID)).rejects.toBeInstanceOf(JobLost);
    await expect(createJob(client, 'x')).rejects.toBeInstanceOf(JobLost);
    await expect(jobRows(client, START, result(5)).next()).rejects.toBeInstanceOf(JobLost);
  });

  it.each<[EgressResponse, string]>([
    [html(503), 'crm.unavailable'],
    [html(200), 'crm.answer-unreadable'],
    [refusal(403, 'REQUEST_LIMIT_EXCEEDED'), 'crm.limit'],
    [json({ id: ID, state: 'Dreaming' }), 'crm.answer-unreadable'],
  ])('is not lost for trouble with the service (%#)', async (answer, code) => {
    const { client } = clientOn(() => answer);
    expect(await codeOf(awaitJob(client, ID))).toBe(code);
    expect(await codeOf(createJob(client, 'x'))).toBe(code);
  });

  it('says nothing of a field that is gone as if the job were to blame', async () => {
    const { client } = clientOn(() => refusal(400, 'INVALID_FIELD'));
    await expect(createJob(client, 'x')).rejects.not.toBeInstanceOf(JobLost);
  });

  it('is deleted as well as may be: that it cannot be is no trouble', async () => {
    const { client, network } = clientOn(() => refusal(404, 'NOT_FOUND'));
    await deleteJob(client, ID);
    expect(network.sent[0]).toMatchObject({ method: 'DELETE' });
  });
});

describe('the result of a Bulk job', () => {
  it('comes part by part, each from where the one before ended', async () => {
    const server = resultServer(rowsOf(23));
    const { rows, positions } = await read(server, 10);
    expect(rows).toEqual(rowsOf(23));
    expect(server.asked).toEqual(['0-10', '10-20', '20-23']);
    expect(positions.at(-1)).toBeNull();
  });

  it('may be empty', async () => {
    expect(await read(resultServer([]), 10)).toEqual({ rows: [], positions: [null] });
  });

  it('is lost when it has other columns than were asked for', async () => {
    const { client } = resultServer(rowsOf(3));
    const rows = jobRows(client, START, { columns: ['Id', 'Name', 'Phone', 'SystemModstamp'], part: 10 });
    await expect(rows.next()).rejects.toBeInstanceOf(JobLost);
  });

  it.each(['sforce-locator', 'sforce-numberofrecords'])('is lost without %s, which says where it ends', async (name) => {
    const headers = { 'content-type': 'text/csv', 'sforce-locator': 'null', 'sforce-numberofrecords': '1', [name]: '' };
    const { client } = clientOn(() => ({ status: 200, headers, body: csv(rowsOf(1)) }));
    await expect(jobRows(client.forRun(RUN), START, result(10)).next()).rejects.toBeInstanceOf(JobLost);
  });

  it('is lost when a part leads back to an earlier one', async () => {
    const headers = { 'content-type': 'text/csv', 'sforce-locator': 'again', 'sforce-numberofrecords': '1' };
    const { client } = clientOn(() => ({ status: 200, headers, body: csv(rowsOf(1)) }));
    let parts = 0;
    const reading = async () => {
      for await (const _ of jobRows(client.forRun(RUN), START, result(1))) parts += 1;
    };
    await expect(reading()).rejects.toBeInstanceOf(JobLost);
    expect(parts).toBe(2);
  });

  it.each([
    ['a refusal that is none', { status: 400, body: '{"a":}' }],
    ['something else', { status: 200, body: '{}' }],
  ])('is not lost when its answer is %s: it cannot be read', async (_, answer) => {
    const headers = { 'content-type': 'application/json' };
    const { client } = clientOn(() => ({ ...answer, headers }));
    expect(await codeOf(jobRows(client.forRun(RUN), START, result(1)).next())).toBe('crm.answer-unreadable');
  });

  it('gives up when a part stays broken, and has lost nothing of what came before', async () => {
    const server = resultServer(rowsOf(30), 50, [null, ...Array.from({ length: 9 }, () => ({ kind: 'drop' as const, at: 40 }))]);
    const rows: string[][] = [];
    let position: JobPosition | null = START;
    const reading = async () => {
      for await (const one of jobRows(server.client, START, result(10))) {
        rows.push(...one.rows);
        ({ position } = one);
      }
    };
    expect(await codeOf(reading())).toBe('crm.offline');
    expect(rows).toEqual(rowsOf(10));
    expect(position).toEqual({ id: ID, locator: '10', rows: 0 });
  });

  const troubles: fc.Arbitrary<Trouble> = fc.option(
    fc.record({ kind: fc.constantFrom('drop' as const, 'truncate' as const), at: fc.nat({ max: 900 }) }),
  );

  it('gives every row once and in order, wherever pieces end and answers break off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 60 }),
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 400 }),
        fc.array(troubles, { maxLength: 3 }),
        async (count, part, piece, trouble) => {
          const { rows } = await read(resultServer(rowsOf(count), piece, [...trouble]), part);
          expect(rows).toEqual(rowsOf(count));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the rest of it from every position that it ever named', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
        async (count, part, piece, otherPiece) => {
          let done = 0;
          for await (const one of jobRows(resultServer(rowsOf(count), piece).client, START, result(part))) {
            done += one.rows.length;
            if (!one.position) break;
            const rest = await read(resultServer(rowsOf(count), otherPiece), part, one.position);
            expect(rest.rows).toEqual(rowsOf(count).slice(done));
          }
          expect(done).toBe(count);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is asked for its next part before the rows of the one before are read', async () => {
    const { client, asked } = resultServer(rowsOf(20), 10);
    const askedAt: string[][] = [];
    for await (const _ of jobRows(client, START, result(10))) askedAt.push([...asked]);
    expect(askedAt[0]).toEqual(['0-10', '10-20']);
  });

  it('is asked for its next part once, also when the one before breaks off and is asked for again', async () => {
    const server = resultServer(rowsOf(4), 1000, [{ kind: 'drop', at: 1 }]);
    expect((await read(server, 2)).rows).toEqual(rowsOf(4));
    expect(server.asked).toEqual(['0-2', '2-4', '0-2']);
  });

  it('is asked for its next part while the rows of the one before are being stored', async () => {
    const { client, asked } = resultServer(rowsOf(5));
    const askedAt: string[][] = [];
    for await (const one of jobRows(client, START, result(2)))
      if (one.position?.rows === 0 || !one.position) askedAt.push([...asked]);
    expect(askedAt).toEqual([
      ['0-2', '2-4'],
      ['0-2', '2-4', '4-5'],
      ['0-2', '2-4', '4-5'],
    ]);
  });

  it('is asked anew for a part that was asked for early and broke off', async () => {
    const server = resultServer(rowsOf(4), 1000, [null, { kind: 'drop', at: 0 }]);
    expect((await read(server, 2)).rows).toEqual(rowsOf(4));
    expect(server.asked).toEqual(['0-2', '2-4', '2-4']);
  });

  it('ends the transfer of a part that nobody wants any more', async () => {
    const ended: string[] = [];
    const { client } = resultServer(rowsOf(6));
    const stream: typeof client.stream = async (path) => {
      const answer = await client.stream(path);
      async function* body() {
        try {
          yield* answer.body;
        } finally {
          ended.push(path.includes('locator') ? 'second' : 'first');
        }
      }
      return { ...answer, body: body() };
    };
    for await (const one of jobRows({ ...client, stream }, START, result(2))) if (one.position?.rows === 0) break;
    await expect.poll(() => ended).toEqual(['first', 'second']);
  });
});
