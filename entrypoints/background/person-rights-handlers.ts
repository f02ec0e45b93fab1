import { tellViews } from '@/lib/browser/views';
import type { Handlers } from '@/lib/messaging/router';
import type { FoundPerson, FoundTyped, PersonFile, RightsRequests } from '@/lib/messaging/rights-protocol';
import { createErasedList } from '@/lib/privacy/erased';
import { findPeople, personQuery, type PersonRecord } from '@/lib/privacy/person-search';
import { AppError } from '@/lib/shared/errors';
import type { Clock } from '@/lib/shared/clock';
import type { Pace } from '@/lib/shared/pace';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { crmLabel } from './crm-label';
import { forgetNotices } from './notices';
import { noteObjection } from './objecting';
import { countOf, letIn, LISTS, noteAnew } from './person-lists';
import type { RecordForms } from './record-forms';
import type { Syncs } from './syncs';
import type { Outboxes } from './outboxes';
import { isTypedIn, type PersonData, personData, typedOf, words } from './person-data';
import type { ProcessingLogs } from './processing-logs';

interface Options {
  connections: Pick<Connections, 'ready' | 'get'>;
  outboxes: Pick<Outboxes, 'of' | 'run'>;
  logs: Pick<ProcessingLogs, 'add'>;
  forms: Pick<RecordForms, 'described'>;
  syncs: Pick<Syncs, 'startNow'>;
  clock: Clock;
  pace: Pick<Pace, 'breathe'>;
}

const MOST_PEOPLE = 50;

/** A notice is theirs by its Task; where the copy has no such Task, or it is about nobody, by the name in its subject. */
async function isNoticeOf({ copy }: LiveConnection, { people, tasks }: PersonData) {
  const names = people.map(({ fields }) => fields.name);
  const theirs = new Set(tasks.map(({ id }) => id));
  const others = new Set<string>();
  for await (const group of copy.store.all('task'))
    for (const { id, fields } of group) if (fields.whoId !== null && !theirs.has(id)) others.add(id);
  return ({ id, subject }: { id: string; subject: string }) =>
    theirs.has(id) || (!others.has(id) && names.some((name) => subject.includes(name)));
}

/** Requests about one person (Art. 15, 17, 20 and 21 GDPR): find, give out, erase, note an objection. Only the last one tells the CRM. */
export function createPersonRightsHandlers(options: Options): Pick<Handlers, keyof RightsRequests> {
  const { connections, outboxes, logs, pace, syncs } = options;
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
      objected: fields.doNotCall && fields.emailOptOut,
      url: connector.recordUrl(object, id),
    };
  }

  async function dataOf(of: RightsRequests['rights.export']['in']): Promise<[LiveConnection, PersonData]> {
    const connection = await connections.get(of.connectionId);
    const { signal } = new AbortController();
    return [connection, await personData(connection, outboxes.of(connection), of, { signal, breathe })];
  }

  const counts = ({ people, tasks }: Pick<PersonData, 'people' | 'tasks'>, deed: 'exported' | 'erased' | 'objected') =>
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
      searching.abort(new AppError('person.overtaken'));
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
      // What may be a namesake's is not given to somebody else.
      const typed = data.typed.filter(({ sure }) => sure).map(({ where, content }) => ({ where, content }));
      return { crm: crmLabel(entry.crm), organisation: profile.orgName, records, typed } satisfies PersonFile;
    },
    async 'rights.erase'(of) {
      const [connection, data] = await dataOf(of);
      const { copy, connector } = connection;
      // What is on its way to the CRM just now cannot be dropped, and then nothing is.
      const dropped = data.typed.filter(({ sure }) => sure || of.namesakes);
      for (const one of dropped) await one.drop();
      // Before the records go, so that a sync that is under way does not bring them back.
      await createErasedList(copy.boxes).add(data.people, words);
      await forgetNotices(connection, await isNoticeOf(connection, data));
      await remove(connection, data);
      await logs.add(connection, { act: 'erased', records: counts(data, 'erased') });
      void tellViews('connections.changed', {});
      void tellViews('outbox.changed', { connectionId: connection.entry.id });
      const records = [...data.people, ...data.tasks].map(({ object, id }) => ({ object, url: connector.recordUrl(object, id) }));
      return { records, typed: dropped.length, left: data.typed.length - dropped.length };
    },
    async 'rights.object'(of) {
      const [connection, data] = await dataOf(of);
      const entries = await noteObjection(connection, data.people, options, async () => {
        void tellViews('connections.changed', {});
        void tellViews('outbox.changed', { connectionId: connection.entry.id });
        await logs.add(connection, { act: 'objected', records: counts({ people: data.people, tasks: [] }, 'objected') });
      });
      return { entries };
    },
    async 'rights.lists'() {
      return Promise.all(
        (await connections.ready()).map(async ({ entry, profile, copy }) => ({
          connectionId: entry.id,
          orgName: profile.orgName,
          crmLabel: crmLabel(entry.crm),
          erased: await countOf('erased', copy.boxes),
          objections: await countOf('objections', copy.boxes),
        })),
      );
    },
    async 'rights.letIn'({ connectionId, list, text }) {
      const connection = await connections.get(connectionId);
      await letIn(connection, outboxes.of(connection), list, text);
      // Joins the run that has just begun, so that the worker lives as long as it does.
      syncs.startNow(connection);
      await logs.add(connection, { act: 'let-in' });
      void tellViews('connections.changed', {});
      return null;
    },
    async 'rights.reset'({ connectionId, list }) {
      const connection = await connections.get(connectionId);
      // What nobody is on any more is not taken back by that: who waits for the CRM comes onto the new list.
      if (list === 'objections') await noteAnew(outboxes.of(connection));
      await LISTS[list](connection.copy.boxes).reset();
      return null;
    },
  };
}
