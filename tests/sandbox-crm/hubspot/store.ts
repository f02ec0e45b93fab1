import type { SandboxClock } from '../org/clock.ts';
import { pipelines, propertyDefs } from './objects.ts';
import type { Pipeline, PropertyDef } from './objects.ts';

export type Values = Readonly<Record<string, string | null>>;

export interface Row {
  id: string;
  properties: Record<string, string | null>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
}

export interface OwnerRow {
  id: string;
  email: string;
  type: 'PERSON';
  firstName: string;
  lastName: string;
  userId: number;
  userIdIncludingInactive: number;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
}

/** The records of one HubSpot account by object. This is the back door: no scope is asked for. */
export interface HubspotStore {
  readonly clock: SandboxClock;
  readonly defs: Record<string, PropertyDef[]>;
  readonly pipelines: Record<string, Pipeline[]>;
  readonly owners: OwnerRow[];
  rows(type: string): Row[];
  find(type: string, id: string): Row | undefined;
  archivedRows(type: string): Row[];
  insert(type: string, values: Values): Row;
  update(type: string, id: string, values: Values): Row;
  archive(type: string, id: string): void;
  restore(type: string, id: string): void;
  /** `loser` becomes a part of `winner`. */
  merge(type: string, winner: string, loser: string): void;
  /** Links both ways; the first company of a person or deal is its primary one. */
  link(type: string, id: string, other: string, otherId: string): void;
  linked(type: string, id: string, other: string): string[];
  /** The same with those that are gone since: a copy is not told that a link has ended. */
  everLinked(type: string, id: string, other: string): string[];
}

const isoOf = (ms: number) => new Date(ms).toISOString();
const PRIMARY: Record<string, string> = { contacts: 'associatedcompanyid', deals: 'hs_primary_associated_company' };

export function createStore(clock: SandboxClock): HubspotStore {
  const tables = new Map<string, Map<string, Row>>();
  const defs = propertyDefs();
  for (const type of Object.keys(defs)) tables.set(type, new Map());
  const links = new Map<string, string[]>();
  const ways = pipelines();
  let count = 406_000_000_000;

  const table = (type: string) => {
    const found = tables.get(type);
    if (!found) throw new Error(`the sandbox has no ${type}`);
    return found;
  };
  const existing = (type: string, id: string): Row => {
    const row = table(type).get(id);
    if (!row) throw new Error(`the sandbox has no ${type} ${id}`);
    return row;
  };
  const stampName = (type: string) => (type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate');
  const derived = (type: string, { dealstage }: Record<string, string | null>): Values => {
    if (type !== 'deals') return {};
    const stage = ways.deals?.flatMap(({ stages }) => stages).find(({ id }) => id === dealstage);
    return {
      hs_is_closed: String(stage?.isClosed ?? false),
      hs_is_closed_won: String(stage?.probability === 1),
      hs_deal_stage_probability: stage ? String(stage.probability) : null,
    };
  };
  const write = (type: string, row: Row, values: Values, at: string): Row => {
    const properties = { ...row.properties, ...values };
    if (type === 'companies' && values.domain && !properties.website) properties.website = values.domain;
    const stamp = values[stampName(type)] ?? at;
    const next = {
      ...row,
      updatedAt: stamp,
      properties: { ...properties, ...derived(type, properties), [stampName(type)]: stamp },
    };
    table(type).set(row.id, next);
    return next;
  };
  const store: HubspotStore = {
    clock,
    defs,
    pipelines: ways,
    owners: [],
    rows: (type) => [...table(type).values()].filter(({ archived }) => !archived),
    find: (type, id) => tables.get(type)?.get(id),
    archivedRows: (type) => [...table(type).values()].filter(({ archived }) => archived),
    insert(type, values) {
      count += 1 + (count % 7);
      const id = String(count);
      const at = isoOf(clock.now());
      const row: Row = { id, properties: { hs_object_id: id, createdate: at }, createdAt: at, updatedAt: at, archived: false };
      return write(type, row, values, at);
    },
    update: (type, id, values) => write(type, existing(type, id), values, isoOf(clock.now())),
    archive(type, id) {
      table(type).set(id, { ...existing(type, id), archived: true, archivedAt: isoOf(clock.now()) });
    },
    restore(type, id) {
      const { archivedAt: _, ...row } = existing(type, id);
      table(type).set(id, { ...row, archived: false });
    },
    merge(type, winner, loser) {
      const before = existing(type, winner).properties.hs_merged_object_ids;
      table(type).delete(loser);
      store.update(type, winner, { hs_merged_object_ids: [before, loser].filter(Boolean).join(';') });
    },
    link(type, id, other, otherId) {
      for (const [from, fromId, to, toId] of [
        [type, id, other, otherId],
        [other, otherId, type, id],
      ] as const) {
        const key = `${from}/${fromId}/${to}`;
        const known = links.get(key) ?? [];
        if (!known.includes(toId)) links.set(key, [...known, toId]);
        const primary = PRIMARY[from];
        const row = tables.get(from)?.get(fromId);
        if (to === 'companies' && primary && row && !row.properties[primary]) row.properties[primary] = toId;
        if (from === 'leads' && row) followed(row, to, toId);
      }
    },
    everLinked: (type, id, other) => links.get(`${type}/${id}/${other}`) ?? [],
    linked: (type, id, other) =>
      (links.get(`${type}/${id}/${other}`) ?? []).filter((one) => tables.get(other)?.get(one)?.archived === false),
  };
  /** A Lead shows some of what it is linked to. */
  function followed(row: Row, to: string, toId: string): void {
    const other = tables.get(to)?.get(toId)?.properties ?? {};
    if (to === 'contacts') row.properties.hs_associated_contact_email = other.email ?? null;
    if (to !== 'companies') return;
    row.properties.hs_associated_company_name = other.name ?? null;
    row.properties.hs_associated_company_domain = other.domain ?? null;
  }
  return store;
}
