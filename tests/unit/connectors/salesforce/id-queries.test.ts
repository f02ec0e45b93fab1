import { describe, expect, it } from 'vitest';
import { idsOf, type Reading, recordsOf } from '@/lib/connectors/salesforce/id-queries';
import type { Opening } from '@/lib/connectors/salesforce/opening';
import { defaultSelection } from '@/lib/crm/selection';
import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { codeOf } from '../../../builders/codes';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const JOB = '750000000000001AAA';
const STAMP = '2026-05-01T07:25:37.000+0000';
const idOf = (n: number) => `00Q${String(n).padStart(12, '0')}AAA`;
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, n) => idOf(from + n));

const OPENING: Opening = {
  want: { object: 'lead', selection: defaultSelection().objects.lead, scope: defaultSelection().scope, since: null },
  fields: ['Name'],
  wanted: ['Name'],
  types: { Name: 'text' },
  stages: undefined,
  describedAt: 'x',
  scope: 'IsConverted = false',
  mark: 'IsConverted = false',
  chosen: '',
  changes: null,
  deletions: { at: new Map(), until: 'x', sweep: false },
  count: 3,
};

const soqlOf = ({ url, body }: EgressRequest): string =>
  body ? JSON.parse(body).query : (new URL(url).searchParams.get('q') ?? '');
const csv = (columns: string[], rows: string[][]) =>
  `${[columns, ...rows].map((row) => row.map((v) => `"${v}"`).join(',')).join('\n')}\n`;

/** An org with these Leads. A job is done at once, unless the CRM makes none; `part` may change the answer to a part. */
function org(held: readonly string[], options: { makesJobs?: boolean; part?: (number: number) => EgressResponse | null } = {}) {
  const { makesJobs = true, part = () => null } = options;
  let parts = 0;
  let soql = '';
  const network = clientOn((request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith('/query') && request.method === 'GET' && !pathname.includes('jobs')) {
      const named = /Id IN \(([^)]*)\)/.exec(soqlOf(request))?.[1];
      const found = held.filter((id) => !named || named.includes(id));
      const records = found.map((Id) => ({ Id, SystemModstamp: STAMP, Name: 'N' }));
      return json({ totalSize: records.length, done: true, records });
    }
    if (request.method === 'POST') soql = soqlOf(request);
    if (request.method === 'POST' && !makesJobs) return json([{ errorCode: 'FEATURENOTENABLED', message: 'm' }], 400);
    if (!pathname.endsWith('/results')) return json({ id: JOB, state: 'JobComplete' });
    parts += 1;
    const from = Number(searchParams.get('locator') ?? 0);
    const to = Math.min(held.length, from + Number(searchParams.get('maxRecords')));
    const columns = /SELECT (.*) FROM/.exec(soql)?.[1]?.split(', ') ?? [];
    const values: Record<string, string> = { SystemModstamp: STAMP, Name: 'N' };
    const rows = held.slice(from, to).map((id) => columns.map((name) => values[name] ?? id));
    const headers = {
      'content-type': 'text/csv',
      'sforce-numberofrecords': String(to - from),
      'sforce-locator': to < held.length ? String(to) : 'null',
    };
    return part(parts) ?? { status: 200, headers, body: csv(columns, rows) };
  });
  const reading: Reading = { client: network.client, connectionId: 'c1', sizes: { from: 10, part: 5, group: 5 } };
  const queries = () => network.network.sent.filter(({ url }) => !url.includes('jobs')).map(soqlOf);
  const jobs = () => network.network.sent.filter(({ method }) => method === 'POST').map(soqlOf);
  return { reading, queries, jobs, sent: network.network.sent };
}

async function all<T>(groups: AsyncIterable<T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const group of groups) found.push(...group);
  return found;
}

describe('the ids of all records within the scope', () => {
  it('come by pages when they are few', async () => {
    const crm = org(ids(9));
    expect(await all(idsOf(crm.reading, 'lead', { ...OPENING, count: 9 }))).toEqual(ids(9));
    expect(crm.queries()).toEqual(['SELECT Id FROM Lead WHERE IsConverted = false']);
    expect(crm.jobs()).toEqual([]);
  });

  it('come by a job, which is deleted, when they are many', async () => {
    const crm = org(ids(12));
    expect(await all(idsOf(crm.reading, 'lead', { ...OPENING, count: 12 }))).toEqual(ids(12));
    expect(crm.jobs()).toEqual(['SELECT Id FROM Lead WHERE IsConverted = false']);
    expect(crm.queries()).toEqual([]);
    expect(crm.sent.at(-1)?.method).toBe('DELETE');
  });

  it('come by pages when the CRM makes no job, and by a job when nobody knows how many they are', async () => {
    const crm = org(ids(12), { makesJobs: false });
    expect(await all(idsOf(crm.reading, 'lead', { ...OPENING, count: 12 }))).toEqual(ids(12));
    const uncounted = org(ids(12));
    expect(await all(idsOf(uncounted.reading, 'lead', { ...OPENING, count: null }))).toEqual(ids(12));
    expect(uncounted.jobs()).toHaveLength(1);
  });

  it('come whole when the job is lost in the middle, some of them twice', async () => {
    const gone = json([{ errorCode: 'NOT_FOUND', message: 'm' }], 404);
    const crm = org(ids(12), { part: (number) => (number === 2 ? gone : null) });
    const found = await all(idsOf(crm.reading, 'lead', { ...OPENING, count: 12 }));
    expect(new Set(found)).toEqual(new Set(ids(12)));
    expect(found.length).toBeGreaterThan(12);
  });

  it('are not there when the service is in trouble: an empty list would say that all is gone', async () => {
    const limit = json([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'm' }], 403);
    const crm = org(ids(12), { part: () => limit });
    expect(await codeOf(all(idsOf(crm.reading, 'lead', { ...OPENING, count: 12 })))).toBe('crm.limit');
  });
});

describe('records by id', () => {
  const read = (crm: ReturnType<typeof org>, wanted: string[]) => all(recordsOf(crm.reading, 'lead', OPENING, wanted));

  it('are asked for within the scope, as many at once as an address can hold', async () => {
    const crm = org(ids(800));
    const found = await read(crm, ids(700, 50));
    expect(found.map(({ id }) => id)).toEqual(ids(700, 50));
    expect(crm.queries()).toHaveLength(2);
    for (const query of crm.queries()) expect(query).toContain(') AND IsConverted = false');
    for (const { url } of crm.sent) expect(url.length).toBeLessThan(16_000);
  });

  it('are left out when they are not there', async () => {
    expect((await read(org(ids(3)), [...ids(2), idOf(99)])).map(({ id }) => id)).toEqual(ids(2));
  });

  it('cost no call when none are asked for', async () => {
    const crm = org(ids(3));
    expect(await read(crm, [])).toEqual([]);
    expect(crm.sent).toEqual([]);
  });

  it('are taken out of everything when they are more than that is worth', async () => {
    const crm = org([...ids(10_001), ...ids(3, 20_000)]);
    crm.reading.sizes = { from: 10, part: 20_000, group: 5 };
    const found = await read(crm, ids(10_001));
    expect(found).toHaveLength(10_001);
    expect(crm.jobs()).toEqual(['SELECT Id, Name, SystemModstamp FROM Lead WHERE IsConverted = false']);
  });
});
