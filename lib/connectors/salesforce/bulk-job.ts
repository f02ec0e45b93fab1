import { AppError } from '@/lib/shared/errors';
import { readCsv } from '../csv';
import { hasApiCode, toCrmError } from './api-errors';
import { queryJob } from './api-schemas';
import type { SalesforceClient } from './client';
import { readAs } from './requests';

/**
 * Bulk API 2.0 query jobs (Bulk API guide, query_walkthrough): for results so large that pages would cost too many calls. The
 * result is a snapshot that stays for seven days, so a worker that was killed goes on where it was. jsforce's own
 * bulk2.query loses all but the first part of a result (jsforce issue 1546) and is not used.
 */
const POLLS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const ATTEMPTS_A_PART = 4;
/** About an hour. */
const MOST_POLLS = 120;

export interface JobSizes {
  /** A result of so many records is worth a job: about six calls for the job itself and one a part, against one for 2,000. */
  from: number;
  /** Records a part. */
  part: number;
  /** Records that are handed on together. */
  group: number;
}
export const JOB_SIZES: JobSizes = { from: 20_000, part: 20_000, group: 2000 };

/** How much of a result was read: `locator` names the part (null is the first), `rows` is how many of it. */
export interface JobPosition {
  id: string;
  locator: string | null;
  rows: number;
}

/** What a job's result has to look like, and how many records of it are asked for at a time. */
export interface JobResult {
  columns: readonly string[];
  part: number;
}

export interface JobRows {
  names: readonly string[];
  rows: string[][];
  /** Where to go on behind these rows; null behind the last ones. */
  position: JobPosition | null;
}

/** Raised when the CRM has no such job any more, or could not run it: the pull has to take another way. */
export class JobLost extends Error {}

/** The first row names other columns than were asked for: cut off, which passes, or those of another selection. */
class OtherColumns extends AppError {}

/** Creates a job for `soql`. @throws JobLost when the CRM does not take it; AppError */
export async function createJob(client: SalesforceClient, soql: string): Promise<JobPosition> {
  const body = JSON.stringify({ operation: 'query', query: soql });
  const headers = { 'content-type': 'application/json' };
  const answer = await client
    .run(async (api) => readAs(queryJob, await api.request({ method: 'POST', url: '/jobs/query', body, headers })))
    .catch((error) => Promise.reject(hasApiCode(error, 'INVALID_FIELD') ? error : lostOr(error)));
  return { id: answer.id, locator: null, rows: 0 };
}

/** Waits until the job is done. @throws JobLost, AppError */
export async function awaitJob(client: SalesforceClient, id: string): Promise<void> {
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const { state } = await client
      .run(async (api) => readAs(queryJob, await api.request({ method: 'GET', url: `/jobs/query/${id}` })))
      .catch((error) => Promise.reject(lostOr(error)));
    if (state === 'JobComplete') return;
    if (state === 'Failed' || state === 'Aborted') throw new JobLost();
    await client.sleep(POLLS_MS[Math.min(poll, POLLS_MS.length - 1)] ?? 0);
  }
  // The run ends, and the next one looks again: the job stands in the checkpoint.
  throw new AppError('crm.timeout');
}

/** Deletes a job and its result at the CRM. Best effort: it would go by itself after seven days. */
export async function deleteJob(client: SalesforceClient, id: string): Promise<void> {
  await client.run((api) => api.request({ method: 'DELETE', url: `/jobs/query/${id}` })).catch(() => undefined);
}

/**
 * The rows of a finished job from `from` on, as they come. A part that breaks off is asked for again and read on behind its
 * last whole row. @throws JobLost, also when its columns are not `columns`; AppError
 */
export async function* jobRows(client: SalesforceClient, from: JobPosition, result: JobResult): AsyncGenerator<JobRows> {
  let position: JobPosition | null = from;
  let failures = 0;
  const parts = new Set<string | null>();
  const answers = createAnswers(client, from.id, result.part);
  try {
    while (position) {
      const before: JobPosition = position;
      // A part that leads back to an earlier one would be read for ever.
      if (parts.has(before.locator) && failures === 0 && before.rows === 0) throw new JobLost();
      parts.add(before.locator);
      try {
        for await (const part of readPart(answers, before, result.columns)) {
          position = part.position;
          failures = 0;
          yield part;
        }
      } catch (error) {
        failures += 1;
        if (!isPassing(error) || failures >= ATTEMPTS_A_PART) throw error instanceof OtherColumns ? new JobLost() : lostOr(error);
        await client.sleep(1000 * 2 ** failures);
      }
    }
  } finally {
    answers.drop();
  }
}

type Answer = Awaited<ReturnType<SalesforceClient['stream']>>;

/** The answers with the parts of a result. */
interface Answers {
  of(locator: string | null): Promise<Answer>;
  /** Asks for a part before its turn. Its rows wait at the CRM: what is not read is not sent, so that memory stays flat. */
  ahead(locator: string): void;
  drop(): void;
}

/** While the rows of one part are read and stored the CRM finds the next one: else each would wait for the other by turns. */
function createAnswers(client: SalesforceClient, id: string, part: number): Answers {
  let early: { locator: string; answer: Promise<Answer> } | null = null;
  const ask = (locator: string | null) => {
    const query = new URLSearchParams({ maxRecords: String(part), ...(locator === null ? {} : { locator }) });
    return client.stream(`/jobs/query/${id}/results?${query}`);
  };
  return {
    of(locator) {
      if (early?.locator !== locator) return ask(locator);
      const { answer } = early;
      early = null;
      return answer;
    },
    ahead(locator) {
      // A part that broke off and is read again leads to the one that was asked for already.
      if (early?.locator === locator) return;
      const answer = ask(locator);
      // Whoever takes it hears of its failure; nobody may.
      answer.catch(() => undefined);
      early = { locator, answer };
    },
    drop() {
      early?.answer.then(endTransfer).catch(() => undefined);
      early = null;
    },
  };
}

/** A body ends its transfer when a loop over it is left, and no loop has begun. */
async function endTransfer({ body }: Answer): Promise<void> {
  for await (const _ of body) return;
}

const isPassing = (error: unknown) =>
  error instanceof AppError && ['crm.offline', 'crm.timeout', 'crm.answer-unreadable'].includes(error.code);

/** One part of the result, behind the rows that are known of it. Its last rows come with the position of the next part. */
async function* readPart(
  answers: Answers,
  { id, locator, rows: known }: JobPosition,
  columns: readonly string[],
): AsyncGenerator<JobRows> {
  const { headers, body } = await answers.of(locator);
  const expected = Number(headers['sforce-numberofrecords']);
  const next = headers['sforce-locator'];
  // The end is the word "null"; a missing header would read as an endless result. Whoever takes it away (a proxy) will do so
  // at the next attempt too: pages are another way.
  if (!next || !headers['sforce-numberofrecords'] || !Number.isInteger(expected)) throw new JobLost();
  if (next !== 'null' && next !== locator) answers.ahead(next);
  let names: readonly string[] = [];
  let held: string[][] = [];
  let seen = 0;
  for await (const lines of readCsv(body)) {
    const rows: string[][] = names.length > 0 ? lines : lines.slice(1);
    if (names.length === 0) {
      names = lines[0] ?? [];
      // A job of before the selection changed, or a header that was cut off: its rows would be read as something else.
      if (names.join() !== columns.join()) throw new OtherColumns('crm.answer-unreadable');
    }
    const skip = Math.max(0, known - seen);
    seen += rows.length;
    if (held.length > 0) yield { names, rows: held, position: { id, locator, rows: seen - rows.length } };
    held = rows.slice(skip);
  }
  if (names.length === 0 || seen !== expected) throw new AppError('crm.answer-unreadable');
  yield { names, rows: held, position: next === 'null' ? null : { id, locator: next, rows: 0 } };
}

/** An answer of the API against the job is about the job; everything else is about the service. */
function lostOr(error: unknown): Error {
  if (error instanceof JobLost) return error;
  const known = toCrmError(error);
  const isAboutJob = known.code === 'crm.refused' || known.code === 'crm.object-missing' || known.code === 'crm.forbidden';
  return isAboutJob ? new JobLost(known.code, { cause: error }) : known;
}
