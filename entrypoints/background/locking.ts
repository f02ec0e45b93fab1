import { alarmOnceAt } from '@/lib/browser/alarms';
import { setIdleAfter } from '@/lib/browser/idle';
import type { StorageArea } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import type { SettingsStore } from '@/lib/settings/settings';
import { toAppError } from '@/lib/shared/errors';
import type { LockReason } from '@/lib/shared/lock-reason';
import { logFailure } from '@/lib/shared/logger';
import type { Vault } from '@/lib/vault/vault';
import type { Connections } from './connections';
import type { ProcessingLogs } from './processing-logs';
import type { Disconnecting } from './disconnecting';
import type { Outboxes } from './outboxes';
import type { RecordForms } from './record-forms';
import type { Protecting } from './protecting';
import type { Syncs } from './syncs';
import type { Toolbar } from './toolbar';

/** Rings when the vault has been open for as long as it may be. */
export const LIMIT_ALARM = 'vault-limit';

interface LockingOptions {
  vault: Vault;
  settings: SettingsStore;
  session: StorageArea;
  logs: Pick<ProcessingLogs, 'locked' | 'unlocked'>;
  connections: Connections;
  syncs: Syncs;
  protecting: Protecting;
  forms: Pick<RecordForms, 'forget'>;
  outboxes: Pick<Outboxes, 'runAll' | 'stopAll'>;
  disconnecting: Disconnecting;
  toolbar: Toolbar;
}

/** What happens around the lock: everything that knows something forgets it, and everything that shows something is told. */
export function createLocking(options: LockingOptions) {
  const { vault, settings, session, logs, connections, syncs, protecting, forms, outboxes, disconnecting, toolbar } = options;

  let underWay: Promise<unknown> = Promise.resolve();

  async function forgetAll(): Promise<void> {
    forms.forget();
    outboxes.stopAll();
    disconnecting.forget();
    await connections.stopAll();
    await logs.locked(await connections.opened());
    await connections.closeAll();
    // Once more: a run that was ending may have noted something.
    await session.rewrite(() => ({}));
  }

  async function tell(locked: boolean): Promise<void> {
    await tellOverlays({ overlay: locked ? 'remove' : 'refresh' });
    await tellViews('vault.changed', { locked });
  }

  /** First what people see, then what nobody sees. True when it was open. */
  async function hide(reason: LockReason): Promise<boolean> {
    if (!(await vault.lock(reason))) return false;
    await Promise.all([tell(true), toolbar.forget()]);
    await session.rewrite(() => ({}));
    return true;
  }

  async function lockNow(reason: LockReason): Promise<void> {
    // A change of protection that is told to stop may take its time; nothing is shown meanwhile.
    const stopped = protecting.stop();
    const wasOpen = await hide(reason);
    await stopped;
    // One that had got to its switch has opened what it made.
    const isOpened = await hide(reason);
    if (!wasOpen && !isOpened) return;
    await forgetAll();
    await alarmOnceAt(LIMIT_ALARM, null);
  }

  /** Whoever opens something waits for it (`settled`). */
  function noted(work: Promise<void>): Promise<void> {
    underWay = Promise.allSettled([underWay, work]);
    return work;
  }

  const lock = (reason: LockReason): Promise<void> => noted(lockNow(reason));

  async function followSettings(): Promise<void> {
    setIdleAfter((await settings.get()).idleMinutes);
  }

  const policyChanged = (): Promise<void> => noted(policyChangedNow());

  async function policyChangedNow(): Promise<void> {
    await followSettings();
    const isLocked = (await vault.locked()) === 'policy';
    // A sidebar that is open may stand on a site that is left alone now.
    await tellOverlays({ overlay: 'remove' });
    await Promise.all([tell(isLocked), isLocked ? toolbar.forget() : toolbar.refresh()]);
    // A change that is under way is what ends this lock.
    if (isLocked && !protecting.isTaken()) await forgetAll();
  }

  return {
    lock,
    /** Over when no lock is under way. */
    async settled(): Promise<void> {
      await underWay;
    },
    /** Whether requests are to be refused. A vault whose time is over, or whose clock was set back, locks when it is noticed. */
    async isLocked(): Promise<boolean> {
      const reason = await vault.locked();
      if (reason === 'limit') lock(reason).catch((error) => logFailure(toAppError(error)));
      return reason !== null;
    },
    /** After the vault was opened: what was due meanwhile is due now. */
    async opened(): Promise<void> {
      // Locked again before it got here: the lock has told everybody.
      if ((await vault.locked()) !== null) return;
      await alarmOnceAt(LIMIT_ALARM, await vault.limitAt());
      await Promise.all([tell(false), toolbar.refresh()]);
      void logs.unlocked();
      void syncs.afterUnlock();
      void outboxes.runAll(true);
    },
    /** The protection is another one; views ask anew, overlays too. */
    async changed(): Promise<void> {
      // The organisation may have asked for more while it was being removed.
      if ((await vault.locked()) === 'policy') return policyChanged();
      await alarmOnceAt(LIMIT_ALARM, await vault.limitAt());
      await Promise.all([tell(false), toolbar.refresh()]);
      // What was being sent while the copy was made anew is looked for.
      void outboxes.runAll(false);
    },
    followSettings,
    /** The organisation has set something else: that may lock or unlock, and every view shows what holds now. */
    policyChanged,
  };
}

export type Locking = ReturnType<typeof createLocking>;
