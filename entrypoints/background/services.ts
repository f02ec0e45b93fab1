import { localArea, sessionArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { createFrameTokens } from '@/lib/overlay/frame-token';
import { systemClock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { createPace } from '@/lib/shared/pace';
import { browserBuckets } from '@/lib/storage/bucket';
import { createConnectionList } from '@/lib/storage/connection-list';
import { createConnections } from './connections';
import { createDisconnecting } from './disconnecting';
import { createLeadCreation } from './lead-creation';
import { createSyncs } from './syncs';

/** The composition root: everything the background is made of, built once per worker life. Touches no disk by itself. */
export function createServices() {
  const clock = systemClock;
  const pace = createPace();
  const buckets = browserBuckets();
  const list = createConnectionList(localArea());
  const connections = createConnections({
    clock,
    pace,
    buckets,
    list,
    onStatus(connectionId, status) {
      void tellViews('sync.progress', { connectionId, status });
      // Overlays of tabs that were open before the copy was there can ask now.
      if (status.running === null && status.lastError === null) void tellOverlays({ overlay: 'refresh' });
    },
    onLiveAnswer: (connectionId, accountId) => void tellViews('account.refreshed', { connectionId, accountId }),
  });
  const disconnecting = createDisconnecting({ clock, buckets, list, connections });
  return {
    clock,
    pace,
    connections,
    disconnecting,
    syncs: createSyncs(connections, clock),
    leads: createLeadCreation(clock.now),
    frames: createFrameTokens(sessionArea()),
    /** What an earlier worker left undone; connecting waits for it, since it deletes buckets that nobody owns. */
    recovered: disconnecting.resume().catch((error) => logFailure(toAppError(error))),
  };
}

export type Services = ReturnType<typeof createServices>;
