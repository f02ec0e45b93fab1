import { tellOverlays, tellViews } from '@/lib/browser/views';
import type { CrmKind } from '@/lib/crm/crm-kind';
import type { Selection } from '@/lib/crm/selection';
import type { BackupChange, BackupPlan } from '@/lib/messaging/backup-protocol';
import type { Handlers } from '@/lib/messaging/router';
import { AppError } from '@/lib/shared/errors';
import { type Backup, backupText, chosenWith, choiceOf, readBackup } from '@/lib/settings/backup-file';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { SettingsStore } from '@/lib/settings/settings';
import { selectionChanges, settingsChanges } from './backup-plan';
import type { Connections } from './connections';
import { crmLabel } from './crm-label';
import type { LiveConnection } from './live-connection';
import type { Locking } from './locking';
import { changeDecisions, decisionsOf } from './site-matching';
import type { Syncs } from './syncs';

type BackupHandlers = Pick<Handlers, Extract<keyof Handlers, `backup.${string}`>>;

interface Options {
  settings: SettingsStore;
  policy: Pick<PolicyStore, 'get'>;
  connections: Pick<Connections, 'ready' | 'entries'>;
  syncs: Pick<Syncs, 'startNow' | 'replan'>;
  locking: Pick<Locking, 'followSettings'>;
}

/** Where a choice of a file belongs: a connection, by its place among those of its CRM. Null: it cannot be opened now. */
interface Place {
  crm: CrmKind;
  connection: LiveConnection | null;
}

/** What is known to be changed, and how to do it. Nothing is done until all of it is known. */
interface Intended {
  plan: BackupPlan;
  change: Parameters<SettingsStore['change']>[0];
  /** Those that are open, and that it concerns. */
  connections: LiveConnection[];
  never: Backup['never'] | null;
  selections: { connection: LiveConnection; selection: Selection }[];
}

/** Parts of the sidebar by name; what cannot be one is none. */
const named = (parts: readonly string[]) => parts.filter((name) => /^[a-z]{1,40}$/.test(name));

/** What a plan is known by: the file and all that was shown of it. */
async function digestOf(text: string, shown: Omit<BackupPlan, 'digest'>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify([text, shown])));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** The user's settings as a file, and back again. */
export function createBackupHandlers({ settings, policy, connections, syncs, locking }: Options): BackupHandlers {
  /** By their order here, whether they can be opened or not. The sample has no choices worth keeping. */
  async function places(ready: readonly LiveConnection[]): Promise<Place[]> {
    const entries = (await connections.entries()).filter(({ crm }) => crm !== 'sample');
    return entries.map(({ id, crm }) => ({ crm, connection: ready.find(({ entry }) => entry.id === id) ?? null }));
  }
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
    const notOpened: string[] = [];
    /** The first choice for a CRM is for its first connection here, the second for its second. */
    const free = await places(ready);
    for (const choice of file.selections) {
      const index = free.findIndex(({ crm }) => crm === choice.crm);
      const [place] = index < 0 ? [] : free.splice(index, 1);
      if (!place?.connection) {
        (place ? notOpened : notConnected).push(crmLabel(choice.crm));
        continue;
      }
      const { connection } = place;
      const now = await connection.runner.selection();
      const plan = selectionChanges(now, chosenWith(choice, now), rules);
      const of = {
        connectionId: connection.entry.id,
        crmLabel: crmLabel(connection.entry.crm),
        orgName: connection.profile.orgName,
      };
      changes.push(...plan.changes.map((one): BackupChange => ({ ...one, ...of })));
      if (plan.selection) selections.push({ connection, selection: plan.selection });
    }
    const shown = { changes, notConnected, notOpened };
    const plan = { ...shown, digest: await digestOf(text, shown) };
    return { plan, change, connections: ready, never: isOther ? never : null, selections };
  }

  /** What of it concerns one connection. */
  async function applyTo(connection: LiveConnection, { never, selections }: Intended): Promise<void> {
    if (never) await changeDecisions(connection, (all) => ({ ...all, never }));
    const own = selections.find((one) => one.connection === connection);
    if (!own) return;
    await connection.runner.select(own.selection);
    syncs.startNow(connection);
  }

  return {
    async 'backup.make'() {
      const { idleMinutes, keepDays, syncHours, overlay, sidebar, tab } = await settings.get();
      const ready = await connections.ready();
      const all = await places(ready);
      // Left out, it would leave its place in the file to the next connection of its CRM.
      if (all.some((one, at) => !one.connection && all.slice(at).some(({ crm, connection }) => crm === one.crm && connection))) {
        throw new AppError('backup.incomplete');
      }
      const selections = await Promise.all(
        all.flatMap(({ crm, connection }) =>
          connection ? [connection.runner.selection().then((selection) => choiceOf(crm, selection))] : [],
        ),
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
    'backup.check': async ({ text }) => (await intended(text)).plan,
    async 'backup.apply'({ text, digest }) {
      const todo = await intended(text);
      if (todo.plan.digest !== digest) throw new AppError('backup.overtaken');
      const done = await Promise.allSettled([
        settings.change(todo.change).then(locking.followSettings).then(syncs.replan),
        ...todo.connections.map((connection) => applyTo(connection, todo)),
      ]);
      // Also of what holds only in part: no view may go on with what was.
      await Promise.allSettled([tellOverlays({ overlay: 'refresh' }), tellViews('connections.changed', {})]);
      for (const one of done) if (one.status === 'rejected') throw one.reason;
      return todo.plan;
    },
  };
}
