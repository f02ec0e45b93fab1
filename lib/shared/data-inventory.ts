/** Why a field is kept, whom it is about, and where it comes from. */
export interface Use {
  purpose:
    | 'match'
    | 'show'
    | 'rank'
    | 'reach'
    | 'respect'
    | 'sync'
    | 'connect'
    | 'protect'
    | 'create'
    | 'decide'
    | 'arrange'
    | 'prove';
  /** `person`: somebody in the CRM. `colleague`: a user of the CRM. `you`: who uses Sidelight. */
  about: 'person' | 'company' | 'colleague' | 'you' | 'nobody';
  source: 'crm' | 'you' | 'page' | 'sidelight';
}

/** How long something is kept at most; all of it ends with Disconnect or with a reset at the latest. */
export type Retention =
  | 'in-crm'
  | 'disconnect'
  | 'reset'
  | 'sent'
  | 'taken-back'
  | 'told'
  | 'answered'
  | 'seen'
  | 'week'
  | 'fifty-runs'
  | 'four-hundred'
  | 'browser-close';

/** `sealed`: AES-256-GCM in the copy. `wrapped`: a key under another key. `clear`: readable in the browser's profile. `memory`: not on the disk. */
type Protection = 'sealed' | 'wrapped' | 'clear' | 'memory';

export interface Kept {
  retention: Retention;
  protection: Protection;
  fields: Record<string, Use>;
}

/** One stored field. `of` is the object, or the name of what it stands in. */
export interface InventoryRow extends Use {
  place: 'records' | 'index' | 'notes' | 'browser' | 'memory';
  of: string;
  field: string;
  protection: Protection;
  retention: Retention;
}
