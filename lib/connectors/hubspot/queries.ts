import type { ObjectKind } from '@/lib/crm/records';
import type * as z from 'zod/mini';
import type { KeyClient } from '../key-client';
import { linksAnswer, listAnswer, rawRecord } from './api-schemas';

/** HubSpot's names of the objects, and how records are asked for. */
export const TYPE: Record<Exclude<ObjectKind, 'user'>, string> = {
  account: 'companies',
  contact: 'contacts',
  lead: 'leads',
  opportunity: 'deals',
  task: 'tasks',
};

/** The largest page of a search; a batch and a list take half of it. */
export const PAGE_SIZE = 200;
export const BATCH_SIZE = 100;

export interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: readonly string[];
}
/** Alternatives, each of conditions that all have to be met. Empty: everything. */
export type Groups = readonly (readonly Filter[])[];

/** Adds conditions to every alternative. */
export const withFilters = (groups: Groups, ...filters: Filter[]): Groups =>
  groups.length === 0 && filters.length > 0 ? [filters] : groups.map((group) => [...group, ...filters]);

/** When a record was changed; Contacts have a name of their own for it. */
export const stampOf = (type: string): string => (type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate');

/** What is always asked for: records that were merged into this one are gone under their own ids. */
const ALWAYS = ['hs_merged_object_ids'];
const asked = (fields: readonly string[]) => [...new Set([...fields.filter((name) => !name.startsWith('@')), ...ALWAYS])];

/** A search in the order of ids, from one on: no page lies beyond the 10,000 that a search shows. @throws AppError */
export function search(client: KeyClient, type: string, groups: Groups, fields: readonly string[], limit = PAGE_SIZE) {
  const body = {
    filterGroups: groups.map((filters) => ({ filters })),
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    properties: asked(fields),
    limit,
  };
  return client.ask(`crm/v3/objects/${type}/search`, body, listAnswer);
}

/** Records by id, at most a hundred; those that are gone are left out. @throws AppError */
export async function byIds(client: KeyClient, type: string, ids: readonly string[], fields: readonly string[]) {
  if (ids.length === 0) return [];
  const body = { inputs: ids.map((id) => ({ id })), properties: asked(fields) };
  const { results } = await client.ask(`crm/v3/objects/${type}/batch/read`, body, listAnswer);
  return withLinksOf(client, type, results, fields);
}

/** What a list still shows of deleted records, a page at a time. @throws AppError */
export const archivedPage = (client: KeyClient, type: string, after: string | undefined) =>
  client.get(
    `crm/v3/objects/${type}?archived=true&limit=100&properties=hs_object_id${after ? `&after=${after}` : ''}`,
    listAnswer,
  );

/** Rows with the ids of the records that they are linked to, where such are among `fields`. A call for each link and hundred. */
export async function withLinksOf(client: KeyClient, type: string, rows: readonly unknown[], fields: readonly string[]) {
  const links = fields.filter((name) => name.startsWith('@'));
  if (links.length === 0 || rows.length === 0) return rows;
  const parsed = rows.map((row) => rawRecord.safeParse(row).data ?? row);
  const known = new Map(parsed.flatMap((row) => (isRecord(row) ? [[row.id, row]] : [])));
  const ids = [...known.keys()];
  for (const name of links) {
    for (let at = 0; at < ids.length; at += BATCH_SIZE) {
      const inputs = ids.slice(at, at + BATCH_SIZE).map((id) => ({ id }));
      const path = `crm/v4/associations/${type}/${name.slice(1)}/batch/read`;
      const { results } = await client.ask(path, { inputs }, linksAnswer);
      for (const { from, to } of results) {
        const row = known.get(from.id);
        if (row && to[0]) row.properties[name] = String(to[0].toObjectId);
      }
    }
  }
  return parsed;
}

const isRecord = (row: unknown): row is z.infer<typeof rawRecord> => rawRecord.safeParse(row).success;
