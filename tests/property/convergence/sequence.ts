/** What a sequence is made of. Numbers such as `at` mean the n-th of those that there are when the step is taken. */

export interface Signs {
  /** Whether the CRM tells how many records there are; counting may time out in a large org. */
  counts: boolean;
  /** Which way sharing may change, which leaves no other sign than a count. With `both` not even that. */
  sharing: 'unchanged' | 'lost' | 'gained' | 'both';
  /** Whether the CRM's clock may go back: then a deletion may stand in the log where it was read already. */
  clockGoesBack: boolean;
}

/** How the CRM and the client are set up for a whole sequence. */
export interface Setup {
  orgSeed: number;
  /** Records a query page. */
  pageSize: number;
  /** From so many records on a Bulk job is used; its result comes in parts of `part` records, written by `group`. */
  job: { from: number; part: number; group: number };
  bulkPolls: number;
  batchRecords: number;
  /** How long each call takes, on the CRM's clock. */
  callMs: number;
  /** How far the client's clock is ahead of the CRM's. */
  clientAheadMs: number;
  /** By what it can be seen that a record is gone. */
  signs: Signs;
  /** How far the CRM's log of deletions is behind. */
  logLagMs: number;
  /** Enough Tasks that deleting them at once has to be agreed to; the first who deletes anything deletes most of them. */
  manyTasks: boolean;
}

export const CHANGED = ['account', 'contact', 'lead', 'opportunity', 'task'] as const;
export type ChangedObject = (typeof CHANGED)[number];

export type Change =
  | { do: 'create'; object: ChangedObject; at: number; site: number; agoSeconds: number }
  | { do: 'update'; object: ChangedObject; at: number; site: number; agoSeconds: number }
  | { do: 'import'; object: ChangedObject; site: number }
  | { do: 'reparent'; object: 'contact' | 'opportunity' | 'task'; at: number; to: number }
  | { do: 'delete'; object: ChangedObject; at: number }
  | { do: 'undelete'; object: ChangedObject; at: number }
  | { do: 'merge'; object: 'account' | 'contact' | 'lead'; at: number; into: number }
  | { do: 'convert'; at: number; into: number | null; deal: boolean }
  | { do: 'user'; at: number }
  | { do: 'share'; object: ChangedObject; at: number; lost: boolean };

export type Choice =
  | { of: 'object'; object: 'contact' | 'lead' | 'opportunity' | 'task'; wanted: boolean }
  | { of: 'scope'; scope: 'all' | 'mine' | 'website' | 'industry' | 'name' }
  | { of: 'without'; field: number; left: boolean }
  | { of: 'extra'; field: number; asked: boolean };

/** What goes wrong with a sync. */
export interface Trouble {
  /** Faults of the network and the CRM, at random. */
  faults: { seed: number; share: number } | null;
  /** The end of the run at its n-th call: aborted, the network gone, or the worker dead in the middle of it. */
  end: { at: number; how: 'abort' | 'offline' | 'kill' } | null;
  /** Changes at the n-th call of the run. */
  during: { at: number; change: Change }[];
  /** What the CRM forgets at the n-th call of the run. */
  forgets: { at: number; what: 'cursors' | 'jobs' } | null;
}

export type Step =
  | { do: 'changes'; changes: Change[]; sameSecond: boolean }
  | { do: 'wait'; seconds: number }
  | { do: 'clock-back'; seconds: number }
  | { do: 'empty-bin' }
  | { do: 'expire'; what: 'cursors' | 'jobs' | 'token' }
  | { do: 'choose'; choice: Choice }
  | { do: 'field-right'; field: number; lost: boolean }
  | { do: 'object-right'; object: 'contact' | 'lead' | 'opportunity' | 'task'; lost: boolean }
  /** `agrees`: the user has agreed to the deletions that were held. */
  | { do: 'sync'; trouble: Trouble; agrees: boolean; reopen: boolean };

export interface Sequence {
  setup: Setup;
  steps: Step[];
}
