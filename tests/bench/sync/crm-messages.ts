import type { PaceName } from './pace.ts';

/** What the benchmark asks its CRM, which runs in a process of its own; the key is the name on the wire. */
export interface CrmQuestions {
  /** Forgets what was counted, and answers at this pace from now on. */
  begin: { in: PaceName; out: null };
  /** Lets the extension sign in. */
  trust: { in: { extensionId: string }; out: null };
  counted: { in: null; out: CrmCount };
  /** Hosts of so many Accounts' websites, spread over the org. */
  hosts: { in: number; out: string[] };
}
export type CrmQuestion = keyof CrmQuestions;

export interface CrmCount {
  /** As the CRM counts them against the org's limit. */
  calls: number;
  /** The queries that fetched records. */
  queries: RecordQuery[];
  /** What the CRM's process has cost, in seconds. */
  cpuSeconds: number;
}

export interface RecordQuery {
  object: string;
  soql: string;
  /** Whether it was a bulk job. */
  job: boolean;
}

/** Sent once, when the CRM can be called. */
export interface CrmPlace {
  port: number;
  spki: string;
  /** The same CRM without TLS and by address, for clients in Node. */
  plainUrl: string;
  /** Where the browser finds it. */
  myDomainUrl: string;
  accessToken: string;
  clientId: string;
  /** How many records a copy has to have, users among them. */
  records: number;
}

/** A host beside the CRM that passes queries on to it without a login, for pages that may not call the CRM itself. */
export const RECORDS_HOST = 'records.example';
