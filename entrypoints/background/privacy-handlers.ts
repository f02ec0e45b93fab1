import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection } from '@/lib/crm/selection';
import type { Handlers } from '@/lib/messaging/router';
import type { LogView, ObjectAge, StoredCopy } from '@/lib/messaging/privacy-protocol';
import { firstBreak } from '@/lib/privacy/processing-log';
import type { SettingsStore } from '@/lib/settings/settings';
import type { Pace } from '@/lib/shared/pace';
import { FIELD_ORDER } from '@/lib/storage/tables';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { crmLabel } from './crm-label';
import type { Outboxes } from './outboxes';
import type { ProcessingLogs } from './processing-logs';
import type { Syncs } from './syncs';

type PrivacyHandlers = Pick<Handlers, Extract<keyof Handlers, `privacy.${string}`>>;

interface Options {
  connections: Pick<Connections, 'ready' | 'get'>;
  outboxes: Pick<Outboxes, 'of'>;
  logs: Pick<ProcessingLogs, 'load' | 'add' | 'flush'>;
  pace: Pick<Pace, 'breathe'>;
  settings: Pick<SettingsStore, 'get' | 'change'>;
  syncs: Pick<Syncs, 'replan'>;
}

/** Requests of the privacy centre: facts, counted where they are, and nothing of a record's content. */
export function createPrivacyHandlers({ connections, outboxes, logs, pace, settings, syncs }: Options): PrivacyHandlers {
  async function storedCopy(connection: LiveConnection): Promise<StoredCopy> {
    const { entry, profile, copy, runner } = connection;
    const [counts, status, log, outbox] = await Promise.all([
      copy.store.counts(),
      runner.status(),
      logs.load(connection),
      outboxes
        .of(connection)
        .box.list()
        .catch(() => []),
    ]);
    // What the user has chosen is not known any more; what is there may still be told.
    const { objects } = await runner.selection().catch(defaultSelection);
    return {
      connectionId: entry.id,
      crm: entry.crm,
      crmLabel: crmLabel(entry.crm),
      orgName: profile.orgName,
      connectedAt: entry.connectedAt,
      lastSuccessAt: status.lastSuccessAt,
      nextDueAt: status.nextDueAt,
      objects: OBJECTS.map((object) => ({
        object,
        records: counts[object] ?? 0,
        wanted: objects[object].wanted,
        fields: (FIELD_ORDER[object] as readonly string[]).filter((field) => !objects[object].without.includes(field)),
        extra: objects[object].extra.map(({ label }) => label),
      })),
      bytes: await copy.bytesUsed().catch(() => null),
      hosts: log.hosts,
      unsent: outbox.filter(({ state }) => state.kind !== 'done' && state.kind !== 'undone').length,
    };
  }

  async function ageOf({ copy }: LiveConnection, object: ObjectKind): Promise<ObjectAge> {
    let oldest: string | null = null;
    let newest: string | null = null;
    for await (const group of copy.store.all(object)) {
      for (const { modifiedAt } of group) {
        if (oldest === null || modifiedAt < oldest) oldest = modifiedAt;
        if (newest === null || modifiedAt > newest) newest = modifiedAt;
      }
      await pace.breathe();
    }
    return { object, oldest, newest };
  }

  async function logView(connection: LiveConnection): Promise<LogView> {
    const { entries, before } = await logs.load(connection);
    return { entries, before, brokenAt: await firstBreak({ entries, before }) };
  }

  return {
    'privacy.retention': async () => ({ keepDays: (await settings.get()).keepDays }),
    async 'privacy.retain'({ keepDays }) {
      const changed = await settings.change({ keepDays });
      // Syncs lie at most half of that time apart.
      await syncs.replan();
      return { keepDays: changed.keepDays };
    },
    async 'privacy.stored'() {
      await logs.flush();
      return Promise.all((await connections.ready()).map(storedCopy));
    },
    async 'privacy.ages'({ connectionId }) {
      const connection = await connections.get(connectionId);
      const ages: ObjectAge[] = [];
      for (const object of OBJECTS) ages.push(await ageOf(connection, object));
      return ages;
    },
    async 'privacy.log'({ connectionId }) {
      await logs.flush();
      return logView(await connections.get(connectionId));
    },
    async 'privacy.exportLog'({ connectionId }) {
      const connection = await connections.get(connectionId);
      await logs.add(connection, { act: 'exported' });
      return logView(connection);
    },
  };
}
