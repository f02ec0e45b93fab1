/** Requests about what is kept, where it comes from and what was done with it. Types only; protocol.ts takes them in. */
import type { CrmKind } from '@/lib/crm/crm-kind';
import type { ObjectKind } from '@/lib/crm/records';
import type { ErrorCode } from '@/lib/shared/errors';
import type { Act, RecordDeed } from '@/lib/shared/processing-acts';

/** A host that was called for a connection, as egress has counted it. Times are ISO. */
export interface CalledHost {
  host: string;
  calls: number;
  first: string;
  last: string;
}

/** What is kept of one connection right now. */
export interface StoredCopy {
  connectionId: string;
  crm: CrmKind;
  crmLabel: string;
  orgName: string;
  connectedAt: string;
  lastSuccessAt: string | null;
  nextDueAt: string | null;
  objects: {
    object: ObjectKind;
    records: number;
    /** Whether it is chosen to be copied. */
    wanted: boolean;
    /** Fields that are copied: those of the model by name, chosen further ones by their label in the CRM. */
    fields: string[];
    extra: string[];
  }[];
  /** Of the whole copy on the disk; null when the browser does not tell. */
  bytes: number | null;
  hosts: CalledHost[];
  /** Records that were sent and are not in the CRM yet. */
  unsent: number;
}

/** When the records of an object were changed last in the CRM: the oldest and the newest of them. ISO; null when there are none. */
export interface ObjectAge {
  object: ObjectKind;
  oldest: string | null;
  newest: string | null;
}

/** One thing that was done, in counts. `hash` chains it to the one before. */
export interface LogItem {
  n: number;
  at: string;
  act: Act;

  code: ErrorCode | null;
  records: {
    object: ObjectKind;
    deed: RecordDeed;
    count: number;
  }[];
  calls: { host: string; count: number }[];
  hash: string;
}

export interface LogView {
  /** Oldest first. */
  entries: LogItem[];
  /** The last one that is not kept any more. */
  before: { n: number; hash: string };
  /** The first entry that does not follow from the one before it; null when the chain is whole. */
  brokenAt: number | null;
}

export interface PrivacyRequests {
  /** After how many days without a sync that ended well the records of a copy are deleted; 0: never. */
  'privacy.retention': { in: Record<never, never>; out: { keepDays: number } };
  'privacy.retain': { in: { keepDays: number }; out: { keepDays: number } };
  'privacy.stored': { in: Record<never, never>; out: StoredCopy[] };
  /** Reads every record, so it takes a moment in a large copy. */
  'privacy.ages': { in: { connectionId: string }; out: ObjectAge[] };
  'privacy.log': { in: { connectionId: string }; out: LogView };
  /** The same, to be saved as a file: that this was done is written down in it first. */
  'privacy.exportLog': { in: { connectionId: string }; out: LogView };
}
