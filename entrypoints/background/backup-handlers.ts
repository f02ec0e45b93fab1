import { tellOverlays, tellViews } from '@/lib/browser/views';
import type { Selection } from '@/lib/crm/selection';
import type { BackupChange, BackupPlan } from '@/lib/messaging/backup-protocol';
import type { Handlers } from '@/lib/messaging/router';
import { type Backup, backupText, chosenWith, choiceOf, readBackup } from '@/lib/settings/backup-file';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { SettingsStore } from '@/lib/settings/settings';
import { selectionChanges, settingsChanges } from './backup-plan';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { crmLabel } from './crm-label';
import type { Locking } from './locking';
import { changeDecisions, decisionsOf } from './site-matching';
import type { Syncs } from './syncs';

type BackupHandlers = Pick<Handlers, Extract<keyof Handlers, `backup.${string}`>>;

interface Options {
  settings: SettingsStore;
  policy: Pick<PolicyStore, 'get'>;
  connections: Pick<Connections, 'ready'>;
  syncs: Pick<Syncs, 'startNow'>;
  locking: Pick<Locking, 'followSettings'>;
}

/** What is known to be changed, and how to do it. Nothing is done until all of it is known. */
interface Intended extends BackupPlan {
  change: Parameters<SettingsStore['change']>[0];
  never: Backup['never'] | null;
  selections: { connection: LiveConnection; selection: Selection }[];
}

/** Parts of the sidebar by name; what cannot be one is none. */
const named = (parts: readonly string[]) => parts.filter((name) => /^[a-z]{1,40}$/.test(name));

/** The user's settings as a file, and back again. */
export function createBackupHandlers({ settings, policy, connections, syncs, locking }: Options): BackupHandlers {
  /** The sample has no choices worth keeping. */
  const chosen = async () => (await connections.ready()).filter(({ entry }) => entry.crm !== 'sample');
  const neverIn = async (ready: readonly LiveConnection[]) => [
    ...new Set((await Promise.all(ready.map(decisionsOf))).flatMap(({ never }) => never)),
  ];

  async function intended(text: string): Promise<Intended> {
    const file = readBackup(text);
    const rules = await policy.get();
    const ready = await connections.ready();
    const { changes, change } = settingsChanges(await settings.get(), file.settings, rules);
    const never = [...new Set(file.never)].sort();
    const before = (await neverIn(ready)).sort();
    const isOther = ready.length > 0 && before.join() !== never.join();
    if (isOther) changes.push({ setting: 'never', from: before, to: never, held: false });
    const selections: Intended['selections'] = [];
    const notConnected: string[] = [];
    /** The first choice for a CRM is for its first connection here, the second for its second. */
    const free = await chosen();
    for (const choice of file.selections) {
      const connection = free.find(({ entry }) => entry.crm === choice.crm);
      if (!connection) {
        notConnected.push(crmLabel(choice.crm));
        continue;
      }
      free.splice(free.indexOf(connection), 1);
      const now = await connection.runner.selection();
      const selection = chosenWith(choice, now);
      const of = {
        connectionId: connection.entry.id,
        crmLabel: crmLabel(connection.entry.crm),
        orgName: connection.profile.orgName,
      };
      const own = selectionChanges(now, selection, rules).map((one): BackupChange => ({ ...one, ...of }));
      changes.push(...own);
      if (own.some(({ held }) => !held)) selections.push({ connection, selection });
    }
    return { changes, notConnected, change, never: isOther ? never : null, selections };
  }

  return {
    async 'backup.make'() {
      const { idleMinutes, keepDays, syncHours, overlay, sidebar, tab } = await settings.get();
      const ready = await connections.ready();
      const selections = await Promise.all(
        (await chosen()).map(async ({ entry, runner }) => choiceOf(entry.crm, await runner.selection())),
      );
      return {
        text: backupText({
          settings: {
            idleMinutes,
            keepDays,
            syncHours,
            overlay,
            sidebar: { order: named(sidebar.order), closed: named(sidebar.closed) },
            tab,
          },
          never: await neverIn(ready),
          selections,
        }),
      };
    },
    async 'backup.check'({ text }) {
      const { changes, notConnected } = await intended(text);
      return { changes, notConnected };
    },
    async 'backup.apply'({ text }) {
      const { changes, notConnected, change, never, selections } = await intended(text);
      await settings.change(change);
      await locking.followSettings();
      for (const connection of never ? await connections.ready() : []) {
        await changeDecisions(connection, (all) => ({ ...all, never: never ?? all.never }));
      }
      for (const { connection, selection } of selections) {
        await connection.runner.select(selection);
        syncs.startNow(connection);
      }
      await tellOverlays({ overlay: 'refresh' });
      await tellViews('connections.changed', {});
      return { changes, notConnected };
    },
  };
}
