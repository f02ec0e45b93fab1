import type { Connection } from 'jsforce/lib/connection';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Checkpoint, Page } from '../connector';
import { hasApiCode, toCrmError } from './api-errors';
import { deletedAnswer, objectDescribe, queryPage } from './api-schemas';
import type { SalesforceClient } from './client';
import { isoTime, toRecord } from './mappers';
import { changesQuery, COPIED_FIELDS, deletedPath, type Position, SALESFORCE_OBJECT } from './queries';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A change becomes visible when its transaction commits, later than its stamp: the last minutes are asked for again. */
const OVERLAP_MS = 10 * MINUTE;
/** getDeleted reaches back 15 days (REST API guide, resources_getdeleted); a day is kept in hand. */
const DELETED_WINDOW_MS = 14 * DAY;
const PAGE_SIZE = 'batchSize=2000';

const iso = (time: number) => new Date(time).toISOString();

/** Pulls what changed of one object, from where `since` stands, and what was deleted. See Connector.pages. */
export async function* pullPages(
  client: SalesforceClient,
  connectionId: string,
  object: ObjectKind,
  since: Checkpoint | null,
): AsyncGenerator<Page> {
  const pull = createPull(client, object, since?.fields ?? (await visibleFields(client, object)), startOf(since));
  let page = await pull.query();
  const pullStartedAt = since?.cursor ? since.pullStartedAt : iso(client.serverTime() ?? 0);
  const base = {
    coveredUntil: since?.coveredUntil ?? null,
    pullStartedAt,
    deletedUntil: since?.deletedUntil ?? pullStartedAt,
    describedAt: since?.describedAt ?? pullStartedAt,
  };
  const overlapFrom = iso(Date.parse(pullStartedAt) - OVERLAP_MS);
  const newBefore = base.coveredUntil === null ? overlapFrom : null;
  const total = page.totalSize;

  for (;;) {
    const { records, skipped, last } = readRows(connectionId, object, page.records);
    if (last) pull.goOnAfter(last);
    const fields = pull.fields();
    const common = { records, skipped, total, newBefore };
    if (page.done) {
      const checkpoint: Checkpoint = { ...base, fields, cursor: null, coveredUntil: overlapFrom };
      const { ids, until, sweep } = since ? await deletionsSince(client, object, checkpoint) : nothingDeleted(checkpoint);
      yield { ...common, deletions: ids, sweep, checkpoint: { ...checkpoint, deletedUntil: until } };
      return;
    }
    yield { ...common, deletions: [], sweep: false, checkpoint: { ...base, fields, cursor: pull.cursor() } };
    page = await pull.next(page.nextRecordsUrl);
  }
}

/** Where a pull begins: after the last record of one that was cut off, from the time covered so far, or at the beginning. */
function startOf(since: Checkpoint | null): Position {
  if (since?.cursor) return { after: since.cursor };
  return since?.coveredUntil ? { from: since.coveredUntil } : null;
}

/** The queries of one pull. It knows the last record it gave, so that it can go on without the server's help. */
function createPull(client: SalesforceClient, object: ObjectKind, firstFields: string[], start: Position) {
  let fields = firstFields;
  let position = start;
  const ask = () =>
    client.run((connection) => requestPage(connection, `/query?q=${encodeURIComponent(changesQuery(object, fields, position))}`));

  /** A field that was hidden from the user since it was described is left out from then on. */
  async function query() {
    try {
      return await ask();
    } catch (error) {
      if (!hasApiCode(error, 'INVALID_FIELD')) throw toCrmError(error);
      fields = await visibleFields(client, object);
      return await ask().catch((again) => Promise.reject(toCrmError(again)));
    }
  }

  return {
    query,
    fields: () => fields,
    cursor: () => (position && 'after' in position ? position.after : null),
    goOnAfter(last: { stamp: string; id: string }) {
      position = { after: last };
    },
    /** A cursor that the server has dropped is no loss: the pull goes on after the last record it gave. */
    async next(url: string | undefined) {
      if (!url) throw new AppError('crm.answer-unreadable');
      try {
        return await client.run((connection) => requestPage(connection, url));
      } catch (error) {
        if (!hasApiCode(error, 'INVALID_QUERY_LOCATOR')) throw toCrmError(error);
        return query();
      }
    },
  };
}

async function requestPage(connection: Connection, url: string) {
  const answer = await connection.request({ method: 'GET', url, headers: { 'Sforce-Query-Options': PAGE_SIZE } });
  const parsed = queryPage.safeParse(answer);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  return parsed.data;
}

function readRows(connectionId: string, object: ObjectKind, rows: readonly unknown[]) {
  const records: AnyRecord[] = [];
  let last: { stamp: string; id: string } | null = null;
  for (const row of rows) {
    const record = toRecord(object, connectionId, row);
    if (!record) continue;
    records.push(record);
    last = { stamp: record.modifiedAt, id: record.id };
  }
  return { records, skipped: rows.length - records.length, last };
}

/** The fields we copy that this user may see: hidden ones are simply absent from the description. One call. */
async function visibleFields(client: SalesforceClient, object: ObjectKind): Promise<string[]> {
  const answer = await client
    .run((connection) => connection.request({ method: 'GET', url: `/sobjects/${SALESFORCE_OBJECT[object]}/describe` }))
    .catch((error) => Promise.reject(toCrmError(error)));
  const parsed = objectDescribe.safeParse(answer);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  const visible = new Set(parsed.data.fields.map((field) => field.name));
  return COPIED_FIELDS[object].filter((name) => visible.has(name));
}

const nothingDeleted = (checkpoint: Checkpoint) => ({ ids: [], until: checkpoint.deletedUntil, sweep: false });

/** Deletions since the checkpoint; `sweep` says that the CRM cannot tell any more and all ids have to be compared. */
async function deletionsSince(
  client: SalesforceClient,
  object: ObjectKind,
  checkpoint: Checkpoint,
): Promise<{ ids: string[]; until: string; sweep: boolean }> {
  const from = checkpoint.deletedUntil;
  const now = client.serverTime() ?? 0;
  if (object === 'user' || now - Date.parse(from) <= 2 * MINUTE) return nothingDeleted(checkpoint);
  if (now - Date.parse(from) > DELETED_WINDOW_MS) return { ids: [], until: iso(now), sweep: true };
  const answer = await client
    .run((connection) => connection.request({ method: 'GET', url: deletedPath(object, from, iso(now)) }))
    .catch((error) => Promise.reject(toCrmError(error)));
  const parsed = deletedAnswer.safeParse(answer);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  const { deletedRecords, earliestDateAvailable, latestDateCovered } = parsed.data;
  return {
    ids: deletedRecords.map((record) => record.id),
    until: isoTime(latestDateCovered),
    sweep: isoTime(earliestDateAvailable) > from,
  };
}
