import { ensureAlarm, stopAlarm } from '@/lib/browser/alarms';
import { keepAwake } from '@/lib/browser/self';
import type { Clock } from '@/lib/shared/clock';
import { logFailure } from '@/lib/shared/logger';
import { toAppError } from '@/lib/shared/errors';
import type { RunnerStatus } from '@/lib/sync/sync-runner';
import type { Connections, LiveConnection } from './connections';

/** A frequent alarm asks who is due, so that a laptop that was closed at night catches up soon after it wakes. */
export const DUE_ALARM = 'sync-due';
/** Wakes a worker that was killed in a run, so that the run goes on. */
export const HEARTBEAT_ALARM = 'sync-heartbeat';
const DUE_EVERY_MINUTES = 30;
const HEARTBEAT_EVERY_MINUTES = 1;

/** Starts runs: when asked, and when they are due. */
export function createSyncs(connections: Connections, clock: Clock) {
  /** A failed run that is due again before the next regular look: the heartbeat stays to start it in time. */
  const isRetriedSoon = ({ lastError, nextDueAt }: RunnerStatus) =>
    lastError !== null && nextDueAt !== null && Date.parse(nextDueAt) - clock.now() < DUE_EVERY_MINUTES * 60_000;

  async function start(connection: LiveConnection): Promise<void> {
    await ensureAlarm(HEARTBEAT_ALARM, HEARTBEAT_EVERY_MINUTES);
    await keepAwake(connection.runner.run());
    const states = await Promise.all((await connections.ready()).map(({ runner }) => runner.status()));
    if (states.every((status) => status.running === null && !isRetriedSoon(status))) await stopAlarm(HEARTBEAT_ALARM);
  }
  return {
    ensureAlarms: () => ensureAlarm(DUE_ALARM, DUE_EVERY_MINUTES),
    /** Starts a run and returns at once; how it goes is told by events. */
    startNow(connection: LiveConnection): void {
      start(connection).catch((error) => logFailure(toAppError(error)));
    },
    async runDue(): Promise<void> {
      for (const connection of await connections.ready()) {
        if ((await connection.runner.wasInterrupted()) || (await connection.runner.isDue())) await start(connection);
      }
    },
    /** Goes on with what an earlier worker was killed in. */
    async resume(): Promise<void> {
      for (const connection of await connections.ready()) if (await connection.runner.wasInterrupted()) await start(connection);
    },
  };
}
