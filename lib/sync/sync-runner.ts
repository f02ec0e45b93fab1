import type { Connector } from '@/lib/connectors/connector';
import type { Clock } from '@/lib/shared/clock';
import { AppError, toAppError } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { type RunReport, runSync, type SyncRun } from './engine';
import type { Progress } from './progress';
import { errorOf, nextDue, readStatus, type StoredStatus } from './sync-status';

/** Runs and remembers the syncs of one connection. */
export interface SyncRunner {
  /** Starts a run unless one is under way; resolves when it has ended, well or not. The outcome is in `status`. */
  run(): Promise<void>;
  /** True when a run is due. */
  isDue(): Promise<boolean>;
  /** True when a run was killed and has to go on. */
  wasInterrupted(): Promise<boolean>;
  status(): Promise<RunnerStatus>;
  /** Ends a run at its next page and waits for it. */
  stop(): Promise<void>;
}

export interface RunnerStatus {
  running: Progress | null;
  lastSuccessAt: string | null;
  lastError: ReturnType<typeof errorOf>;
  nextDueAt: string | null;
  skipped: number;
  calls: number;
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
  onStatus: (status: RunnerStatus) => void;
}

const AT_LEAST_BETWEEN_EVENTS_MS = 250;

/** A run that killed its worker so often is not tried again at once, but when it is due. */
const MOST_INTERRUPTIONS = 3;

/** A run that was killed counts as a failure, until one ends well. */
function afterInterruption(status: StoredStatus): StoredStatus {
  if (status.runStartedAt === null) return status;
  return { ...status, failures: status.failures + 1, lastError: { code: 'unexpected', at: status.runStartedAt } };
}

/** A run that meets a damaged cell forgets the copy and fetches it anew; damage that stays is reported. */
async function healed(run: SyncRun): Promise<RunReport> {
  try {
    return await runSync(run);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'vault.tampered') throw error;
    await run.store.startOver();
    return runSync(run);
  }
}

/** A runner on the opened copy of a connection. */
export function createSyncRunner(options: SyncRunnerOptions): SyncRunner {
  const { connectionId, connector, store, boxes, clock, withLease, onStatus } = options;
  let running: Progress | null = null;
  let current: Promise<void> | null = null;
  let abort = new AbortController();
  let toldAt = 0;

  const remembered = async () => readStatus(await boxes.get('sync-status'));
  const iso = () => new Date(clock.now()).toISOString();

  async function status(): Promise<RunnerStatus> {
    return view(await remembered());
  }

  function view(stored: StoredStatus): RunnerStatus {
    const due = nextDue(stored, connectionId);
    const { lastSuccessAt, skipped, calls } = stored;
    const nextDueAt = due === null ? null : new Date(Math.max(due, clock.now())).toISOString();
    return { running, lastSuccessAt, lastError: errorOf(stored), nextDueAt, skipped, calls };
  }

  async function remember(next: StoredStatus): Promise<void> {
    await boxes.put('sync-status', next);
    onStatus(view(next));
  }

  /** The outcome is on disk before the run counts as over, so that nobody sees a copy that is neither syncing nor synced. */
  async function ended(outcome: StoredStatus): Promise<void> {
    try {
      await boxes.put('sync-status', outcome);
    } finally {
      running = null;
      onStatus(view(outcome));
    }
  }

  async function oneRun(): Promise<void> {
    const before = afterInterruption(await remembered());
    const started = { ...before, runStartedAt: iso() };
    running = { object: 'user', done: 0, total: 0, overallDone: 0, overallTotal: 0, secondsLeft: null };
    await remember(started);
    try {
      await options.beforeRun?.();
      const report = await healed({
        connector,
        store,
        clock,
        signal: abort.signal,
        onProgress(progress) {
          running = progress;
          if (clock.now() - toldAt < AT_LEAST_BETWEEN_EVENTS_MS) return;
          toldAt = clock.now();
          onStatus(view(started));
        },
      });
      const { skipped, calls } = report;
      await ended({ runStartedAt: null, lastSuccessAt: iso(), lastError: null, failures: 0, skipped, calls });
    } catch (error) {
      if (abort.signal.aborted) {
        running = null;
        return;
      }
      const lastError = { code: toAppError(error).code, at: iso() };
      await ended({ ...before, runStartedAt: null, lastError, failures: before.failures + 1 });
    }
  }

  return {
    status,
    run() {
      current ??= withLease(`sidelight:sync:${connectionId}`, oneRun).finally(() => {
        current = null;
      });
      return current;
    },
    async isDue() {
      const due = nextDue(await remembered(), connectionId);
      return due !== null && due <= clock.now();
    },
    async wasInterrupted() {
      const { runStartedAt, failures } = await remembered();
      return current === null && runStartedAt !== null && failures < MOST_INTERRUPTIONS;
    },
    async stop() {
      abort.abort();
      await current;
      abort = new AbortController();
    },
  };
}
