import type { AnyRecord, FieldValue, ObjectKind } from '@/lib/crm/records';
import { FIELD_ORDER } from './tables';

/**
 * What a cell holds. `home` says with what it is read together (a contact with its Account), `hash` is the keyed hash
 * of `home`; `values` is null for a tombstone, which hides older entries of the same key and home.
 */
export interface Entry {
  hash: number;
  key: string;
  home: string;
  stamp: string;
  values: unknown[] | null;
}

type Packed = [hash: number, key: string, home: string | 0, stamp: string, ...values: unknown[]];
const TOMBSTONE = '';

/** Two entries with the same identity are versions of one thing; the newest run's wins. */
export function identityOf(entry: Entry): string {
  return entry.home === entry.key ? entry.key : `${entry.home}\n${entry.key}`;
}

/** Entries as bytes: a JSON array of positional arrays, since JSON.parse is the fastest parser a browser has. */
export function packEntries(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const packed = entries.map((entry): Packed => {
    const home = entry.home === entry.key ? 0 : entry.home;
    return entry.values === null
      ? [entry.hash, entry.key, home, TOMBSTONE]
      : [entry.hash, entry.key, home, entry.stamp, ...entry.values];
  });
  return new TextEncoder().encode(JSON.stringify(packed));
}

/** What `packEntries` made. The bytes come from an authenticated box, so their form is trusted. */
export function unpackEntries(bytes: Uint8Array): Entry[] {
  const packed: Packed[] = JSON.parse(new TextDecoder().decode(bytes));
  return packed.map(([hash, key, home, stamp, ...values]) => ({
    hash,
    key,
    home: home === 0 ? key : home,
    stamp,
    values: stamp === TOMBSTONE ? null : values,
  }));
}

/** A record as an entry at `home`. The custom fields stand behind the fields, and only when there are any. */
export function entryOf(record: AnyRecord, home: string, hash: number): Entry {
  const fields = record.fields as unknown as Record<string, FieldValue>;
  const values: unknown[] = FIELD_ORDER[record.object].map((name) => fields[name] ?? null);
  if (Object.keys(record.custom).length > 0) values.push(record.custom);
  return { hash, key: record.id, home, stamp: record.modifiedAt, values };
}

/** The record that an entry holds. */
export function recordOf(object: ObjectKind, connectionId: string, entry: Entry): AnyRecord {
  const order = FIELD_ORDER[object];
  const values = entry.values ?? [];
  const fields = Object.fromEntries(order.map((name, index) => [name, values[index] ?? null]));
  const custom = (values[order.length] ?? {}) as Record<string, FieldValue>;
  return { object, id: entry.key, connectionId, modifiedAt: entry.stamp, fields, custom } as unknown as AnyRecord;
}
