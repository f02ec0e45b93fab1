import type { SettingsStore } from '@/lib/settings/settings';
import type { Clock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { DAY } from '@/lib/sync/schedule';
import type { Connections } from './connections';
import type { ProcessingLogs } from './processing-logs';

interface Options {
  clock: Clock;
  settings: Pick<SettingsStore, 'get'>;
  connections: Pick<Connections, 'ready'>;
  logs: Pick<ProcessingLogs, 'add'>;
}

/**
 * A copy that nothing brings up to date any more (nobody signs in again, the access was withdrawn) does not lie about for ever: its
 * records go after as many days as are set. Asked behind the syncs, so that a laptop that slept for long is brought up to date first.
 */
export function createRetention({ clock, settings, connections, logs }: Options) {
  return {
    async enforce(): Promise<void> {
      const { keepDays } = await settings.get();
      if (keepDays === 0) return;
      for (const connection of await connections.ready()) {
        // The sample has no CRM that could withdraw anything.
        if (connection.entry.crm === 'sample') continue;
        try {
          const gone = await connection.runner.expire(clock.now() - keepDays * DAY);
          if (!gone) continue;
          const records = Object.entries(gone).map(([object, count]) => ({ object: object as keyof typeof gone, count }));
          await logs.add(connection, { act: 'expired', records: records.map((one) => ({ ...one, deed: 'deleted' as const })) });
        } catch (error) {
          logFailure(toAppError(error));
        }
      }
    },
  };
}
