import type { Connector } from '@/lib/connectors/connector';
import type { Selection } from '@/lib/crm/selection';
import type { Clock } from '@/lib/shared/clock';
import { AppError, toAppError } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import { type SealedBoxes, TOLD_ANEW } from '@/lib/storage/sealed-boxes';
import type { runSync } from './engine';
import type { HeldDeletions } from './held-deletions';
import type { Overtaken } from './overtaken';
import type { Progress } from './progress';
import { objectsOf, type RunEnd, type RunHistory, type RunReason } from './run-history';
import { newReport } from './run-report';
import { batchRecords } from './schedule';
import type { StatusBox } from './status-box';
import { afterFailure, afterSuccess, iso, type StoredStatus } from './sync-status';

/** What a run works on and where it is written down. */
export interface RunPlace {
  connectionId: string;
  connector: Connector;
  store: RecordStore;
  boxes: SealedBoxes;
  clock: Clock;
  sync: typeof runSync;
  beforeRun: () => Promise<void>;
  selection: () => Promise<Selection>;
  status: StatusBox;
  history: RunHistory;
  held: HeldDeletions;
  overtaken: Overtaken;
}

export interface RunOrder {
  /** The status with this run in it as begun. */
  begun: StoredStatus;
  why: RunReason;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/**
 * One run, with its beginning and its outcome on disk. A run that is aborted stands there as one that has to go on, which
 * is no kill. @throws only what writing its outcome throws; why a run failed is in its outcome.
 * @returns the outcome, or null when it was aborted
 */
export async function recordedRun(place: RunPlace, order: RunOrder): Promise<StoredStatus | null> {
  const { connectionId, connector, store, clock, status, history, held } = place;
  const { begun, why, signal, onProgress } = order;
  const callsBefore = connector.calls();
  let report = newReport();
  let reserve: number | null = null;
  let approved: Awaited<ReturnType<HeldDeletions['approved']>> = new Set();
  let failure: AppError | null = null;
  let refused = 0;

  try {
    // First what makes somebody go on after a kill: a run that only stands in the history would be forgotten.
    await status.put(begun);
    await history.begin(iso(clock.now()), why);
    await place.beforeRun();
    const selection = await place.selection();
    reserve = selection.reserve;
    approved = await held.approved();
    const agreed = new Map((await held.list()).map(({ object, count, answeredAt }) => [object, answeredAt ?? count]));
    signal.throwIfAborted();
    await healed(async () => {
      report = newReport();
      // A change that no record of this run touches would not be met otherwise. A run that goes on has been through this.
      if (why !== 'resumed') await store.check(signal);
      await place.sync({
        connector,
        store,
        clock,
        selection,
        batchRecords: batchRecords(begun.halvings),
        approved,
        agreed,
        overtaken: place.overtaken.since,
        onProgress,
        signal,
        report,
      });
    });
  } catch (error) {
    failure = toAppError(error);
  }

  const figures = { skipped: report.skipped, calls: connector.calls() - callsBefore, usage: usage() };
  const end = (outcome: RunEnd['outcome'], code: RunEnd['code']): Promise<void> =>
    history.end({
      endedAt: iso(clock.now()),
      outcome,
      code,
      objects: objectsOf(report),
      calls: figures.calls,
      skipped: report.skipped,
      refused,
      renewed: place.boxes.takeRefused().filter((name) => TOLD_ANEW.has(name)).length,
    });
  if (failure && signal.aborted) {
    await Promise.allSettled([end('interrupted', null)]);
    await status.put({ ...begun, writesAtStart: null });
    return null;
  }
  const at = iso(clock.now());
  // A history or a list that cannot be written must not keep the outcome from being known; the next run tells both anew.
  await Promise.allSettled([held.settle(report.held, { whole: failure === null, approved, at })]);
  // Behind everything that reads a note: it counts those that were refused.
  await Promise.allSettled([end(failure ? 'failed' : 'ok', failure?.code ?? null)]);
  const moved = begun.writesAtStart === null || (await store.writes().catch(() => null)) !== begun.writesAtStart;
  const outcome = failure
    ? afterFailure(begun, failure, clock.now(), { connectionId, figures, moved })
    : afterSuccess(clock.now(), figures, report.unavailable);
  await status.put(outcome);
  return outcome;

  /** A run that meets a damaged cell forgets the copy and fetches it anew; damage that stays is reported. */
  async function healed(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'vault.tampered' || signal.aborted) throw error;
      // Damage that the look did not meet stands in the manifest, or came behind it.
      refused = Math.max(1, store.refused());
      await store.startOver();
      await run();
    }
  }

  function usage(): StoredStatus['usage'] {
    const heard = connector.usage();
    return heard && reserve !== null ? { ...heard, reserve: Math.round(heard.max * reserve) } : begun.usage;
  }
}
