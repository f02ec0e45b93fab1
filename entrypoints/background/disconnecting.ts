import { giveBackAccess, giveBackAllHosts } from '@/lib/browser/host-access';
import { holding } from '@/lib/browser/locks';
import { unregisterOverlay } from '@/lib/browser/overlay-script';
import { sessionArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { isKeyCrm, KEY_LOGINS, registered } from '@/lib/connectors/registry';
import { disconnect } from '@/lib/privacy/disconnect';
import type { UnseenReceipt, UnseenReceipts } from '@/lib/privacy/unseen-receipts';
import type { Receipt } from '@/lib/messaging/protocol';
import type { Clock } from '@/lib/shared/clock';
import { AppError, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Buckets } from '@/lib/storage/bucket';
import { sweepCopies } from '@/lib/storage/sweep';
import { type ConnectionList, copyName } from '@/lib/storage/connection-list';
import { OPEN_KEY } from '@/lib/vault/open-key';
import { type Connections, type LiveConnection, PROTECTION_LOCK } from './connections';
import { crmLabel } from './crm-label';
import type { Outboxes } from './outboxes';
import type { Toolbar } from './toolbar';

async function giveBackAllAccess(toolbar: Toolbar): Promise<void> {
  await toolbar.setTrouble(false);
  await unregisterOverlay();
  await giveBackAllHosts(['cookies']);
}

/** Binds the steps of disconnecting to this browser. Also goes on with one that was killed. */
export function createDisconnecting(options: {
  clock: Clock;
  buckets: Buckets;
  list: ConnectionList;
  connections: Connections;
  outboxes: Pick<Outboxes, 'stop'>;
  receipts: UnseenReceipts;
  toolbar: Toolbar;
}) {
  const { clock, buckets, list, connections, outboxes, receipts, toolbar } = options;

  async function verify(copy: string): Promise<Receipt['verified']> {
    const [names, share] = await Promise.all([buckets.list(), list.share(copy).load()]);
    return { bucketGone: !names.includes(copy), keyGone: share === null };
  }

  async function run(id: string, connection: LiveConnection | null): Promise<Receipt> {
    const entry = (await list.list()).find((candidate) => candidate.id === id);
    if (!entry) throw new AppError('connection.missing');
    const name = copyName(entry);
    const receipt = await disconnect({
      clock,
      noted: async () => (await receipts.list()).find((one) => one.id === id) ?? null,
      note: (so) => receipts.put({ id, crm: entry.crm, copy: name, ...so }),
      markDisconnecting: () => list.put({ ...entry, disconnecting: true }),
      stopSync: async () => connection?.runner.stop(),
      stopOutbox: async () => {
        if (connection) outboxes.stop(connection);
      },
      async describe() {
        if (!connection) return null;
        const { profile, copy, session } = connection;
        return {
          crmLabel: crmLabel(entry.crm),
          userName: profile.userName,
          orgName: profile.orgName,
          counts: await copy.store.counts().catch(() => ({})),
          bytes: await copy.bytesUsed(),
          revokeUrl: session && entry.crm !== 'sample' ? registered(entry.crm).revokePage(session) : null,
        };
      },
      // A copy that cannot be opened may hold a living token: the receipt must not call that nothing. The sample never had one.
      revoke: async () => (connection ? connection.connector.revoke() : entry.crm === 'sample' ? null : false),
      closeCopy: () => connections.close(id),
      deleteBucket: () => buckets.delete(name),
      forget: () => list.remove(id),
      async giveBackAccess() {
        const others = (await list.list()).filter((other) => other.id !== id);
        if (others.length === 0) return giveBackAllAccess(toolbar);
        // An address of its own serves nothing else; those of a CRM for everybody may serve another connection.
        const isShared = !isKeyCrm(entry.crm) || (KEY_LOGINS[entry.crm].shared && others.some(({ crm }) => crm === entry.crm));
        if (!isShared && connection?.session) await giveBackAccess([`${connection.session.loginOrigin}/*`]);
      },
      async tellViews() {
        await toolbar.forget();
        // Which tabs showed which Account's site is known of this copy too.
        await sessionArea().rewrite((all) => (OPEN_KEY in all ? { [OPEN_KEY]: all[OPEN_KEY] } : {}));
        await tellOverlays({ overlay: 'remove' });
        await tellViews('connections.changed', {});
      },
      verify: () => verify(name),
    });
    return { id, crm: entry.crm, ...receipt };
  }

  /**
   * Two views that disconnect at once get the same receipt, and so does one whose worker was killed in the middle and asks again.
   * A receipt names the user, so a lock ends that.
   */
  const known = new Map<string, Promise<Receipt>>();
  let forgotten = 0;
  function once(id: string): Promise<Receipt> {
    const began = forgotten;
    const receipt = known.get(id) ?? holding([PROTECTION_LOCK], async () => run(id, await connections.forRemoval(id)));
    known.set(id, receipt);
    receipt.then(
      () => began !== forgotten && known.delete(id),
      () => known.delete(id),
    );
    return receipt;
  }

  /** A kill right behind the last deletion has left a receipt that says nothing of what was looked at. */
  async function finishReceipts(): Promise<void> {
    const kept = new Set((await list.list()).map(({ id }) => id));
    for (const receipt of await receipts.list()) {
      if (receipt.finishedAt !== null || kept.has(receipt.id)) continue;
      const finishedAt = new Date(clock.now()).toISOString();
      await receipts.put({ ...receipt, finishedAt, verified: await verify(receipt.copy) });
    }
  }

  return {
    disconnect: once,
    giveBackAccess: () => giveBackAllAccess(toolbar),
    /** Drops what is kept in memory. */
    forget(): void {
      forgotten += 1;
      known.clear();
    },
    /** Receipts that nobody has seen. */
    unseen: async () => (await receipts.list()).flatMap(asReceipt),
    dismiss: receipts.dismiss,
    /** Ends what a kill interrupted, and deletes buckets that belong to no connection. */
    async resume(): Promise<void> {
      const entries = await list.list();
      for (const entry of entries) if (entry.disconnecting) await once(entry.id).catch((error) => logFailure(toAppError(error)));
      await holding([PROTECTION_LOCK], async () => {
        await sweepCopies(buckets, list);
        await finishReceipts();
      });
      // Nobody has asked for these receipts: views that are open already learn that they are there.
      if ((await receipts.list()).length > 0) await tellViews('connections.changed', {});
    },
  };
}

function asReceipt({ id, crm, finishedAt, verified, startedAt, counts, bytes, revocation }: UnseenReceipt): Receipt[] {
  if (finishedAt === null || verified === null) return [];
  const nobody = { crm, crmLabel: crmLabel(crm), userName: '', orgName: '', revokeUrl: null };
  return [{ id, ...nobody, startedAt, finishedAt, counts, bytes, revocation, verified }];
}

export type Disconnecting = ReturnType<typeof createDisconnecting>;
