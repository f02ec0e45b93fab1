import type { CreatableObject, NewRecords, RecordWriter } from '@/lib/connectors/creation-contract';
import type { Clock } from '@/lib/shared/clock';
import { AppError, toAppError } from '@/lib/shared/errors';
import type { OutboxEntry } from './entry';
import type { OutboxBox } from './outbox-box';
import { linkOf, nextDue, roused, type Step, stepOf } from './steps';
import { next, type OutboxEvent } from './transitions';

export interface OutboxRunnerOptions {
  box: OutboxBox;
  writer: RecordWriter;
  clock: Clock;
  /** What speaks against keeping this person, in words; nothing when all is well. Asked before each create. */
  objections: (entry: OutboxEntry) => Promise<string[]>;
  /** Whether the person still objects. Asked before each objection is written; one that was taken back is dropped. */
  stillObjects: (entry: OutboxEntry) => Promise<boolean>;
  /** What waited may be less by now than what is allowed. Asked before each call that writes. @throws AppError `policy.refused` */
  requireAllowed: (object: CreatableObject, names: readonly string[]) => Promise<void>;
  /** Runs `work` unless somebody holds the lease already; it ends with the worker that holds it. */
  withLease: (work: () => Promise<void>) => Promise<void>;
  /** False only when there certainly is no network. */
  isOnline: () => boolean;
  /** An entry is another one than before. */
  onChange: () => void;
  /** A record is in the CRM, or was changed or removed there. */
  onSettled: (entry: OutboxEntry) => void;
}

/** Brings the entries of one connection to the CRM, one step after another. */
export interface OutboxRunner {
  /**
   * Does all that is due; resolves when nothing is. A run that is under way goes on until that is so. `roused`: also what waits
   * for a login or the network, since one may have come.
   */
  run(roused?: boolean): Promise<void>;
  /** When the next run is due (ms), or null. */
  dueAt(): Promise<number | null>;
  /** No further step begins. One whose call is under way ends as if the worker had died. */
  stop(): void;
}

/** A runner on an outbox. Nothing in it is remembered: each step is sealed before and after. */
export function createOutboxRunner(options: OutboxRunnerOptions): OutboxRunner {
  const { box, writer, clock, objections, stillObjects, requireAllowed, withLease, isOnline, onChange, onSettled } = options;
  let current: Promise<void> | null = null;
  let again = false;
  let rouse = false;
  let stopped = false;

  /** Seals what `event` makes of an entry. Null when it is not there any more, or has become something else meanwhile. */
  async function apply(id: string, event: OutboxEvent): Promise<OutboxEntry | null> {
    let changed: OutboxEntry | null = null;
    await box.change((all) =>
      all.map((one) => {
        const after = one.id === id ? next(one, event, clock.now()) : null;
        changed = after ?? changed;
        return after ?? one;
      }),
    );
    onChange();
    return changed;
  }

  /** The step of an entry, as the event that came of it. */
  async function take(step: Step, entry: OutboxEntry, all: readonly OutboxEntry[]): Promise<OutboxEvent | null> {
    switch (step) {
      case 'look':
        return look(entry, all);
      case 'send':
        return send(entry, all);
      case 'update':
        return update(entry);
      case 'objection':
        return objection(entry);
      case 'use':
        return { kind: 'used' };
      case 'remove':
        return remove(entry);
      case 'no-link':
        return { kind: 'no-link' };
    }
  }

  async function look({ id, records, open }: OutboxEntry, all: readonly OutboxEntry[]): Promise<OutboxEvent> {
    try {
      if (!records || !open) throw new AppError('crm.refused');
      const ids = await writer.findCreated(records.record, new Date(open.since).toISOString());
      // Two records may be alike to the last letter: what is another entry's is not this one's.
      const taken = new Set(all.flatMap((one) => (one.id === id ? [] : idsOf(one))));
      return { kind: 'looked', ids: ids.filter((one) => !taken.has(one)) };
    } catch (error) {
      return { kind: 'look-failed', error: toAppError(error) };
    }
  }

  async function send(entry: OutboxEntry, all: readonly OutboxEntry[]): Promise<OutboxEvent | null> {
    const reasons = await objections(entry);
    if (reasons.length > 0) return { kind: 'no-basis', reasons };
    if (!isOnline()) return { kind: 'offline' };
    const records = withLink(entry, all);
    const { way } = entry;
    if (!records || way.kind !== 'create') return { kind: 'no-link' };
    if (records !== entry.records) await keepRecords(entry.id, records);
    // Sealed before the call: whoever finds it so knows that the record may be there.
    if (!(await apply(entry.id, { kind: 'begun' }))) return null;
    const assign = entry.typed?.assign ?? false;
    try {
      await requireAllowed(entry.object, Object.keys(records.record.values));
      const outcome = await writer.create(records, { allowDuplicate: way.allowDuplicate, assign });
      if (outcome.kind === 'created') await removeDoubles(entry, outcome.doubles);
      return { kind: 'answered', outcome };
    } catch (error) {
      return { kind: 'failed', error: toAppError(error) };
    }
  }

  /** What is looked for after a lost answer has to be what was sent. */
  async function keepRecords(id: string, records: NewRecords): Promise<void> {
    await box.change((all) => all.map((one) => (one.id === id ? { ...one, records } : one)));
  }

  /** The same record a second time, which a request has made that was sent again on its way. It must not stay. */
  async function removeDoubles({ object }: OutboxEntry, doubles: readonly string[]): Promise<void> {
    for (const id of doubles) await writer.remove(object, id).catch(() => false);
  }

  async function update({ object, way }: OutboxEntry): Promise<OutboxEvent | null> {
    if (way.kind !== 'update') return null;
    if (!isOnline()) return { kind: 'offline' };
    try {
      await requireAllowed(object, Object.keys(way.values));
      return { kind: 'updated', outcome: await writer.update(object, way.id, way.values, way.readAt) };
    } catch (error) {
      return { kind: 'update-failed', error: toAppError(error) };
    }
  }

  /** Whatever an organisation lets be copied or typed, what a person wants is written. */
  async function objection(entry: OutboxEntry): Promise<OutboxEvent | null> {
    const { id, object, way } = entry;
    if (way.kind !== 'objection' || (object !== 'lead' && object !== 'contact')) return null;
    try {
      if (!(await stillObjects(entry))) {
        await box.change((all) => all.filter((one) => one.id !== id));
        onChange();
        return null;
      }
      if (!isOnline()) return { kind: 'offline' };
      return { kind: 'objected', outcome: await writer.noteObjection(object, way.id) };
    } catch (error) {
      return { kind: 'update-failed', error: toAppError(error) };
    }
  }

  /** Tasks first: without the record nobody would find them. All of it may be done twice. */
  async function remove({ object, state }: OutboxEntry): Promise<OutboxEvent | null> {
    if (state.kind !== 'undoing') return null;
    try {
      for (const id of state.of.taskIds) await writer.remove('task', id);
      return { kind: 'removed', gone: await writer.remove(object, state.of.id) };
    } catch (error) {
      return { kind: 'remove-failed', error: toAppError(error) };
    }
  }

  /** False when nothing is due. What could not follow (see `next`) is left for a later run, or this one would never end. */
  async function oneStep(stuck: Set<string>): Promise<boolean> {
    const all = await box.list();
    for (const entry of all) {
      const step = stuck.has(entry.id) ? null : stepOf(entry, all, clock.now());
      if (step === null) continue;
      const event = await take(step, entry, all);
      const after = event && (await apply(entry.id, event));
      if (after === null) stuck.add(entry.id);
      else if (after.state.kind === 'done' || after.state.kind === 'undone') onSettled(after);
      return true;
    }
    return false;
  }

  async function all(): Promise<void> {
    do {
      again = false;
      if (rouse) await box.change((entries) => roused(entries, clock.now()));
      rouse = false;
      const stuck = new Set<string>();
      while (!stopped && (await oneStep(stuck)));
    } while (again && !stopped);
  }

  return {
    run(roused = false) {
      rouse ||= roused;
      stopped = false;
      if (current) again = true;
      current ??= withLease(all).finally(() => {
        current = null;
      });
      return current;
    },
    dueAt: async () => nextDue(await box.list(), clock.now()),
    stop() {
      stopped = true;
    },
  };
}

function idsOf({ state }: OutboxEntry): string[] {
  if (state.kind === 'done') return [state.id];
  return state.kind === 'undoing' ? [state.of.id] : [];
}

/** The records with the id of what they are to point to, when they wait for one. Null: that will never be there. */
function withLink(entry: OutboxEntry, all: readonly OutboxEntry[]): NewRecords | null {
  const link = linkOf(entry, all);
  const { records } = entry;
  if (!records || link === 'waits' || link === 'never') return null;
  if (link === 'none') return records;
  const { record } = records;
  return { ...records, record: { ...record, values: { ...record.values, [link.field]: link.id } } };
}
