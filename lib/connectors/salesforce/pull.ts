import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Checkpoint, ObjectState, OpenPull, Page, Pull, RunOptions, Want } from '../connector';
import { hasApiCode, toCrmError } from './api-errors';
import { awaitJob, createJob, deleteJob, JobLost, type JobSizes, jobRows } from './bulk-job';
import type { SalesforceClient } from './client';
import { droppedFields, extraFields } from './fields';
import { idsOf, type Reading, recordsOf } from './id-queries';
import { rowOfText, toRecord } from './mappers';
import { isWhole, type Opening, openObjects, type QueryPage } from './opening';
import { columnsOf, type Position, recordsQuery } from './queries';
import { query, requestPage } from './requests';

/** A change becomes visible when its transaction commits, later than its stamp: the last minutes are asked for again. */
const OVERLAP_MS = 10 * 60_000;
const ROWS_A_BREATH = 128;

interface PullContext extends Reading {
  startedAt: string;
  pace: Pace;
}

/** Begins a run: see Connector.open. `now` in milliseconds, of our own clock. @throws AppError */
export async function openPull(
  base: SalesforceClient,
  wants: readonly Want[],
  run: RunOptions,
  options: { connectionId: string; now: number; sizes: JobSizes; pace: Pace },
): Promise<Pull> {
  const { connectionId, now, sizes, pace } = options;
  const client = base.forRun(run);
  const { openings, startedAt } = await openObjects(client, wants, now);
  const context = { client, connectionId, sizes, pace, startedAt };
  const opened = (object: ObjectKind): Opening => {
    const opening = openings.get(object);
    if (opening instanceof AppError) throw opening;
    if (!opening) throw new AppError('crm.object-missing');
    return opening;
  };
  return {
    state: (object) => (openings.get(object) ? stateOf(opened(object)) : null),
    pages: (object) => pages(context, opened(object)),
    ids: (object) => idsOf(context, object, opened(object)),
    byIds: (object, ids) => recordsOf(context, object, opened(object), ids),
  };
}

function stateOf(opening: Opening): ObjectState {
  const { want, fields, count } = opening;
  const { since, object } = want;
  return {
    count,
    total: expectedBy(opening, planOf(opening, '')),
    dropped: since ? droppedFields(object, since.fields, fields) : [],
    scopeChanged: since !== null && since.scope !== opening.mark,
  };
}

/** How many records a pull brings, as far as it is known. */
const expectedBy = ({ changes, count }: Opening, { from }: OpenPull) => (from === null ? count : changes?.totalSize) ?? 0;

/** A count that the CRM could not give in time is that of a large object. */
const isLarge = (opening: Opening, plan: OpenPull, sizes: JobSizes) =>
  (plan.from === null && opening.count === null) || expectedBy(opening, plan) >= sizes.from;

/** How the pull of an object goes on: where it was cut off, with what changed, or from the beginning when there are new fields. */
function planOf({ want, fields }: Opening, startedAt: string): OpenPull {
  const { since } = want;
  const begin = (from: string | null, fresh: boolean): OpenPull => ({ startedAt, from, fresh, after: null, job: null });
  if (!since) return begin(null, true);
  // A server whose clock was ahead once: what changed since then was never asked for.
  if (startedAt !== '' && since.coveredUntil !== null && since.coveredUntil > startedAt) return begin(null, false);
  const hasNewFields = fields.some((name) => !since.fields.includes(name));
  if (hasNewFields) return begin(null, false);
  return since.pull ?? begin(since.coveredUntil, false);
}

/**
 * The pages of one object; the deletions that the CRM named at the beginning stand on the first of them. A result that the
 * CRM keeps (a job's, a cursor's) is older than they are and may still have such a record: it stays away then.
 */
async function* pages(context: PullContext, opening: Opening): AsyncGenerator<Page> {
  const { want, wanted, fields, types, stages, describedAt, mark, deletions } = opening;
  const plan = planOf(opening, context.startedAt);
  const known: Checkpoint = {
    coveredUntil: want.since?.coveredUntil ?? null,
    deletedUntil: want.since?.deletedUntil ?? deletions.until,
    wanted,
    fields,
    types,
    ...(stages ? { stages } : {}),
    describedAt,
    scope: mark,
    pull: plan,
  };
  const page = { records: [], deletions: [], became: [], sweep: false, skipped: 0, newBefore: null };
  const first = { deletions: [...deletions.at.keys()], sweep: deletions.sweep };
  const isDeleted = ({ id, modifiedAt }: AnyRecord) => modifiedAt <= (deletions.at.get(id) ?? '');
  const asked = changesFor(opening, plan, context.sizes);
  // What changed was asked for before the deletions; every other record comes after them and must not fall to them.
  let told = asked === null;
  if (told) yield { ...page, ...first, checkpoint: { ...known, pull: plan } };
  for await (const { records, became, skipped, fresh, pull } of steps(context, opening, plan, asked)) {
    const overlapFrom = iso(Date.parse((pull ?? plan).startedAt) - OVERLAP_MS);
    const coveredUntil = pull ? known.coveredUntil : overlapFrom;
    // Whoever goes on with such a result has to know the deletions since it was made, not only since the last run.
    const deletedUntil = pull ? known.deletedUntil : deletions.until;
    const newBefore = fresh ? overlapFrom : null;
    const deleted = told ? {} : first;
    told = true;
    const checkpoint = { ...known, coveredUntil, deletedUntil, pull };
    yield { ...page, records: records.filter((one) => !isDeleted(one)), became, skipped, ...deleted, checkpoint, newBefore };
  }
}

/** The first page of changes when the pull goes on with it: not when it is too large, or goes another way. */
function changesFor({ want, changes }: Opening, plan: OpenPull, sizes: JobSizes): QueryPage | null {
  const goesOn = isWhole(want.since) && plan.from !== null && changes !== null && changes.totalSize < sizes.from;
  return goesOn ? changes : null;
}

interface Step {
  records: AnyRecord[];
  became: string[];
  skipped: number;
  /** Nothing of these records can be in the copy, but for what somebody else has written since the pull began. */
  fresh: boolean;
  /** Where the pull stands behind these records; null when it is whole. */
  pull: OpenPull | null;
}

/** A large pull goes through a job, every other by pages. A job that is lost is no loss: what it gave is kept. */
async function* steps(context: PullContext, opening: Opening, plan: OpenPull, asked: QueryPage | null): AsyncGenerator<Step> {
  let current = plan;
  if (current.job || (isLarge(opening, plan, context.sizes) && !current.after)) {
    try {
      for await (const step of jobSteps(context, opening, current)) {
        current = step.pull ?? current;
        yield step;
      }
      return;
    } catch (error) {
      if (!(error instanceof JobLost)) throw error;
      // What the job has given so far is in the copy, so nothing that comes now can be taken for new.
      current = { ...current, job: null, after: null, fresh: current.fresh && current.job === null };
    }
  }
  yield* pageSteps(context, opening, current, asked);
}

async function* jobSteps(context: PullContext, opening: Opening, plan: OpenPull): AsyncGenerator<Step> {
  const { client, sizes } = context;
  async function begin() {
    const position: Position = plan.from === null ? null : { from: plan.from };
    const soql = recordsQuery(opening.want.object, opening.fields, {
      position,
      condition: conditionFor(opening, plan),
      ordered: false,
    });
    return createJob(client, soql).catch((error) => Promise.reject(error instanceof JobLost ? error : toCrmError(error)));
  }
  const job = plan.job ?? (await begin());
  // On disk at once, or a worker that is killed now would make the CRM run the same job again.
  if (!plan.job) yield { records: [], became: [], skipped: 0, fresh: plan.fresh, pull: { ...plan, job } };
  const { id } = job;
  await awaitJob(client, id);
  let rows: unknown[] = [];
  for await (const part of jobRows(client, job, { columns: columnsOf(opening.fields), part: sizes.part })) {
    for (const values of part.rows) rows.push(rowOfText(part.names, values, opening.types));
    const { position } = part;
    if (position && rows.length < sizes.group) continue;
    const read = await readRows(context, opening, rows, plan);
    rows = [];
    yield { ...read, fresh: plan.fresh, pull: position ? { ...plan, job: position } : null };
  }
  await deleteJob(client, id);
}

async function* pageSteps(context: PullContext, opening: Opening, plan: OpenPull, asked: QueryPage | null): AsyncGenerator<Step> {
  const { client } = context;
  const { want, fields } = opening;
  let { after } = plan;
  const ask = () => {
    const from: Position = plan.from === null ? null : { from: plan.from };
    const position = after ? { after } : from;
    const soql = recordsQuery(want.object, fields, { position, condition: conditionFor(opening, plan), ordered: true });
    return query(client, soql).catch((error) => Promise.reject(toCrmError(error)));
  };
  let page = asked ?? (await ask());
  for (;;) {
    const read = await readRows(context, opening, page.records, plan);
    after = read.last ?? after;
    if (page.done) {
      yield { ...read, fresh: plan.fresh, pull: null };
      return;
    }
    const { nextRecordsUrl } = page;
    // Asked for before its turn: the CRM finds it while the records of this one are being stored.
    const next = nextRecordsUrl ? requestPage(client, nextRecordsUrl) : Promise.reject(new AppError('crm.answer-unreadable'));
    next.catch(() => undefined);
    yield { ...read, fresh: plan.fresh, pull: { ...plan, job: null, after } };
    // A cursor that the server has dropped is no loss: the pull goes on after the last record it gave.
    page = await next.catch((error) => (hasApiCode(error, 'INVALID_QUERY_LOCATOR') ? ask() : Promise.reject(toCrmError(error))));
  }
}

/** A pull of changes has to see what has left the scope by changing; a pull of everything need not. */
const conditionFor = ({ scope, chosen }: Opening, plan: OpenPull) => (plan.from === null ? scope : chosen);

async function readRows(
  { connectionId, pace }: PullContext,
  { want, fields }: Opening,
  rows: readonly unknown[],
  plan: OpenPull,
) {
  const { object } = want;
  const extra = extraFields(object, fields);
  const records: AnyRecord[] = [];
  const became: string[] = [];
  let last: OpenPull['after'] = null;
  let skipped = 0;
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_A_BREATH === 0) await pace.breathe();
    const record = toRecord(object, connectionId, row, extra);
    if (!record) {
      skipped += 1;
      continue;
    }
    last = { stamp: record.modifiedAt, id: record.id };
    // A converted Lead lives on as the Contact and the Account that it became.
    if (record.object === 'lead' && record.fields.converted && plan.from !== null) became.push(record.id);
    else records.push(record);
  }
  return { records, became, skipped, last };
}

const iso = (time: number) => new Date(time).toISOString();
