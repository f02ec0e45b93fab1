import { defaultSelection, isNeeded, type SelectionLimits, within } from '@/lib/crm/selection';
import type { Handlers } from '@/lib/messaging/router';
import { hoursBetween, type Settings, type SettingsStore } from '@/lib/settings/settings';
import type { Connections } from './connections';
import type { Syncs } from './syncs';

type SyncHandlers = Pick<Handlers, Extract<keyof Handlers, `sync.${string}` | `selection.${string}`>>;

const scheduleOf = (settings: Settings) => ({
  hours: settings.syncHours,
  holds: hoursBetween(settings),
  keepDays: settings.keepDays,
});

/** Requests about syncs and about what they copy. */
export function createSyncHandlers(
  connections: Pick<Connections, 'get'>,
  syncs: Pick<Syncs, 'startNow' | 'markTrouble' | 'replan'>,
  limits: () => Promise<SelectionLimits>,
  settings: Pick<SettingsStore, 'get' | 'change'>,
): SyncHandlers {
  return {
    'sync.schedule': async () => scheduleOf(await settings.get()),
    async 'sync.every'({ hours }) {
      const changed = await settings.change({ syncHours: hours });
      await syncs.replan();
      return scheduleOf(changed);
    },
    async 'sync.start'({ connectionId }) {
      syncs.startNow(await connections.get(connectionId));
      return null;
    },
    'sync.history': async ({ connectionId }) => (await connections.get(connectionId)).runner.history(),
    'sync.held': async ({ connectionId, object }) => (await connections.get(connectionId)).runner.held(object),
    async 'sync.answer'({ connectionId, object, answer }) {
      const connection = await connections.get(connectionId);
      const isStarted = await connection.runner.answer(object, answer);
      // Joins the run that has just begun, so that the worker lives as long as it does.
      if (isStarted) syncs.startNow(connection);
      else await syncs.markTrouble();
      return null;
    },
    'selection.get': async ({ connectionId }) => (await connections.get(connectionId)).runner.selection(),
    'selection.usual': async () => within(defaultSelection(), await limits()),
    async 'selection.fields'({ connectionId, object }) {
      const choices = await (await connections.get(connectionId)).connector.fields(object);
      return choices.map((choice) => ({ ...choice, needed: choice.model !== null && isNeeded(object, choice.model) }));
    },
    'selection.preview': async ({ connectionId, scope }) => (await connections.get(connectionId)).connector.preview(scope),
    async 'selection.save'({ connectionId, selection }) {
      const connection = await connections.get(connectionId);
      await connection.runner.select(selection);
      syncs.startNow(connection);
      return null;
    },
  };
}
