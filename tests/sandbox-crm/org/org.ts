/**
 * The org's data: what a test reads to see what the CRM holds, and changes behind the extension's back. Writes here are
 * those of an administrator's tool: defaults and derived fields are filled in, but nothing is validated (the REST side does
 * that before it comes here).
 */
import { convert } from './convert.ts';
import type { Conversion, Converted } from './convert.ts';
import { merge } from './merge.ts';
import { createRecords } from './records.ts';
import type { OrgOptions, Records, Values } from './records.ts';
import { createRecycleBin } from './recycle-bin.ts';
import type { RecycleBin } from './recycle-bin.ts';
import { createSharing } from './sharing.ts';
import type { Sharing } from './sharing.ts';
import type { Row } from './table.ts';

export interface Org extends Records, RecycleBin, Sharing {
  /** As an administrator merges duplicates. @param values what the winner takes over @returns the winner */
  merge(object: string, winnerId: string, loserId: string, values?: Values): Row;
  /** As a user converts a Lead; its tasks go to the Contact. */
  convert(leadId: string, how?: Conversion): Converted;
  /** The user loses the right to an object as a whole. */
  hideObject(object: string): void;
  showObject(object: string): void;
}

/** An empty org with one administrator, whose id is `userId`. */
export function createOrg(options: OrgOptions): Org {
  const records = createRecords(options);
  const bin = createRecycleBin(records);
  const { hideObject, showObject } = records.schema;
  return {
    ...records,
    ...bin,
    ...createSharing(records),
    merge: (object, winnerId, loserId, values) => merge(records, bin, object, winnerId, loserId, values),
    convert: (leadId, how) => convert(records, leadId, how),
    hideObject,
    showObject,
  };
}
