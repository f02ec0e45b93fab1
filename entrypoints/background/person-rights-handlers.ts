import { tellViews } from '@/lib/browser/views';
import type { Handlers } from '@/lib/messaging/router';
import type { FoundPerson, FoundTyped, PersonFile, RightsRequests } from '@/lib/messaging/rights-protocol';
import { createErasedList } from '@/lib/privacy/erased';
import { findPeople, personQuery, type PersonRecord } from '@/lib/privacy/person-search';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Connections, LiveConnection } from './connections';
import { crmLabel } from './crm-label';
import { forgetNotices } from './notices';
import type { Outboxes } from './outboxes';
import { isTypedIn, type PersonData, personData, typedOf, words } from './person-data';
import type { ProcessingLogs } from './processing-logs';

interface Options {
  connections: Pick<Connections, 'ready' | 'get'>;
  outboxes: Pick<Outboxes, 'of'>;
  logs: Pick<ProcessingLogs, 'add'>;
  pace: Pick<Pace, 'breathe'>;
}

const MOST_PEOPLE = 50;

/** Requests about one person (Art. 15, 17 and 20 GDPR): find, give out, erase. Nothing leaves the browser by them. */
export function createPersonRightsHandlers({ connections, outboxes, logs, pace }: Options): Pick<Handlers, keyof RightsRequests> {
  let searching = new AbortController();
  const breathe = () => pace.breathe();

  function found({ entry, profile, connector }: LiveConnection, { object, id, fields }: PersonRecord): FoundPerson {
    return {
      connectionId: entry.id,
      crm: entry.crm,
      crmLabel: crmLabel(entry.crm),
      orgName: profile.orgName,
      object,
      id,
      name: fields.name,
      email: fields.email,
      phone: fields.phone,
      company: 'company' in fields ? fields.company : null,
      url: connector.recordUrl(object, id),
    };
  }

  async function dataOf(of: RightsRequests['rights.export']['in']): Promise<[LiveConnection, PersonData]> {
    const connection = await connections.get(of.connectionId);
    const { signal } = new AbortController();
    return [connection, await personData(connection, outboxes.of(connection), of, { signal, breathe })];
  }

  const counts = ({ people, tasks }: PersonData, deed: 'exported' | 'erased') =>
    (['contact', 'lead', 'task'] as const).map((object) => ({
      object,
      deed,
      count: [...people, ...tasks].filter((one) => one.object === object).length,
    }));

  /** Out of the copy, and out of what lies below newer versions of it. */
  async function remove({ copy, runner }: LiveConnection, { people, tasks }: PersonData): Promise<void> {
    for (const object of ['contact', 'lead', 'task'] as const) {
      const deletions = [...people, ...tasks].flatMap((one) => (one.object === object ? [one.id] : []));
      if (deletions.length === 0) continue;
      // Before as well: a run that looks between the two would take what goes for old.
      runner.overtaken.note(object, deletions);
      await copy.store.apply({ object, upserts: [], deletions, newBefore: null, thorough: true });
      runner.overtaken.note(object, deletions);
    }
    await copy.store.compact();
  }

  return {
    async 'rights.find'({ text }) {
      const query = personQuery(text, words);
      if (!query) throw new AppError('person.unclear');
      searching.abort();
      searching = new AbortController();
      const { signal } = searching;
      const people: FoundPerson[] = [];
      const typed: FoundTyped[] = [];
      for (const connection of await connections.ready()) {
        for (const { where, label } of await typedOf(outboxes.of(connection), (texts) => isTypedIn(query, texts)))
          typed.push({ connectionId: connection.entry.id, where, label });
        for await (const record of findPeople(connection.copy.store, query, { wordsOf: words, signal, breathe })) {
          if (people.length === MOST_PEOPLE) return { people, typed, more: true };
          people.push(found(connection, record));
        }
      }
      return { people, typed, more: false };
    },
    async 'rights.export'(of) {
      const [connection, data] = await dataOf(of);
      const { entry, profile, connector } = connection;
      await logs.add(connection, { act: 'handed-out', records: counts(data, 'exported') });
      const records = [...data.people, ...data.tasks].map(({ object, id, modifiedAt, fields, custom }) => ({
        object,
        id,
        url: connector.recordUrl(object, id),
        modifiedAt,
        fields: { ...fields },
        custom,
      }));
      const typed = data.typed.map(({ where, content }) => ({ where, content }));
      return { crm: crmLabel(entry.crm), organisation: profile.orgName, records, typed } satisfies PersonFile;
    },
    async 'rights.erase'(of) {
      const [connection, data] = await dataOf(of);
      const { copy, connector } = connection;
      // What is on its way to the CRM just now cannot be dropped, and then nothing is.
      for (const one of data.typed) await one.drop();
      // Before the records go, so that a sync that is under way does not bring them back.
      await createErasedList(copy.boxes).add(data.people);
      const names = data.people.map(({ fields }) => fields.name);
      const taskIds = new Set(data.tasks.map(({ id }) => id));
      await forgetNotices(connection, ({ id, subject }) => taskIds.has(id) || names.some((name) => subject.includes(name)));
      await remove(connection, data);
      await logs.add(connection, { act: 'erased', records: counts(data, 'erased') });
      void tellViews('connections.changed', {});
      void tellViews('outbox.changed', { connectionId: connection.entry.id });
      const records = [...data.people, ...data.tasks].map(({ object, id }) => ({ object, url: connector.recordUrl(object, id) }));
      return { records, typed: data.typed.length };
    },
    async 'rights.erased'() {
      return Promise.all(
        (await connections.ready()).map(async ({ entry, profile, copy }) => {
          const people = await createErasedList(copy.boxes)
            .count()
            .catch((error) => {
              if (error instanceof AppError && error.code === 'erased.damaged') return null;
              throw error;
            });
          return { connectionId: entry.id, orgName: profile.orgName, crmLabel: crmLabel(entry.crm), people };
        }),
      );
    },
    async 'rights.reset'({ connectionId }) {
      const { copy } = await connections.get(connectionId);
      await createErasedList(copy.boxes).reset();
      return null;
    },
  };
}
