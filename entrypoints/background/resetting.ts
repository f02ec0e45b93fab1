import { stopAllAlarms } from '@/lib/browser/alarms';
import type { StorageArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import type { Receipt } from '@/lib/messaging/protocol';
import { DEVICE } from '@/lib/vault/protection';
import type { Vault } from '@/lib/vault/vault';
import type { Connections } from './connections';
import type { Disconnecting } from './disconnecting';
import type { Protecting } from './protecting';
import type { Syncs } from './syncs';

interface ResettingOptions {
  local: StorageArea;
  session: StorageArea;
  vault: Vault;
  connections: Connections;
  disconnecting: Disconnecting;
  protecting: Protecting;
  syncs: Syncs;
}

/**
 * Disconnects everything and forgets all settings, as if Sidelight had just been installed. Works while locked, too: then the
 * tokens cannot be read, and each receipt says that the access has to be ended by hand.
 */
export function createReset(options: ResettingOptions): () => Promise<Receipt[]> {
  const { local, session, vault, connections, disconnecting, protecting, syncs } = options;
  return async () => {
    await protecting.stop();
    const receipts: Receipt[] = [];
    await vault.forChange(async () => {
      for (const { id } of await connections.entries()) receipts.push(await disconnecting.disconnect(id));
    });
    await protecting.sweep();
    await disconnecting.giveBackAccess();
    await stopAllAlarms();
    await session.rewrite(() => ({}));
    await local.rewrite(() => ({}));
    await vault.adopt(DEVICE, null);
    await syncs.ensureAlarms();
    await tellOverlays({ overlay: 'remove' });
    await tellViews('vault.changed', { locked: false });
    await tellViews('connections.changed', {});
    return receipts;
  };
}
