/** Bulk API 2.0 query jobs: a query whose result is fetched as CSV, in parts. */
import { Hono } from 'hono';
import { apiError, notFound } from '../http/api-error.ts';
import { makeId } from '../org/record-id.ts';
import { toWireDateTime } from '../org/wire-time.ts';
import type { QueryResult } from '../soql/run-query.ts';
import type { WireRecord, WireValue } from '../soql/projection.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { baseOf, bodyOf } from './request.ts';
import type { DataContext } from './request.ts';
import { compiled } from './query.ts';

interface Job {
  id: string;
  operation: 'query' | 'queryAll';
  object: string;
  createdById: string;
  createdDate: string;
  state: 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted';
  apiVersion: number;
  lineEnding: 'LF' | 'CRLF';
  columnDelimiter: keyof typeof DELIMITERS;
  columns: string[];
  result: QueryResult;
}

const DELIMITERS = { COMMA: ',', TAB: '\t', SEMICOLON: ';', PIPE: '|', CARET: '^', BACKQUOTE: '`' } as const;
const DEFAULT_PART = 50_000;

export function bulkQueryRoutes(state: SandboxState): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const jobs = new Map<string, Job>();
  const at = (path: string) => `/services/data/:version/jobs/query${path}`;
  const jobOf = (c: DataContext): Job => {
    const job = jobs.get(c.req.param('id') ?? '');
    if (!job) throw notFound();
    return job;
  };

  app.post(at(''), async (c) => {
    const body = await bodyOf(c);
    const soql = String(body.query ?? '');
    const operation = body.operation === 'queryAll' ? 'queryAll' : 'query';
    const scope = { org: state.org, base: baseOf(c), userId: c.get('token').userId, includeDeleted: operation === 'queryAll' };
    const result = compiled(soql, scope);
    const columns = columnsOf(soql);
    if (columns.some((column) => /[()]/.test(column))) {
      throw apiError(400, 'API_ERROR', 'Bulk queries know neither functions nor sub-queries');
    }
    const job: Job = {
      id: makeId('750', jobs.size + 1),
      operation,
      object: state.org.schema.object(/\bfrom\s+(\w+)/i.exec(soql)?.[1] ?? '')?.name ?? '',
      createdById: c.get('token').userId,
      createdDate: toWireDateTime(state.org.clock.now()),
      state: 'UploadComplete',
      apiVersion: Number((c.req.param('version') ?? '').slice(1)),
      lineEnding: body.lineEnding === 'CRLF' ? 'CRLF' : 'LF',
      columnDelimiter:
        String(body.columnDelimiter ?? 'COMMA') in DELIMITERS
          ? (String(body.columnDelimiter ?? 'COMMA') as Job['columnDelimiter'])
          : 'COMMA',
      columns,
      result,
    };
    jobs.set(job.id, job);
    return c.json(describeJob(job));
  });
  app.get(at('/:id'), (c) => {
    const job = jobOf(c);
    // Each look finds it one step further, so that a client that does not wait never gets there by luck.
    if (job.state === 'InProgress') job.state = 'JobComplete';
    if (job.state === 'UploadComplete') job.state = 'InProgress';
    const more = {
      jobType: 'V2Query',
      numberRecordsProcessed: job.state === 'JobComplete' ? job.result.length : 0,
      retries: 0,
      totalProcessingTime: 100,
    };
    return c.json({ ...describeJob(job), ...more, isPkChunkingSupported: true });
  });
  app.patch(at('/:id'), (c) => {
    const job = jobOf(c);
    job.state = 'Aborted';
    return c.json(describeJob(job));
  });
  app.delete(at('/:id'), (c) => {
    jobs.delete(jobOf(c).id);
    return c.body(null, 204);
  });
  app.get(at('/:id/results'), (c) => {
    const job = jobOf(c);
    if (job.apiVersion !== Number((c.req.param('version') ?? '').slice(1)))
      throw apiError(409, 'API_ERROR', 'The job was created with another API version');
    if (job.state !== 'JobComplete') throw apiError(400, 'INVALIDJOBSTATE', `Job state is ${job.state}, not JobComplete`);
    const from = Number(atob(c.req.query('locator') || btoa('0')));
    const to = Math.min(from + Number(c.req.query('maxRecords') ?? DEFAULT_PART), job.result.length);
    c.header('sforce-numberofrecords', String(to - from));
    // The end is the word "null", not a missing header.
    c.header('sforce-locator', to < job.result.length ? btoa(String(to)).replaceAll('=', '') : 'null');
    c.header('content-type', 'text/csv;charset=UTF-8');
    return c.body(toCsv(job, job.result.records(from, to)));
  });
  return app;
}

function describeJob({ columns: _columns, result: _result, ...job }: Job) {
  return { ...job, systemModstamp: job.createdDate, concurrencyMode: 'Parallel', contentType: 'CSV' };
}

/** The columns in the order they were asked for. */
const columnsOf = (soql: string) => (/select\s+(.*?)\s+from\s/is.exec(soql)?.[1] ?? '').split(',').map((column) => column.trim());

function toCsv({ columns, columnDelimiter, lineEnding }: Job, records: readonly WireRecord[]): string {
  const end = lineEnding === 'CRLF' ? '\r\n' : '\n';
  const line = (values: readonly string[]) => values.join(DELIMITERS[columnDelimiter]) + end;
  const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const cell = (record: WireRecord, column: string) => {
    const value = valueAt(record, column.split('.'));
    return value === null || value === undefined ? '' : quote(String(value));
  };
  return line(columns.map(quote)) + records.map((record) => line(columns.map((column) => cell(record, column)))).join('');
}

function valueAt(record: WireRecord, path: readonly string[]): WireValue | undefined {
  let value: WireValue | undefined = record;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const key: string | undefined =
      name in value ? name : Object.keys(value).find((other) => other.toLowerCase() === name.toLowerCase());
    value = key === undefined ? null : (value as Record<string, WireValue>)[key];
  }
  return value;
}
