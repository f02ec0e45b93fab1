import { Connection } from 'jsforce';
import { parseCSV } from 'jsforce/lib/csv.js';
import type { RecordQuery } from './crm-messages.ts';
import type { Crm } from './crm.ts';

export interface Reading {
  ms: number;
  records: number;
  calls: number;
}

const VERSION = '62.0';
const PART = 20_000;

/** jsforce in Node reading the same records by the same queries, and doing nothing with them. */
export async function readWithJsforce(crm: Crm, queries: readonly RecordQuery[]): Promise<Reading> {
  const connection = new Connection({ instanceUrl: crm.plainUrl, accessToken: crm.accessToken, version: VERSION });
  await crm.ask('begin', 'at-once');
  const start = performance.now();
  let records = 0;
  for (const { soql, job } of queries) records += job ? await readJob(crm, connection, soql) : await readPages(connection, soql);
  const ms = performance.now() - start;
  return { ms, records, calls: (await crm.ask('counted', null)).calls };
}

async function readPages(connection: Connection, soql: string): Promise<number> {
  let page = await connection.query(soql);
  let records = page.records.length;
  while (page.nextRecordsUrl) {
    page = await connection.queryMore(page.nextRecordsUrl);
    records += page.records.length;
  }
  return records;
}

/** The parts one by one with jsforce's own CSV reader: its `bulk2.query` loses all but the first (jsforce issue 1546). */
async function readJob({ plainUrl, accessToken }: Crm, connection: Connection, soql: string): Promise<number> {
  const created: { id: string } = await connection.requestPost('/jobs/query', { operation: 'query', query: soql });
  for (let state = ''; state !== 'JobComplete'; ) {
    ({ state } = await connection.requestGet<{ state: string }>(`/jobs/query/${created.id}`));
  }
  let records = 0;
  for (let locator: string | null = ''; locator !== 'null' && locator !== null; ) {
    const query = new URLSearchParams({ maxRecords: String(PART), ...(locator === '' ? {} : { locator }) });
    const answer: Response = await fetch(`${plainUrl}/services/data/v${VERSION}/jobs/query/${created.id}/results?${query}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    records += parseCSV(await answer.text()).length;
    locator = answer.headers.get('sforce-locator');
  }
  await connection.requestDelete(`/jobs/query/${created.id}`);
  return records;
}
