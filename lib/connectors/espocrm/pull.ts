import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { OpenPull, Page, Pull, RunOptions, Want } from '../connector';
import { checkpointOf, overlapFrom, planOf, stateOf } from '../pull-plan';
import { listAnswer } from './api-schemas';
import type { EspoClient } from './client';
import { FIELDS } from './fields';
import { isoTime, type Meanings, toRecord } from './mappers';
import { type Opening, openObjects } from './opening';
import { columnsOf, ESPO_OBJECT, IDS_A_CALL, idsWhere, listPath, PAGE_SIZE, positionWhere, type Where } from './queries';

const ROWS_A_BREATH = 64;

interface Reading {
  client: EspoClient;
  connectionId: string;
  pace: Pace;
  startedAt: string;
  meanings: Meanings;
  /** Whether a record's Account is within the scope. */
  isWithin: (opening: Opening, record: AnyRecord) => Promise<boolean>;
}

/** Begins a run: see Connector.open. @throws AppError */
export async function openPull(
  base: EspoClient,
  wants: readonly Want[],
  run: RunOptions,
  options: { connectionId: string; pace: Pace },
): Promise<Pull> {
  const client = base.forRun(run);
  const { openings, meanings, startedAt } = await openObjects(client, wants);
  const opened = (object: ObjectKind): Opening => {
    const opening = openings.get(object);
    if (opening instanceof AppError) throw opening;
    if (!opening) throw new AppError('crm.object-missing');
    return opening;
  };
  let accounts: Promise<Set<string>> | null = null;
  const reading: Reading = {
    client,
    ...options,
    startedAt,
    meanings,
    async isWithin({ follows }, { fields }) {
      if (!follows) return true;
      accounts ??= idSet(client, opened('account'));
      return 'accountId' in fields && fields.accountId !== null && (await accounts).has(fields.accountId);
    },
  };
  return {
    state: (object) => (openings.get(object) ? stateOf(opened(object), FIELDS) : null),
    pages: (object) => pages(reading, opened(object)),
    ids: (object) => idsOf(reading, opened(object)),
    byIds: (object, ids) => recordsOf(reading, opened(object), ids),
  };
}

/** The pages of one object. EspoCRM names no deletions: where it does not count either, all ids have to be compared. */
async function* pages(reading: Reading, opening: Opening): AsyncGenerator<Page> {
  const { want, count } = opening;
  const plan = planOf(opening, reading.startedAt);
  const next = overlapFrom(plan.startedAt);
  const page = {
    deletions: [],
    sweep: want.since !== null && count === null,
    newBefore: plan.fresh ? next : null,
  };
  const known = checkpointOf(opening, reading.startedAt);
  let { after } = plan;
  let offset = 0;
  for (;;) {
    const rows = await rowsOf(reading.client, opening, whereOf(opening, plan, after), { offset });
    const { last, ...read } = await readRows(reading, opening, rows, plan);
    // Rows without a time cannot be gone on behind.
    offset = last ? 0 : offset + rows.length;
    after = last ?? after;
    const isWhole = rows.length < PAGE_SIZE;
    const progress = isWhole ? { coveredUntil: next, pull: null } : { pull: { ...plan, after } };
    yield { ...page, ...read, checkpoint: { ...known, ...progress } };
    if (isWhole) return;
  }
}

/** A pull of changes has to see what has left the scope by changing; a pull of everything need not. */
function whereOf(opening: Opening, plan: OpenPull, after: OpenPull['after']): Where[] {
  const from = plan.from === null ? null : { from: plan.from };
  return [...(plan.from === null ? opening.where : opening.chosen), ...positionWhere(after ? { after } : from)];
}

async function rowsOf(
  client: EspoClient,
  { want, fields }: Pick<Opening, 'want' | 'fields'>,
  where: readonly Where[],
  { offset = 0 }: { offset?: number } = {},
): Promise<unknown[]> {
  const path = listPath(ESPO_OBJECT[want.object], { select: columnsOf(fields), where, offset });
  return (await client.get(path, listAnswer)).list;
}

async function readRows(reading: Reading, opening: Opening, rows: readonly unknown[], plan: OpenPull | null) {
  const { object } = opening.want;
  const options = { extra: FIELDS.extraFields(object, opening.fields), meanings: reading.meanings };
  const records: AnyRecord[] = [];
  const became: string[] = [];
  let last: OpenPull['after'] = null;
  let skipped = 0;
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_A_BREATH === 0) await reading.pace.breathe();
    last = positionIn(row) ?? last;
    const record = toRecord(object, reading.connectionId, row, options);
    if (!record) skipped += 1;
    // A converted Lead lives on as the Contact and the Account that it became.
    else if (record.object === 'lead' && record.fields.converted && plan?.from) became.push(record.id);
    else if (await reading.isWithin(opening, record)) records.push(record);
  }
  return { records, became, skipped, last };
}

/** Where to go on behind a row, also behind one that is malformed otherwise. */
function positionIn(row: unknown): OpenPull['after'] {
  if (typeof row !== 'object' || row === null || !('id' in row) || !('modifiedAt' in row)) return null;
  const stamp = typeof row.modifiedAt === 'string' ? isoTime(row.modifiedAt) : null;
  return stamp && typeof row.id === 'string' ? { stamp, id: row.id } : null;
}

/** Ids of all records that meet `where`, page by page behind the last id. @throws AppError */
async function* allIds(client: EspoClient, { want, fields, where }: Opening, follows: boolean): AsyncGenerator<unknown[]> {
  let last: string | null = null;
  for (;;) {
    const behind: Where[] = last === null ? [] : [{ type: 'greaterThan', attribute: 'id', value: last }];
    const select = follows && fields.includes('accountId') ? ['id', 'accountId'] : ['id'];
    const path = listPath(ESPO_OBJECT[want.object], { select, where: [...where, ...behind], orderBy: 'id' });
    const { list } = await client.get(path, listAnswer);
    yield list;
    const end: string | null = list.map(idIn).at(-1) ?? null;
    if (list.length < PAGE_SIZE) return;
    // The same page would come again and again.
    if (end === null || end === last) throw new AppError('crm.answer-unreadable');
    last = end;
  }
}

async function idSet(client: EspoClient, opening: Opening): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const rows of allIds(client, opening, false)) for (const row of rows) ids.add(idIn(row) ?? '');
  return ids;
}

async function* idsOf(reading: Reading, opening: Opening): AsyncGenerator<string[]> {
  for await (const rows of allIds(reading.client, opening, opening.follows)) {
    const ids: string[] = [];
    for (const row of rows) {
      const id = idIn(row);
      const accountId = typeof row === 'object' && row !== null && 'accountId' in row ? row.accountId : null;
      const record = { fields: { accountId } } as unknown as AnyRecord;
      if (id !== null && (await reading.isWithin(opening, record))) ids.push(id);
    }
    yield ids;
  }
}

async function* recordsOf(reading: Reading, opening: Opening, ids: readonly string[]): AsyncGenerator<AnyRecord[]> {
  for (let at = 0; at < ids.length; at += IDS_A_CALL) {
    const where = [...opening.where, idsWhere(ids.slice(at, at + IDS_A_CALL))];
    const rows = await rowsOf(reading.client, opening, where);
    yield (await readRows(reading, opening, rows, null)).records;
  }
}

function idIn(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : null;
}
