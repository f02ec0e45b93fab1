import { managedArea } from '@/lib/browser/managed-storage';
import { localArea, sessionArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { createFrameTokens } from '@/lib/overlay/frame-token';
import { createUnseenReceipts } from '@/lib/privacy/unseen-receipts';
import { systemClock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { createPace } from '@/lib/shared/pace';
import { browserBuckets } from '@/lib/storage/bucket';
import { createConnectionList } from '@/lib/storage/connection-list';
import type { Policy } from '@/lib/settings/policy';
import { createPolicyStore } from '@/lib/settings/policy-store';
import { createSettings, hoursBetween } from '@/lib/settings/settings';
import { createVault } from '@/lib/vault/vault';
import { createAddressBar } from './address-bar';
import { createConnections } from './connections';
import { createDisconnecting } from './disconnecting';
import { createErrands } from './errands';
import { createLocking } from './locking';
import { createOutboxes } from './outboxes';
import { createOverlaySites } from './overlay-sites';
import { createProcessingLogs } from './processing-logs';
import { createProtecting } from './protecting';
import { createRecordChanges } from './record-changes';
import { createRecordForms } from './record-forms';
import { createRetention } from './retention';
import { createReset } from './resetting';
import { isRecordPage, searchAll } from './search';
import { createSyncs } from './syncs';
import { createToolbar } from './toolbar';

const HOUR = 3_600_000;

/** In this time a worker hears of what it was woken for, a few milliseconds after its start (measured). */
const WOKEN_FOR_MS = 30;

/** The composition root: everything the background is made of, built once per worker life. Touches no disk by itself. */
export function createServices() {
  const clock = systemClock;
  const pace = createPace();
  const buckets = browserBuckets();
  const local = localArea();
  const session = sessionArea();
  const list = createConnectionList(local);
  const policy = createPolicyStore({
    source: managedArea(),
    onChange: (before, now) => void followPolicy(before, now).catch((error) => logFailure(toAppError(error))),
  });
  const wantsPassphrase = async () => (await policy.get()).protection === 'passphrase';
  const vault = createVault({ local, session, clock, wantsPassphrase });
  const settings = createSettings(local, policy.get);
  const errands = createErrands(session);
  const toolbar = createToolbar(session, async () => (await vault.locked()) !== null);
  const logs = createProcessingLogs(clock);
  const running = new Set<string>();
  const retention = createRetention({ clock, settings, logs });
  const connections = createConnections({
    clock,
    pace,
    buckets,
    list,
    vault,
    policy,
    syncInterval: async () => hoursBetween(await settings.get()) * HOUR,
    onCall: logs.called,
    onOpen: retention.enforceOn,
    onStatus(connectionId, status) {
      if (status.running !== null) {
        running.add(connectionId);
        logs.runs(connectionId);
      } else if (running.delete(connectionId)) void logRun(connectionId);
      void tellViews('sync.progress', { connectionId, status });
      void toolbar.setSyncing(connectionId, status.running !== null);
      // Overlays of tabs that were open before the copy was there can ask now.
      if (status.running === null && status.lastError === null) void tellOverlays({ overlay: 'refresh' });
    },
    onLiveAnswer(connectionId, accountId) {
      logs.looked(connectionId);
      void tellViews('account.refreshed', { connectionId, accountId });
    },
  });
  logs.follow(connections);
  /** Of a connection that is being removed nothing is written down any more. */
  async function logRun(connectionId: string): Promise<void> {
    logs.rests(connectionId);
    const connection = await connections.get(connectionId).catch(() => null);
    const [run] = (await connection?.runner.history().catch(() => [])) ?? [];
    if (connection) await logs.ran(connection, run);
  }
  const receipts = createUnseenReceipts(local);
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
  const syncs = createSyncs(connections, clock, toolbar.setTrouble);
  const onCopied = () => void tellViews('connections.changed', {});
  const forms = createRecordForms(clock.now, policy.get);
  const outboxes = createOutboxes({
    connections,
    forms,
    clock,
    onChange: (connectionId) => void tellViews('outbox.changed', { connectionId }),
    onCopied,
    onSettled: logs.sent,
  });
  const disconnecting = createDisconnecting({ clock, buckets, list, connections, outboxes, receipts, toolbar });
  const changes = createRecordChanges(forms, onCopied, logs.add);
  const locking = createLocking({
    vault,
    settings,
    session,
    logs,
    connections,
    syncs,
    protecting,
    forms,
    outboxes,
    disconnecting,
    toolbar,
  });
  /** What may be copied now is copied, and what may not be any more leaves the copy. */
  async function followPolicy(before: Policy, now: Policy): Promise<void> {
    await locking.policyChanged();
    // Records may be kept for less long now, and then syncs lie closer together.
    await syncs.replan();
    const parts = ({ objects, fields, consumerKey, loginHosts }: Policy) =>
      JSON.stringify([objects, fields, consumerKey, loginHosts]);
    if (parts(before) === parts(now)) return;
    for (const connection of await connections.ready()) syncs.startNow(connection);
  }
  /** Over when whom this worker was woken for has been answered, or soon if that was nobody. */
  const firstAnswered = new Promise((resolve) => setTimeout(resolve, WOKEN_FOR_MS)).then(pace.breathe);
  /** What an earlier worker left undone. */
  async function recover(): Promise<void> {
    await disconnecting.resume();
    if (await protecting.resume()) await locking.changed();
  }
  return {
    clock,
    pace,
    vault,
    policy,
    settings,
    connections,
    logs,
    disconnecting,
    protecting,
    locking,
    syncs,
    outboxes,
    forms,
    changes,
    errands,
    toolbar,
    addressBar: createAddressBar({
      isLocked: locking.isLocked,
      search: (text) => pace.hurry(() => searchAll(text, connections)),
      errands,
      isRecordPage: (text) => isRecordPage(text, connections),
    }),
    retention,
    reset: createReset({ local, session, vault, connections, disconnecting, protecting, syncs }),
    frames: createFrameTokens(session),
    overlays: createOverlaySites({ connections, settings, session, clock }),
    /** Connecting and changes of protection wait for it. */
    recovered: firstAnswered.then(recover).catch((error) => logFailure(toAppError(error))),
    firstAnswered,
  };
}

export type Services = ReturnType<typeof createServices>;
