import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { toCrmError } from './api-errors';
import { awaitJob, createJob, deleteJob, JobLost, type JobSizes, jobRows } from './bulk-job';
import type { SalesforceClient } from './client';
import { extraFields } from './fields';
import { rowOfText, toRecord } from './mappers';
import type { Opening } from './opening';
import { byIdsQuery, columnsOf, idsQuery, recordsQuery } from './queries';
import { allRows } from './requests';

/** A query's address may be about 16 kB long (crm-apis 1.5), its host and path included; an id in it takes 27 characters. */
const LONGEST_QUERY = 12_000;
const CHARACTERS_AN_ID = 27;
/** More records than this are quicker had by pulling all of the object once more. */
const MOST_BY_ID = 10_000;

/** What the reading of a run needs: whom to ask, for which connection, and from which size on by a job. */
export interface Reading {
  client: SalesforceClient;
  connectionId: string;
  sizes: JobSizes;
}

/** Ids of all records within the scope. @throws AppError */
export async function* idsOf(reading: Reading, object: ObjectKind, opening: Opening): AsyncGenerator<string[]> {
  const soql = idsQuery(object, opening.scope);
  const isLarge = (opening.count ?? Number.POSITIVE_INFINITY) >= reading.sizes.from;
  const rows = isLarge ? jobOrPages(reading, soql, { columns: ['Id'], types: {} }) : allRows(reading.client, soql);
  for await (const group of rows) yield group.flatMap((row) => idIn(row) ?? []);
}

/** Records by id, as they stand, of those that are within the scope. @throws AppError */
export async function* recordsOf(
  reading: Reading,
  object: ObjectKind,
  opening: Opening,
  ids: readonly string[],
): AsyncGenerator<AnyRecord[]> {
  const { client, connectionId } = reading;
  const { fields, scope, types } = opening;
  const extra = extraFields(object, fields);
  const read = (rows: readonly unknown[]) => rows.flatMap((row) => toRecord(object, connectionId, row, extra) ?? []);
  if (ids.length > MOST_BY_ID) {
    const wanted = new Set(ids);
    const soql = recordsQuery(object, fields, { position: null, condition: scope, ordered: false });
    for await (const rows of jobOrPages(reading, soql, { columns: columnsOf(fields), types }))
      yield read(rows).filter(({ id }) => wanted.has(id));
    return;
  }
  const taken = encodeURIComponent(byIdsQuery(object, fields, [], scope)).length;
  const group = Math.max(1, Math.floor((LONGEST_QUERY - taken) / CHARACTERS_AN_ID));
  for (let at = 0; at < ids.length; at += group) {
    const soql = byIdsQuery(object, fields, ids.slice(at, at + group), scope);
    for await (const rows of allRows(client, soql)) yield read(rows);
  }
}

async function* jobOrPages(
  { client, sizes }: Reading,
  soql: string,
  { columns, types }: { columns: readonly string[]; types: Opening['types'] },
): AsyncGenerator<unknown[]> {
  try {
    const job = await createJob(client, soql);
    await awaitJob(client, job.id);
    for await (const { names, rows } of jobRows(client, job, { columns, part: sizes.part }))
      yield rows.map((values) => rowOfText(names, values, types));
    await deleteJob(client, job.id);
  } catch (error) {
    if (!(error instanceof JobLost)) throw toCrmError(error);
    // Rows that were given already come again: whoever reads this takes them as a set.
    yield* allRows(client, soql);
  }
}

function idIn(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'Id' in row && typeof row.Id === 'string' ? row.Id : null;
}
