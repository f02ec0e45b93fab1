import { giveBackAccess } from '@/lib/browser/host-access';
import { holding } from '@/lib/browser/locks';
import { unregisterOverlay } from '@/lib/browser/overlay-script';
import { sessionArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { revokePage, SALESFORCE_LABEL } from '@/lib/connectors/salesforce';
import { disconnect, type DisconnectReceipt } from '@/lib/privacy/disconnect';
import type { Clock } from '@/lib/shared/clock';
import { AppError, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Buckets } from '@/lib/storage/bucket';
import { sweepCopies } from '@/lib/storage/sweep';
import { type ConnectionList, copyName } from '@/lib/storage/connection-list';
import { OPEN_KEY } from '@/lib/vault/open-key';
import { type Connections, type LiveConnection, PROTECTION_LOCK } from './connections';
import type { Toolbar } from './toolbar';

const CRM_ACCESS = ['https://login.salesforce.com/*', 'https://test.salesforce.com/*', 'https://*.my.salesforce.com/*'];
const SITE_ACCESS = ['https://*/*', 'http://*/*'];

async function giveBackAllAccess(toolbar: Toolbar): Promise<void> {
  await toolbar.setTrouble(false);
  await unregisterOverlay();
  await giveBackAccess([...CRM_ACCESS, ...SITE_ACCESS]);
}

/** Binds the steps of disconnecting to this browser. Also goes on with one that was killed. */
export function createDisconnecting(options: {
  clock: Clock;
  buckets: Buckets;
  list: ConnectionList;
  connections: Connections;
  toolbar: Toolbar;
}) {
  const { clock, buckets, list, connections, toolbar } = options;

  async function run(id: string, connection: LiveConnection | null): Promise<DisconnectReceipt> {
    const entry = (await list.list()).find((candidate) => candidate.id === id);
    if (!entry) throw new AppError('connection.missing');
    const name = copyName(entry);
    return disconnect({
      clock,
      markDisconnecting: () => list.put({ ...entry, disconnecting: true }),
      stopSync: async () => connection?.runner.stop(),
      async describe() {
        if (!connection) return null;
        const { profile, copy, session } = connection;
        return {
          crmLabel: SALESFORCE_LABEL,
          userName: profile.userName,
          orgName: profile.orgName,
          counts: await copy.store.counts().catch(() => ({})),
          bytes: await copy.bytesUsed(),
          revokeUrl: revokePage(session.instanceUrl),
        };
      },
      // A copy that cannot be opened may hold a living token: the receipt must not call that nothing.
      revoke: async () => (connection ? connection.connector.revoke() : false),
      closeCopy: () => connections.close(id),
      deleteBucket: () => buckets.delete(name),
      forget: () => list.remove(id),
      async giveBackAccess() {
        if ((await list.list()).some((other) => other.id !== id)) return;
        await giveBackAllAccess(toolbar);
      },
      async tellViews() {
        await toolbar.forget();
        // Which tabs showed which Account's site is known of this copy too.
        await sessionArea().rewrite((all) => (OPEN_KEY in all ? { [OPEN_KEY]: all[OPEN_KEY] } : {}));
        await tellOverlays({ overlay: 'remove' });
        await tellViews('connections.changed', {});
      },
      async verify() {
        const [names, share] = await Promise.all([buckets.list(), list.share(name).load()]);
        return { bucketGone: !names.includes(name), keyGone: share === null };
      },
    });
  }

  /** Two views that disconnect at once get the same receipt, and so does one whose worker was killed in the middle and asks again. */
  const known = new Map<string, Promise<DisconnectReceipt>>();
  function once(id: string): Promise<DisconnectReceipt> {
    const receipt = known.get(id) ?? holding([PROTECTION_LOCK], async () => run(id, await connections.forRemoval(id)));
    known.set(id, receipt);
    receipt.catch(() => known.delete(id));
    return receipt;
  }

  return {
    disconnect: once,
    giveBackAccess: () => giveBackAllAccess(toolbar),
    /** Ends what a kill interrupted, and deletes buckets that belong to no connection. */
    async resume(): Promise<void> {
      const entries = await list.list();
      for (const entry of entries) if (entry.disconnecting) await once(entry.id).catch((error) => logFailure(toAppError(error)));
      await holding([PROTECTION_LOCK], () => sweepCopies(buckets, list));
    },
  };
}

export type Disconnecting = ReturnType<typeof createDisconnecting>;
