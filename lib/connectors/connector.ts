import type { AnyRecord, ObjectKind } from '@/lib/crm/records';

/** What the engine, creation and views see of a CRM. One folder implements it; nothing else knows the CRM's name. */
export interface Connector {
  /** The records changed since `since` (null for all of them), in order of change, page by page, deletions at the end. */
  pages(object: ObjectKind, since: Checkpoint | null): AsyncIterable<Page>;
  /** Ids of all records the user can see, for comparing when the CRM cannot report deletions any more. */
  ids(object: ObjectKind): AsyncIterable<string[]>;
  /** How many records of an object there are. One call. */
  count(object: ObjectKind): Promise<number>;
  /** A form's fields for creating `object`, from the CRM's own description. */
  describe(object: CreatableObject): Promise<ObjectDescription>;
  /** Sends a new record; what the CRM says against it comes back as a value, not as an error. */
  create(object: CreatableObject, values: Record<string, CreateValue>, options: CreateOptions): Promise<CreateOutcome>;
  /** One record as it stands now with these fields (a checkpoint's), or null when the user cannot see it. One call. */
  read(object: ObjectKind, id: string, fields: readonly string[]): Promise<AnyRecord | null>;
  recordUrl(object: ObjectKind, id: string): string;
  /** Ends the CRM's permission. True when the CRM confirmed it. */
  revoke(): Promise<boolean>;
  /** API calls made by this connector since it was opened. */
  calls(): number;
}

export type CreatableObject = 'lead';
export type CreateValue = string | number | boolean | null;

/**
 * How far an object is in the copy. While it is being pulled, `cursor` is the last record that was applied; when the
 * pull is whole, `coveredUntil` is the CRM's time up to which every change is known, less the overlap for late commits.
 */
export interface Checkpoint {
  cursor: { stamp: string; id: string } | null;
  coveredUntil: string | null;
  /** The CRM's time when the running pull began. */
  pullStartedAt: string;
  deletedUntil: string;
  /** Fields that this user may see, from the CRM's description, and when that was asked. */
  fields: string[];
  describedAt: string;
}

export interface Page {
  records: AnyRecord[];
  deletions: string[];
  /** True when the deletions could not be told completely, so that all ids have to be compared. */
  sweep: boolean;
  checkpoint: Checkpoint;
  /** Records that this pull will bring in all. */
  total: number;
  /** Records of this page that were left out because they were malformed. */
  skipped: number;
  /** Records changed before this CRM time cannot have been seen in an earlier page; null when any may be known. */
  newBefore: string | null;
}

export interface CreateOptions {
  allowDuplicate: boolean;
}

export type CreateOutcome =
  | { kind: 'created'; id: string }
  | { kind: 'invalid'; fieldErrors: Record<string, string>; formErrors: string[] }
  | { kind: 'duplicates'; message: string; allowSave: boolean; matches: { object: string; id: string }[] };

export interface DescribedField {
  name: string;
  label: string;
  type: 'text' | 'email' | 'phone' | 'url' | 'picklist' | 'checkbox' | 'textarea' | 'number' | 'date';
  required: boolean;
  maxLength: number | null;
  options: { value: string; label: string }[];
  defaultValue: string;
}

export interface ObjectDescription {
  fields: DescribedField[];
}

/** The login of one connection, sealed in its bucket. */
export interface Session {
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
