import { localArea, sessionArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { createFrameTokens } from '@/lib/overlay/frame-token';
import { systemClock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { createPace } from '@/lib/shared/pace';
import { browserBuckets } from '@/lib/storage/bucket';
import { createConnectionList } from '@/lib/storage/connection-list';
import { createSettings } from '@/lib/settings/settings';
import { createVault } from '@/lib/vault/vault';
import { createConnections } from './connections';
import { createDisconnecting } from './disconnecting';
import { createLeadCreation } from './lead-creation';
import { createLocking } from './locking';
import { createOverlaySites } from './overlay-sites';
import { createProtecting } from './protecting';
import { createReset } from './resetting';
import { createSyncs } from './syncs';

/** The composition root: everything the background is made of, built once per worker life. Touches no disk by itself. */
export function createServices() {
  const clock = systemClock;
  const pace = createPace();
  const buckets = browserBuckets();
  const local = localArea();
  const session = sessionArea();
  const list = createConnectionList(local);
  const vault = createVault({ local, session, clock });
  const settings = createSettings(local);
  const connections = createConnections({
    clock,
    pace,
    buckets,
    list,
    vault,
    onStatus(connectionId, status) {
      void tellViews('sync.progress', { connectionId, status });
      // Overlays of tabs that were open before the copy was there can ask now.
      if (status.running === null && status.lastError === null) void tellOverlays({ overlay: 'refresh' });
    },
    onLiveAnswer: (connectionId, accountId) => void tellViews('account.refreshed', { connectionId, accountId }),
  });
  const disconnecting = createDisconnecting({ clock, buckets, list, connections });
  const protecting = createProtecting({
    clock,
    pace,
    buckets,
    list,
    vault,
    session,
    connections,
    onProgress: (change) => void tellViews('vault.progress', change),
  });
  const syncs = createSyncs(connections, clock);
  const leads = createLeadCreation(clock.now);
  const locking = createLocking({ vault, settings, session, connections, syncs, protecting, leads });
  /** What an earlier worker left undone. */
  async function recover(): Promise<void> {
    await disconnecting.resume();
    if (await protecting.resume()) await locking.changed();
  }
  return {
    clock,
    pace,
    vault,
    settings,
    connections,
    disconnecting,
    protecting,
    locking,
    syncs,
    leads,
    reset: createReset({ local, session, vault, connections, disconnecting, protecting, syncs }),
    frames: createFrameTokens(session),
    overlays: createOverlaySites({ connections, settings, session, clock }),
    /** Connecting and changes of protection wait for it. */
    recovered: recover().catch((error) => logFailure(toAppError(error))),
  };
}

export type Services = ReturnType<typeof createServices>;
