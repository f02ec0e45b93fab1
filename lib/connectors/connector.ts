import type { LeftOut } from '@/lib/crm/leave-out';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { AccountScope, ObjectSelection } from '@/lib/crm/selection';
import type { RecordWriter } from './creation-contract';

/** What the engine, creation and views see of a CRM. One folder implements it; nothing else knows the CRM's name. */
export interface Connector {
  /**
   * Begins a run: asks for all objects at once what there is to know, in as few calls as the CRM allows. What is wanted of
   * a run (signal, reserve) holds for all calls of the pull.
   */
  open(wants: readonly Want[], run: RunOptions): Promise<Pull>;
  /** The records of one Account as they stand now, for a view that has just been opened. One call. Null: it is gone. */
  account(account: KnownAccount, wants: readonly Want[]): Promise<LiveAccount | null>;
  /** How many Accounts a scope selects, or what the CRM says against it in its own words. One call. */
  preview(scope: AccountScope): Promise<{ accounts: number } | { invalid: string }>;
  /** Fields of an object that this user may see. One call. */
  fields(object: ObjectKind): Promise<FieldChoice[]>;
  /** What records are described, looked up, created and changed through. */
  writer: RecordWriter;
  /** One record as it stands now with these fields (a checkpoint's), or null when the user cannot see it. One call. */
  read(object: ObjectKind, id: string, fields: readonly string[]): Promise<AnyRecord | null>;
  recordUrl(object: ObjectKind, id: string): string;
  /** Ends the CRM's permission. True when the CRM confirmed it, null when there is none of its own: a sample, or the browser's login. */
  revoke(): Promise<boolean | null>;
  /** API calls made by this connector since it was opened. */
  calls(): number;
  /** The org's daily API calls as its last answer told them, by everyone; null when none has told yet. */
  usage(): Usage | null;
}

export interface Usage {
  used: number;
  max: number;
}

export interface RunOptions {
  /** Ends a call that is under way. */
  signal: AbortSignal;
  /** The share of the org's daily calls that is left alone: a call that would touch it fails with `crm.reserve`. */
  reserve: number;
}

/** One object of a run: what is wanted of it, and how far the copy is. */
export interface Want {
  object: ObjectKind;
  selection: ObjectSelection;
  scope: AccountScope;
  /** What is left out of it; absent: nothing. */
  leftOut?: LeftOut;
  since: Checkpoint | null;
}

/** A run that has begun. */
export interface Pull {
  /** What is known of an object; null when this user cannot see it at all. @throws AppError when the CRM refuses this one object */
  state(object: ObjectKind): ObjectState | null;
  /** The records that the copy lacks, page by page. */
  pages(object: ObjectKind): AsyncIterable<Page>;
  /** Ids of all records within the scope that the user can see now. */
  ids(object: ObjectKind): AsyncIterable<string[]>;
  /** Records by id, for those that came into sight without being changed. Ids that are not there are left out. */
  byIds(object: ObjectKind, ids: readonly string[]): AsyncIterable<AnyRecord[]>;
}

export interface ObjectState {
  /** Records within the scope at the beginning of the run, or null when the CRM did not say. */
  count: number | null;
  /** Records that `pages` will bring, as far as it is known. */
  total: number;
  /** Fields that the copy has and that are no longer wanted or no longer visible: of the model by name, or extra ones. */
  dropped: string[];
  /** The copy was made with another scope, so that both sides have to be compared. */
  scopeChanged: boolean;
}

/**
 * How far an object is in the copy. Times are the CRM's. A pull that is not whole stands in `pull`, and goes on from there.
 */
export interface Checkpoint {
  /** Every change up to here is known, less the overlap for late commits; null until the first pull is whole. */
  coveredUntil: string | null;
  /** Every deletion up to here is known. */
  deletedUntil: string;
  /** Fields by the CRM's name: those that were wanted, and those of them that this user may see. */
  wanted: string[];
  fields: string[];
  /** Types of those fields, and of others that the scope names. */
  types: Record<string, FieldType>;
  /** Of Opportunities: the stages in the org's order, as it describes them. */
  stages?: string[] | undefined;
  describedAt: string;
  /** The scope that the copy was made with, as the connector wrote it into its query. */
  scope: string;
  pull: OpenPull | null;
}

export const FIELD_TYPES = ['text', 'number', 'flag', 'day', 'moment'] as const;
/** `day` is a date without a time, `moment` one with it. */
export type FieldType = (typeof FIELD_TYPES)[number];

export interface OpenPull {
  startedAt: string;
  /** Changes from here on are pulled; null for all records. */
  from: string | null;
  /** True when the copy had nothing of this object when the pull began. */
  fresh: boolean;
  /** The last record that was applied, of a pull in order of change. */
  after: { stamp: string; id: string } | null;
  /** The CRM's own job that holds the result, of a large pull, and how much of it was applied. */
  job: { id: string; locator: string | null; rows: number } | null;
}

export interface Page {
  records: AnyRecord[];
  /** Deleted records that the CRM names. They go before the records of later pages come, and after those of this one. */
  deletions: string[];
  /** Records that have become something else in the CRM (a converted Lead): they go, but nothing is lost. */
  became: string[];
  /** True when the CRM cannot tell all deletions any more, so that all ids have to be compared. */
  sweep: boolean;
  checkpoint: Checkpoint;
  /** Records of this page that were left out because they were malformed. */
  skipped: number;
  /** Records changed before this CRM time cannot have been seen in an earlier page; null when any may be known. */
  newBefore: string | null;
}

/** What the copy knows of an Account whose records are asked for live. */
export interface KnownAccount {
  id: string;
  /** Registrable domains whose Leads stand beside the Account, and the Leads that the copy has there. */
  domains: readonly string[];
  leadIds: readonly string[];
}

/** One Account's records as they stand in the CRM. An object that is not wanted, or not whole in the copy yet, is left out. */
export interface LiveAccount {
  records: Partial<Record<ObjectKind, AnyRecord[]>>;
  /** True for objects whose list was too long for one answer, so that what is missing from it may still exist. */
  partial: Partial<Record<ObjectKind, boolean>>;
}

/** A field that may be copied. */
export interface FieldChoice {
  /** The CRM's own name. */
  name: string;
  label: string;
  /** Its name in the domain model, or null for one beyond it. */
  model: string | null;
  /** True when a condition of the scope can be made of it. */
  filterable: boolean;
  /** Values to choose from, for a picklist. */
  options: { value: string; label: string }[];
}

/** The login of one connection, sealed in its bucket. */
export interface Session {
  /** The session of a signed-in tab: its token is the browser's and is stored nowhere, so that both tokens are empty on disk. */
  fromTab?: true;
  accessToken: string;
  refreshToken: string;
  instanceUrl: string;
  loginOrigin: string;
  clientId: string;
  userId: string;
  orgId: string;
}

/** Where a session is kept. `save` returns after it is on disk. */
export interface SessionStore {
  load(): Promise<Session>;
  save(session: Session): Promise<void>;
}

/** Who is connected, for the user to read. */
export interface ConnectedProfile {
  userName: string;
  orgName: string;
  host: string;
}
