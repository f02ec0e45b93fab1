import { alarmOnceAt, ensureAlarm, stopAlarm } from '@/lib/browser/alarms';
import { keepAwake } from '@/lib/browser/self';
import { sessionArea } from '@/lib/browser/storage-area';
import type { Clock } from '@/lib/shared/clock';
import { logFailure } from '@/lib/shared/logger';
import { toAppError } from '@/lib/shared/errors';
import { createCatchUp } from '@/lib/sync/catch-up';
import type { RunnerStatus } from '@/lib/sync/sync-runner';
import { needsUser } from '@/lib/sync/trouble';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';

/** A frequent alarm asks who is due, so that a laptop that was closed at night catches up soon after it wakes. */
const DUE_ALARM = 'sync-due';
/** Wakes a worker that was killed in a run, so that the run goes on. */
const HEARTBEAT_ALARM = 'sync-heartbeat';
/** Rings once, when a run that was missed is made up for. */
const CATCH_UP_ALARM = 'sync-catch-up';
/** Rings once, when the next run of all is due: the frequent alarm alone would come up to half an hour later. */
const NEXT_ALARM = 'sync-next';
/** Each of them makes us look who has to run. */
export const SYNC_ALARMS: readonly string[] = [DUE_ALARM, HEARTBEAT_ALARM, CATCH_UP_ALARM, NEXT_ALARM];
const DUE_EVERY_MINUTES = 30;
const HEARTBEAT_EVERY_MINUTES = 1;
const SOON_MS = 60_000;

/** Starts runs: when asked, and when they are due. */
export function createSyncs(
  connections: Pick<Connections, 'ready'>,
  clock: Clock,
  showTrouble: (trouble: boolean) => Promise<void>,
) {
  const catchUp = createCatchUp(sessionArea(), clock);
  let looking: Promise<unknown> = Promise.resolve();
  /** Runs that are about to begin count too, or the end of one would take the heartbeat from another. */
  let starts = 0;

  /** A failed run that is due again before the next regular look: the heartbeat stays to start it in time. */
  const isRetriedSoon = ({ lastError, nextDueAt }: RunnerStatus) =>
    lastError !== null && nextDueAt !== null && Date.parse(nextDueAt) - clock.now() < DUE_EVERY_MINUTES * 60_000;

  async function needsHeartbeat({ runner }: LiveConnection): Promise<boolean> {
    const status = await runner.status();
    return status.running !== null || isRetriedSoon(status) || runner.wasInterrupted();
  }

  /** What each connection answers; one that cannot be read is left out. */
  async function ofAll<T>(ask: (connection: LiveConnection) => Promise<T>): Promise<T[]> {
    const answers = await Promise.allSettled((await connections.ready()).map(ask));
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  }

  /**
   * The copy as it was opened anew for what a run has met in it, if it knows of no run: the browser takes what it finds damaged out
   * of its files, and how the run ended may have stood there.
   */
  async function withoutOutcome(before: LiveConnection): Promise<LiveConnection | null> {
    const now = (await connections.ready()).find(({ entry }) => entry.id === before.entry.id);
    if (!now || now.runner === before.runner) return null;
    const { running, lastSuccessAt, lastError } = await now.runner.status();
    return running === null && lastSuccessAt === null && lastError === null ? now : null;
  }

  /** A run that is known to have ended somehow: one whose copy has forgotten it is made up for, once. */
  async function run(connection: LiveConnection, by: 'user' | 'clock'): Promise<void> {
    const [first] = await Promise.allSettled([connection.runner.run(by)]);
    const again = await withoutOutcome(connection).catch(() => null);
    if (again) await again.runner.run(by);
    else if (first.status === 'rejected') throw first.reason;
  }

  async function start(connection: LiveConnection, by: 'user' | 'clock'): Promise<void> {
    starts += 1;
    try {
      await ensureAlarm(HEARTBEAT_ALARM, HEARTBEAT_EVERY_MINUTES);
      await keepAwake(run(connection, by));
    } finally {
      starts -= 1;
      await restIfIdle();
      await markTrouble();
      await planNext();
    }
  }

  async function restIfIdle(): Promise<void> {
    const needed = await ofAll(needsHeartbeat);
    if (starts === 0 && !needed.includes(true)) await stopAlarm(HEARTBEAT_ALARM);
  }

  /** One connection's trouble must not keep the others from running. */
  const startOrLog = (connection: LiveConnection, by: 'user' | 'clock'): Promise<void> =>
    start(connection, by).catch((error) => logFailure(toAppError(error)));

  async function markTrouble(): Promise<void> {
    const states = await ofAll(({ runner }) => runner.status());
    await showTrouble(states.some(needsUser));
  }

  /**
   * Sets the alarm for the run that is due first. What is due already has been started or has an alarm of its own, unless `lateToo`: then it is
   * looked at soon.
   */
  async function planNext(lateToo = false): Promise<void> {
    const now = clock.now();
    const times = (await ofAll(({ runner }) => runner.dueAt())).filter((at) => at !== null).map(Math.ceil);
    const coming = lateToo ? times.map((at) => Math.max(at, now + SOON_MS)) : times.filter((at) => at > now);
    await alarmOnceAt(NEXT_ALARM, coming.length === 0 ? null : Math.min(...coming));
  }

  /** Who has to start now. Those who missed their run get a moment of their own, and an alarm for the first of them. */
  async function startable(): Promise<LiveConnection[]> {
    const ready = await connections.ready();
    const due: { id: string; due: number }[] = [];
    for (const { entry, runner } of ready) {
      const at = await runner.dueAt().catch(() => null);
      if (at !== null && at <= clock.now()) due.push({ id: entry.id, due: at });
    }
    const now = await catchUp.startable(due);
    await alarmOnceAt(CATCH_UP_ALARM, await catchUp.earliest());
    return ready.filter(({ entry }) => now.includes(entry.id));
  }

  return {
    ensureAlarms: () => ensureAlarm(DUE_ALARM, DUE_EVERY_MINUTES),
    markTrouble,
    /** Starts a run and returns at once; how it goes is told by events. */
    startNow(connection: LiveConnection): void {
      void startOrLog(connection, 'user');
    },
    /** Looks who has to run, and runs them one after another. */
    async runDue(): Promise<void> {
      const look = looking.then(startable, startable);
      looking = look;
      for (const connection of await look) await startOrLog(connection, 'clock');
      await planNext();
    },
    /** Another time lies between syncs now. What is late by it is looked at within a minute, without anybody waiting for it here. */
    replan: () => planNext(true),
    /** What fell due while the vault was locked runs now: nobody else's browser was unlocked at the same moment. */
    async afterUnlock(): Promise<void> {
      for (const connection of await connections.ready()) await startOrLog(connection, 'clock');
    },
    /** Starts those that have waited for the user to sign in to the CRM in a tab. No browser tells us that they have. */
    async resumeSignedIn(): Promise<void> {
      for (const connection of await connections.ready()) {
        if (await connection.isLoginBack().catch(() => false)) await startOrLog(connection, 'user');
      }
    },
    /** Goes on with what an earlier worker was killed in. */
    async resume(): Promise<void> {
      await markTrouble();
      for (const connection of await connections.ready()) {
        if (await connection.runner.wasInterrupted().catch(() => false)) await startOrLog(connection, 'clock');
      }
    },
  };
}

export type Syncs = ReturnType<typeof createSyncs>;
