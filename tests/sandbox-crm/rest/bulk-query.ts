/** Bulk API 2.0 query jobs: a query whose result is fetched as CSV, in parts. */
import { Hono } from 'hono';
import { apiError, notFound } from '../http/api-error.ts';
import { compileColumns } from '../soql/columns.ts';
import { parseSoql } from '../soql/parse.ts';
import { selectRows, typeOf } from '../soql/select-rows.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { csvOf } from './bulk-csv.ts';
import { DELIMITERS, describeJob, isRunning, poll } from './bulk-jobs.ts';
import type { QueryJob } from './bulk-jobs.ts';
import { refusing } from './query.ts';
import { baseOf, bodyOf } from './request.ts';
import type { DataContext } from './request.ts';
import type { Body } from './save.ts';

const DEFAULT_PART = 50_000;

const versionOf = (c: DataContext) => Number((c.req.param('version') ?? '').slice(1));
const shouldFail = (c: DataContext) => c.env?.faults?.some(({ kind }) => kind === 'job-failed') === true;

export function bulkQueryRoutes(state: SandboxState): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const { org, jobs, settings } = state;
  const at = (path: string) => `/services/data/:version/jobs/query${path}`;
  const jobOf = (c: DataContext): QueryJob => {
    const job = jobs.find(c.req.param('id') ?? '');
    if (!job) throw notFound();
    return job;
  };

  app.post(at(''), async (c) => {
    const body = await bodyOf(c);
    const operation = body.operation === 'queryAll' ? 'queryAll' : 'query';
    const userId = c.get('token').userId;
    const soql = String(body.query ?? '');
    const result = refusing(soql, () => {
      const query = parseSoql(soql);
      const type = typeOf(query, org);
      const view = org.snapshot();
      const columns = compileColumns(query, type, view);
      const scope = { org, base: baseOf(c), userId, includeDeleted: operation === 'queryAll' };
      return { object: type.name, columns, rows: selectRows(query, type, scope, { ordered: true }), release: view.release };
    });
    const job = jobs.add({
      ...{ ...result, operation, ...formatOf(body) },
      createdById: userId,
      createdDate: org.clock.stamp(),
      apiVersion: versionOf(c),
      doomed: shouldFail(c),
    });
    return c.json(describeJob(job));
  });
  app.get(at('/:id'), (c) => {
    const job = jobOf(c);
    // A job that is told to fail while it runs does so at once.
    if (shouldFail(c)) job.doomed = true;
    poll(job, shouldFail(c) ? 0 : settings.bulkPolls, org.clock.stamp());
    return c.json({
      ...describeJob(job),
      jobType: 'V2Query',
      numberRecordsProcessed: job.state === 'JobComplete' ? job.rows.length : 0,
      retries: 0,
      totalProcessingTime: 100,
      isPkChunkingSupported: true,
      ...(job.state === 'Failed' ? { errorMessage: 'The job failed after too many retries' } : {}),
    });
  });
  app.patch(at('/:id'), async (c) => {
    const job = jobOf(c);
    if ((await bodyOf(c)).state !== 'Aborted')
      throw apiError(400, 'API_ERROR', 'The state of a query job can only be set to Aborted');
    if (!isRunning(job)) throw apiError(400, 'INVALIDJOBSTATE', `A job in the state ${job.state} can not be aborted`);
    job.state = 'Aborted';
    job.systemModstamp = org.clock.stamp();
    return c.json(describeJob(job));
  });
  app.delete(at('/:id'), (c) => {
    const job = jobOf(c);
    if (isRunning(job)) {
      throw apiError(400, 'API_ERROR', 'Error encountered when deleting the job because the job is not terminated');
    }
    jobs.remove(job);
    return c.body(null, 204);
  });
  app.get(at('/:id/results'), (c) => {
    const job = jobOf(c);
    if (job.apiVersion !== versionOf(c)) throw apiError(409, 'API_ERROR', 'The job was created with another API version');
    if (job.state !== 'JobComplete') throw apiError(400, 'INVALIDJOBSTATE', `Job state is ${job.state}, not JobComplete`);
    const from = startOf(c.req.query('locator'), job.rows.length);
    const most = Number(c.req.query('maxRecords') || DEFAULT_PART);
    if (!Number.isInteger(most) || most < 1) throw apiError(400, 'API_ERROR', 'maxRecords must be a positive number');
    const to = Math.min(from + most, job.rows.length);
    c.header('sforce-numberofrecords', String(to - from));
    // The end is the word "null", not a missing header.
    c.header('sforce-locator', to < job.rows.length ? btoa(String(to)).replaceAll('=', '') : 'null');
    c.header('content-type', 'text/csv;charset=UTF-8');
    return c.body(csvOf(job, from, to));
  });
  return app;
}

/** Where a part begins. @param locator as given out; nothing, or nothing in it, is the beginning */
function startOf(locator: string | undefined, length: number): number {
  if (!locator) return 0;
  const from = /^[\w+/]+$/.test(locator) ? Number(atob(locator)) : Number.NaN;
  if (!Number.isInteger(from) || from < 0 || from >= length) throw apiError(400, 'API_ERROR', 'The locator is not valid');
  return from;
}

function formatOf(body: Body): Pick<QueryJob, 'lineEnding' | 'columnDelimiter'> {
  const named = String(body.columnDelimiter ?? 'COMMA');
  return {
    lineEnding: body.lineEnding === 'CRLF' ? 'CRLF' : 'LF',
    columnDelimiter: named in DELIMITERS ? (named as QueryJob['columnDelimiter']) : 'COMMA',
  };
}
