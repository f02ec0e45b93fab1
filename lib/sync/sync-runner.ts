import type { Connector } from '@/lib/connectors/connector';
import type { ObjectKind } from '@/lib/crm/records';
import { NO_LIMITS, type Selection, type SelectionLimits } from '@/lib/crm/selection';
import type { Clock } from '@/lib/shared/clock';
import type { RecordStore } from '@/lib/storage/record-store';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { runSync } from './engine';
import { readStored } from './checkpoint';
import { type Expired, expireRecords } from './expiry';
import { createHeldDeletions, type HeldAnswer, type HeldEntry } from './held-deletions';
import { type HeldRecord, heldRecords } from './held-items';
import { createOvertaken, type Overtaken } from './overtaken';
import type { Progress } from './progress';
import { recordedRun } from './recorded-run';
import { createRunHistory, type RunEntry, type RunReason } from './run-history';
import { type RunnerStatus, statusView } from './runner-status';
import { DAY, MOST_INTERRUPTIONS } from './schedule';
import { createStatusBox } from './status-box';
import { readSelection, writeSelection } from './stored-selection';
import { afterKill, iso, nextDue, type StoredStatus } from './sync-status';

export type { RunnerStatus } from './runner-status';

/** Runs and remembers the syncs of one connection. */
export interface SyncRunner {
  /**
   * Starts a run, or joins the one that is under way; resolves when it has ended, well or not. The outcome is in `status`.
   * `clock` starts one only when it is due or has to go on; `user`, the default, starts one at once.
   */
  run(by?: 'user' | 'clock'): Promise<void>;
  /** When the next run is due (ms): 0 is now, null when it waits for the user or one is under way. */
  dueAt(): Promise<number | null>;
  /** True when a run was killed and nobody has gone on with it yet. */
  wasInterrupted(): Promise<boolean>;
  status(): Promise<RunnerStatus>;
  /** Runs that are over, newest first. */
  history(): Promise<RunEntry[]>;
  /** The first hundred records of an object that the CRM no longer has and that wait for the user. */
  held(object: ObjectKind): Promise<{ count: number; of: number; items: HeldRecord[] }>;
  /** The user's answer about them. True when it has started a run, whose end is not waited for (`remove`). */
  answer(object: ObjectKind, answer: HeldAnswer): Promise<boolean>;
  selection(): Promise<Selection>;
  /** Stores what is to be copied and starts a run with it, whose end is not waited for. */
  select(selection: Selection): Promise<void>;
  /**
   * Deletes the records of each object that no sync has brought up to date since `before` (ms), nor the connection, made at `madeAt` (ISO), is
   * younger; login, decisions, drafts and outbox stay, and a later run brings everything anew. Gives what went, or null when nothing had to. Not
   * while a run is under way: one that was killed is not.
   */
  expire(before: number, madeAt: string): Promise<Expired | null>;
  /** Starts a run, whose end is not waited for, that compares all ids of these objects: what was kept out before may be missing. */
  compareAnew(objects: readonly ObjectKind[]): Promise<void>;
  /** Where a live refresh or a creation notes what it has written. */
  overtaken: Overtaken;
  /** Ends a run, also a call that is under way, and waits for it. Nothing is written any more then. */
  stop(): Promise<void>;
}

export interface SyncRunnerOptions {
  connectionId: string;
  connector: Connector;
  store: RecordStore;
  boxes: SealedBoxes;
  clock: Clock;
  /** Runs `work` unless somebody holds the lease already; the lease ends with the worker that holds it. */
  withLease: (name: string, work: () => Promise<void>) => Promise<void>;
  /** Called before a run; what it throws is the run's error. */
  beforeRun?: () => Promise<void>;
  /** What the organisation allows to be copied. */
  limits?: () => Promise<SelectionLimits>;
  /** How long after a run that ended well the next one is due (ms); a day when it is left out. */
  interval?: () => Promise<number>;
  onStatus: (status: RunnerStatus) => void;
  /** The engine, for tests. */
  sync?: typeof runSync;
}

const AT_LEAST_BETWEEN_EVENTS_MS = 250;
const NOTHING_DONE: Progress = {
  object: 'user',
  done: 0,
  total: 0,
  overallDone: 0,
  overallTotal: 0,
  recordsPerSecond: null,
  secondsLeft: null,
};

/** A runner on the opened copy of a connection. */
export function createSyncRunner(options: SyncRunnerOptions): SyncRunner {
  const { connectionId, connector, store, boxes, clock, withLease, onStatus, sync = runSync } = options;
  const beforeRun = options.beforeRun ?? (async () => undefined);
  const limits = options.limits ?? (async () => NO_LIMITS);
  const selection = async () => readSelection(boxes, await limits());
  const remembered = createStatusBox(boxes);
  const history = createRunHistory(boxes);
  const held = createHeldDeletions(boxes);
  const overtaken = createOvertaken(clock);
  const place = {
    connectionId,
    connector,
    store,
    boxes,
    clock,
    sync,
    beforeRun,
    selection,
    status: remembered,
    history,
    held,
    overtaken,
  };
  let running: Progress | null = null;
  let current: Promise<void> | null = null;
  /** Another run is wanted after the current one: the user has changed what it works on. */
  let again = false;
  let stopping = false;
  let abort = new AbortController();
  let toldAt = 0;
  let waiting: readonly HeldEntry[] = [];
  let interval = DAY;

  const due = (status: StoredStatus) => nextDue(status, connectionId, clock.now(), interval);
  const view = (status: StoredStatus) => statusView(status, { running, due: due(status), now: clock.now(), held: waiting });

  async function lookAtHeld(): Promise<void> {
    waiting = await held.list();
  }

  async function lookAtInterval(): Promise<void> {
    interval = (await options.interval?.()) ?? DAY;
  }

  /** One run, if the holder of the lease finds that there has to be one. */
  async function oneRun(by: 'user' | 'clock', signal: AbortSignal): Promise<void> {
    await lookAtInterval();
    const last = await remembered.get();
    // A store that cannot be opened has no count; the run will say why.
    const writes = await store.writes().catch(() => null);
    const before = afterKill(last, writes, clock.now());
    const wasKilled = last.runStartedAt !== null;
    const goesOn = wasKilled && before.interruptions < MOST_INTERRUPTIONS;
    const dueTime = due(before);
    await lookAtHeld();
    if (signal.aborted) return;
    if (by === 'clock' && !goesOn && (dueTime === null || dueTime > clock.now())) {
      if (!wasKilled) return;
      await remembered.put(before);
      onStatus(view(before));
      return;
    }
    const begun = { ...before, runStartedAt: iso(clock.now()), writesAtStart: writes };
    running = NOTHING_DONE;
    again = false;
    onStatus(view(begun));
    try {
      const outcome = await recordedRun(place, {
        begun,
        why: reasonOf(by, wasKilled, before),
        signal,
        onProgress(progress) {
          running = progress;
          if (clock.now() - toldAt < AT_LEAST_BETWEEN_EVENTS_MS) return;
          toldAt = clock.now();
          onStatus(view(begun));
        },
      });
      await lookAtHeld();
      running = null;
      if (outcome) onStatus(view(outcome));
    } catch (error) {
      // An outcome that the disk did not take is known all the same, and whoever shows the run has to hear of its end.
      running = null;
      onStatus(view(await remembered.get()));
      throw error;
    } finally {
      running = null;
    }
  }

  function start(by: 'user' | 'clock'): Promise<void> {
    abort = new AbortController();
    const { signal } = abort;
    return withLease(leaseOf(connectionId), () => oneRun(by, signal)).finally(() => {
      current = null;
      if (!again || stopping) return undefined;
      again = false;
      return run('user');
    });
  }

  function run(by: 'user' | 'clock' = 'user'): Promise<void> {
    // What the clock has started may yet find that nothing is due; what the user asks for is done.
    if (current && running === null && by === 'user') again = true;
    current ??= start(by);
    return current;
  }

  /** A run with what the user has just decided. One that is under way ends: what it has written stays. */
  function startAnew(): void {
    if (current && running !== null) {
      again = true;
      abort.abort();
      return;
    }
    // Whoever waits for the run hears of what it throws.
    run('user').catch(() => undefined);
  }

  /** Ends a run, also a call that is under way, and waits for it. */
  async function stop(): Promise<void> {
    stopping = true;
    abort.abort();
    await current?.catch(() => undefined);
    again = false;
    stopping = false;
  }

  return {
    run,
    overtaken,
    async dueAt() {
      if (current) return null;
      await lookAtInterval();
      const status = await remembered.get();
      return status.runStartedAt === null ? due(status) : 0;
    },
    async wasInterrupted() {
      const { runStartedAt } = await remembered.get();
      return current === null && runStartedAt !== null;
    },
    async status() {
      await lookAtInterval();
      await lookAtHeld();
      return view(await remembered.get());
    },
    async history() {
      const entries = await history.list();
      return running === null ? entries : entries.filter((entry, index) => index > 0 || entry.endedAt !== null);
    },
    async held(object) {
      const entry = (await held.list()).find((one) => one.object === object);
      if (!entry) return { count: 0, of: 0, items: [] };
      return { count: entry.count, of: entry.of, items: await heldRecords(store, object, entry.ids) };
    },
    async answer(object, answer) {
      if (!(await held.answer(object, answer))) return false;
      await lookAtHeld();
      if (answer === 'remove') startAnew();
      else onStatus(view(await remembered.get()));
      return answer === 'remove';
    },
    async expire(before, madeAt) {
      let gone: Expired | null = null;
      await withLease(leaseOf(connectionId), async () => {
        const expired = await expireRecords({ store, status: remembered, now: () => clock.now() }, before, madeAt);
        if (!expired) return;
        gone = expired.gone;
        if (expired.emptied) onStatus(view(expired.emptied));
      });
      return gone;
    },
    selection,
    async select(chosen) {
      await writeSelection(boxes, chosen);
      startAnew();
    },
    async compareAnew(objects) {
      // A run that goes on would write over what is noted here.
      await stop();
      for (const object of objects) {
        const known = readStored(await store.checkpoint(object));
        if (!known) continue;
        const next = { ...known, owed: known.owed ?? ('sweep' as const) };
        await store.apply({ object, upserts: [], deletions: [], newBefore: null }, next);
      }
      startAnew();
    },
    stop,
  };
}

const leaseOf = (connectionId: string) => `sidelight:sync:${connectionId}`;

/** How the history calls a run. */
function reasonOf(by: 'user' | 'clock', wasKilled: boolean, before: StoredStatus): RunReason {
  if (by === 'clock' && (wasKilled || before.lastError?.code === 'sync.interrupted')) return 'resumed';
  if (before.lastSuccessAt === null) return 'first';
  return by === 'user' ? 'asked' : 'due';
}
