import type { SandboxSettings } from '../../sandbox-crm/state.ts';

/** How fast the CRM answers. */
export type PaceName = 'at-once' | 'realistic';

type Pace = Pick<SandboxSettings, 'latencyMs' | 'bulkPolls'>;

/** What a real org takes, roughly, before the first byte: a page of 2,000 records, a part of a bulk result, anything else. */
const QUERY_MS = 300;
const PART_MS = 1500;
const OTHER_MS = 150;

/** `at-once` leaves nothing but our own work; `realistic` makes the job of a large object be asked for three times, 3 s in all. */
export const PACES: Readonly<Record<PaceName, Pace>> = {
  'at-once': { latencyMs: 0, bulkPolls: 1 },
  realistic: {
    bulkPolls: 3,
    latencyMs: ({ path }) =>
      /\/results$/.test(path) ? PART_MS : /\/query(?:\/[^/]+)?$/.test(withoutJob(path)) ? QUERY_MS : OTHER_MS,
  },
};

const withoutJob = (path: string) => (path.includes('/jobs/') ? '' : path);

export const REALISTIC_PACE = `${QUERY_MS} ms a query page, ${PART_MS} ms a bulk part, ${OTHER_MS} ms else, 3 looks a job`;
