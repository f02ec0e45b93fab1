/** Bulk query jobs: what each was asked for, how far it is, and the result as it was when the job was made. */
import { makeId } from '../org/record-id.ts';
import type { Row } from '../org/table.ts';
import type { FlatColumn } from '../soql/columns.ts';

export const DELIMITERS = { COMMA: ',', TAB: '\t', SEMICOLON: ';', PIPE: '|', CARET: '^', BACKQUOTE: '`' } as const;

type JobState = 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export interface QueryJob {
  readonly id: string;
  readonly operation: 'query' | 'queryAll';
  readonly object: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly apiVersion: number;
  readonly lineEnding: 'LF' | 'CRLF';
  readonly columnDelimiter: keyof typeof DELIMITERS;
  readonly columns: readonly FlatColumn[];
  readonly rows: readonly Row[];
  /** Lets go of the records the columns are read from. */
  release(): void;
  state: JobState;
  systemModstamp: string;
  /** How often its state was asked for. */
  polls: number;
  /** Whether it will fail instead of completing. */
  doomed: boolean;
}

export interface BulkJobs {
  add(job: Omit<QueryJob, 'id' | 'state' | 'polls' | 'systemModstamp'>): QueryJob;
  find(id: string): QueryJob | undefined;
  remove(job: QueryJob): void;
  /** Forgets all of them, as after seven days. */
  expire(): void;
}

export function createBulkJobs(): BulkJobs {
  const jobs = new Map<string, QueryJob>();
  let made = 0;
  return {
    add(job) {
      const id = makeId('750', ++made);
      const added: QueryJob = { ...job, id, state: 'UploadComplete', polls: 0, systemModstamp: job.createdDate };
      jobs.set(id, added);
      return added;
    },
    find: (id) => jobs.get(id),
    remove(job) {
      job.release();
      jobs.delete(job.id);
    },
    expire() {
      for (const job of jobs.values()) job.release();
      jobs.clear();
    },
  };
}

export const isRunning = ({ state }: QueryJob) => state === 'UploadComplete' || state === 'InProgress';

/** One look at a job finds it one step further. @param needed how many looks it takes until it is done */
export function poll(job: QueryJob, needed: number, stamp: string): void {
  if (!isRunning(job)) return;
  job.polls++;
  job.systemModstamp = stamp;
  job.state = job.polls < needed ? 'InProgress' : job.doomed ? 'Failed' : 'JobComplete';
}

/** The fields of every answer about a job. */
export function describeJob(job: QueryJob) {
  const { id, operation, object, createdById, createdDate, systemModstamp, state } = job;
  const { apiVersion, lineEnding, columnDelimiter } = job;
  return {
    ...{ id, operation, object, createdById, createdDate, systemModstamp, state },
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    ...{ apiVersion, lineEnding, columnDelimiter },
  };
}
