import type { BasisToStore, CreateValues, ObjectDescription } from '@/lib/connectors/creation-contract';
import type { OutboxEntry, Typed, Way } from '@/lib/creation/outbox/entry';
import { isUndoable } from '@/lib/creation/outbox/entry';
import { next, type OutboxEvent } from '@/lib/creation/outbox/transitions';
import { recordName } from '@/lib/creation/record-form';
import { recordValues } from '@/lib/creation/record-values';
import type { DuplicateChoice, FormDraft, OutboxEntryView, OutboxRequests } from '@/lib/messaging/outbox-protocol';
import type { Handlers } from '@/lib/messaging/router';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { alikeIn, alikeViews } from './duplicate-views';
import { problemSentences } from './form-words';
import { entryView } from './outbox-views';
import type { Outboxes } from './outboxes';
import { noticeFor } from './notices';
import { templateOf } from './basis-rules';
import { basisToStore, isPerson, objectionsTo } from './person-gate';
import type { RecordForms } from './record-forms';
import { userLocale } from './user-locale';

interface Options {
  connections: Pick<Connections, 'get' | 'ready'>;
  outboxes: Outboxes;
  forms: Pick<RecordForms, 'described' | 'outdate'>;
  clock: Clock;
  onChange: (connectionId: string) => void;
}

type Asked = OutboxRequests['outbox.send']['in'];

const typedOf = ({ recordTypeId, values, labels = {}, basis, source, assign, followUp = null }: FormDraft): Typed => ({
  recordTypeId,
  values,
  labels,
  basis,
  source,
  assign,
  followUp,
});

/** What may have been sent already, or is there: a second press of the same form gets what became of the first. */
function isBeyondRecall({ state, open }: OutboxEntry): boolean {
  return open !== null || state.kind === 'done' || state.kind === 'sending' || state.kind === 'undoing';
}

/** What is asked about the outbox and drafts, and what is sent. */
export function createOutboxHandlers({
  connections,
  outboxes,
  forms,
  clock,
  onChange,
}: Options): Pick<Handlers, keyof OutboxRequests> {
  const view = (entry: OutboxEntry, connection: LiveConnection) => entryView(entry, connection, forms, clock.now());

  async function find(connection: LiveConnection, id: string): Promise<OutboxEntry> {
    const entry = (await outboxes.of(connection).box.list()).find((one) => one.id === id);
    if (!entry) throw new AppError('outbox.missing');
    return entry;
  }

  async function runAndShow(connection: LiveConnection, id: string): Promise<OutboxEntryView> {
    await outboxes.run(connection, false);
    const entry = await find(connection, id);
    // What the description allowed and the CRM does not is asked anew for the next form.
    if (entry.state.kind === 'invalid') await forms.outdate(connection, entry.object);
    return view(entry, connection);
  }

  /** What is to be written into a record that is there: all that was typed and may be changed. */
  async function wayOf(
    connection: LiveConnection,
    description: ObjectDescription,
    values: CreateValues,
    choice: DuplicateChoice,
  ): Promise<Way> {
    if (choice === 'ask' || choice === 'create') return { kind: 'create', allowDuplicate: choice === 'create' };
    if ('use' in choice) return { kind: 'use', id: choice.use };
    const updateable = new Set(description.fields.flatMap((field) => (field.updateable ? [field.name] : [])));
    const changed = Object.entries(values).filter(([name, value]) => updateable.has(name) && value !== null);
    const held = await connection.copy.store.get(description.object, choice.update);
    return { kind: 'update', id: choice.update, values: Object.fromEntries(changed), readAt: held?.modifiedAt ?? null };
  }

  /** What goes to the CRM with a person: the basis, and the Task by which they are told. Nothing with other records. */
  async function lawfully(
    connection: LiveConnection,
    description: ObjectDescription,
    typed: Typed,
    name: string,
    now: number,
  ): Promise<{ basis: BasisToStore | null; tasks: CreateValues[] }> {
    if (!isPerson(description.object)) return { basis: null, tasks: [] };
    const template = await templateOf(connection);
    const basis = basisToStore(description, typed, template, now);
    // A user who may create no Task may create people all the same.
    const task = basis && typed.source ? await forms.described(connection, 'task').catch(() => null) : null;
    const notice = noticeFor(task, typed, name, template, now);
    return { basis, tasks: notice ? [notice] : [] };
  }

  /** The entry of a form that can be sent, or the same unsealed with what has to be mended first: that costs no call. */
  async function prepared(connection: LiveConnection, asked: Asked): Promise<{ entry: OutboxEntry; sealed: boolean }> {
    const { object, draftId, values: texts } = asked;
    const description = await forms.described(connection, object);
    const typed = typedOf(asked);
    const now = clock.now();
    const { values, problems } = recordValues(description, asked.recordTypeId, texts, userLocale());
    const label = recordName(description, texts);
    const { basis, tasks } = await lawfully(connection, description, typed, label, now);
    const record = { object, recordTypeId: asked.recordTypeId, values, basis };
    const way = await wayOf(connection, description, values, asked.duplicates);
    const entry: OutboxEntry = {
      ...{ id: draftId, object, label, sealedAt: now, typed, records: { record, tasks }, way },
      ...{ open: null, attempts: 0, state: { kind: 'queued' } },
    };
    if (Object.keys(problems).length > 0) {
      return {
        entry: { ...entry, state: { kind: 'invalid', fieldErrors: problemSentences(problems), formErrors: [] } },
        sealed: false,
      };
    }
    // Using or changing a record that is there creates nobody.
    const reasons = way.kind === 'create' ? await objectionsTo(connection, object, typed, now) : [];
    if (reasons.length > 0) return { entry: { ...entry, state: { kind: 'basis', reasons } }, sealed: false };
    const alike = asked.duplicates === 'ask' ? await alikeIn(connection, description, texts) : [];
    if (alike.length === 0) return { entry, sealed: true };
    const matches = alike.map(({ record: { id, object: kind } }) => ({ object: kind, kind, id, values: {} }));
    return { entry: { ...entry, state: { kind: 'duplicates', message: null, allowSave: true, matches } }, sealed: true };
  }

  async function send(asked: Asked): Promise<OutboxEntryView> {
    const connection = await connections.get(asked.connectionId);
    const { box, drafts } = outboxes.of(connection);
    const earlier = (await box.list()).find(({ id }) => id === asked.draftId);
    if (earlier && isBeyondRecall(earlier)) return runAndShow(connection, earlier.id);
    const { entry, sealed } = await prepared(connection, asked);
    if (!sealed) return view(entry, connection);
    await box.change((all) => {
      const same = all.find(({ id }) => id === entry.id);
      // Two presses at once: the first one counts.
      return same && isBeyondRecall(same) ? [...all] : [...all.filter(({ id }) => id !== entry.id), entry];
    });
    await drafts.drop(asked.object, asked.draftId);
    onChange(asked.connectionId);
    return runAndShow(connection, entry.id);
  }

  /** Applies what the user has asked for. @throws AppError `outbox.missing`, and `otherwise` when it cannot happen now */
  async function apply(
    connection: LiveConnection,
    id: string,
    event: OutboxEvent,
    otherwise: 'outbox.under-way' | 'outbox.too-late',
  ) {
    await outboxes.of(connection).box.change((all) => {
      if (!all.some((one) => one.id === id)) throw new AppError('outbox.missing');
      return all.map((one) => {
        if (one.id !== id) return one;
        const after = next(one, event, clock.now());
        if (!after) throw new AppError(otherwise);
        return after;
      });
    });
    onChange(connection.entry.id);
  }

  async function retry({ connectionId, id, duplicates }: OutboxRequests['outbox.retry']['in']): Promise<OutboxEntryView> {
    const connection = await connections.get(connectionId);
    const { object, records, way: before, state } = await find(connection, id);
    const way = await (duplicates === 'ask'
      ? before
      : wayOf(connection, await forms.described(connection, object), records?.record.values ?? {}, duplicates));
    // Whoever has seen what the CRM holds now writes over that, and over nothing that comes later.
    const seen = way.kind === 'update' && state.kind === 'conflict' ? { ...way, readAt: state.modifiedAt } : way;
    await apply(connection, id, { kind: 'retry', way: seen }, 'outbox.under-way');
    await outboxes.run(connection, true);
    return view(await find(connection, id), connection);
  }

  async function take(connection: LiveConnection, id: string, mayGo: (entry: OutboxEntry) => boolean): Promise<void> {
    await outboxes.of(connection).box.change((all) => {
      const entry = all.find((one) => one.id === id);
      if (entry && !mayGo(entry)) throw new AppError('outbox.under-way');
      return all.filter((one) => one.id !== id);
    });
    onChange(connection.entry.id);
  }

  async function edit({ connectionId, id }: OutboxRequests['outbox.edit']['in']): Promise<FormDraft> {
    const connection = await connections.get(connectionId);
    const { object, typed } = await find(connection, id);
    if (!typed) throw new AppError('outbox.missing');
    // The draft first: whoever is killed between the two has it twice, and never not at all.
    await outboxes.of(connection).drafts.save({ draftId: id, object, typed });
    await take(connection, id, (entry) => !isBeyondRecall(entry));
    return { draftId: id, connectionId, object, ...typed };
  }

  return {
    'outbox.send': send,
    async 'outbox.list'() {
      const lists = (await connections.ready()).map(async (connection) => {
        const { box } = outboxes.of(connection);
        const all = await box.list();
        return Promise.all(all.filter((entry) => isShown(entry, clock.now())).map((entry) => view(entry, connection)));
      });
      return (await Promise.all(lists)).flat().sort((a, b) => b.at.localeCompare(a.at));
    },
    async 'outbox.unsent'({ connectionId }) {
      const all = await outboxes.of(await connections.get(connectionId)).box.list();
      return all.filter(({ state }) => !IN_THE_CRM.has(state.kind)).map(({ label }) => label);
    },
    'outbox.retry': retry,
    'outbox.edit': edit,
    async 'outbox.drop'({ connectionId, id }) {
      await take(await connections.get(connectionId), id, ({ state }) => state.kind !== 'sending' && state.kind !== 'undoing');
      return null;
    },
    async 'outbox.undo'({ connectionId, id }) {
      const connection = await connections.get(connectionId);
      await apply(connection, id, { kind: 'undo' }, 'outbox.too-late');
      return runAndShow(connection, id);
    },
    async 'outbox.reset'() {
      for (const connection of await connections.ready()) {
        const { box } = outboxes.of(connection);
        const isLost = await box.list().then(
          () => false,
          (error) => error instanceof AppError && error.code === 'outbox.damaged',
        );
        if (isLost) await box.reset();
      }
      return null;
    },
    async 'draft.save'(draft) {
      const connection = await connections.get(draft.connectionId);
      await outboxes.of(connection).drafts.save({ draftId: draft.draftId, object: draft.object, typed: typedOf(draft) });
      return null;
    },
    async 'draft.load'({ connectionId, object }) {
      const { box, drafts } = outboxes.of(await connections.get(connectionId));
      const draft = await drafts.load(object);
      // A worker that was killed behind the sealing has left the draft of what is on its way.
      const isSent = draft !== null && (await box.list()).some(({ id }) => id === draft.draftId);
      return draft && !isSent ? { draftId: draft.draftId, connectionId, object, ...draft.typed } : null;
    },
    async 'draft.drop'({ connectionId, object }) {
      await outboxes.of(await connections.get(connectionId)).drafts.drop(object);
      return null;
    },
    async 'creation.duplicates'({ connectionId, object, values }) {
      const connection = await connections.get(connectionId);
      return alikeViews(connection, await forms.described(connection, object), values);
    },
  };
}

/** In the CRM, or taken out of it again: nothing of these is lost with the outbox. */
const IN_THE_CRM = new Set<OutboxEntry['state']['kind']>(['done', 'undoing', 'undone']);

/** What is in the CRM is only of interest as long as it can be taken back. */
function isShown(entry: OutboxEntry, now: number): boolean {
  return entry.state.kind !== 'done' || isUndoable(entry, now);
}
