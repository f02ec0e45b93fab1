import type { SettingsStore } from '@/lib/settings/settings';
import type { Clock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { DAY } from '@/lib/sync/schedule';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import type { ProcessingLogs } from './processing-logs';

interface Options {
  clock: Clock;
  settings: Pick<SettingsStore, 'get'>;
  logs: Pick<ProcessingLogs, 'add'>;
}

/**
 * A copy that nothing brings up to date any more (nobody signs in again, the access was withdrawn) does not lie about for ever: its
 * records go after as many days as are set.
 */
export function createRetention({ clock, settings, logs }: Options) {
  /** Deletes the records of a connection when they are too old. @throws AppError of the `storage.` group */
  async function enforceOn(connection: LiveConnection): Promise<void> {
    const { keepDays } = await settings.get();
    // The sample has no CRM that could withdraw anything.
    if (keepDays === 0 || connection.entry.crm === 'sample') return;
    const gone = await connection.runner.expire(clock.now() - keepDays * DAY, connection.entry.connectedAt);
    if (!gone) return;
    const records = Object.entries(gone).map(([object, count]) => ({ object: object as keyof typeof gone, count }));
    await logs.add(connection, { act: 'expired', records: records.map((one) => ({ ...one, deed: 'deleted' as const })) });
  }

  return {
    /** Asked when a copy is opened, before anybody sees it: the browser may have been closed for long. */
    enforceOn,
    /** Asked behind the syncs, for a worker that lives on. */
    async enforce({ ready }: Pick<Connections, 'ready'>): Promise<void> {
      for (const connection of await ready()) await enforceOn(connection).catch((error) => logFailure(toAppError(error)));
    },
  };
}
