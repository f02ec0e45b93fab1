import { alarmOnceAt } from '@/lib/browser/alarms';
import { mayBeOnline } from '@/lib/browser/network';
import { keepAwake } from '@/lib/browser/self';
import { createDraftBox, type DraftBox } from '@/lib/creation/outbox/draft-box';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { createOutboxBox, type OutboxBox } from '@/lib/creation/outbox/outbox-box';
import { createOutboxRunner, type OutboxRunner } from '@/lib/creation/outbox/runner';
import type { Clock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { copyRecord, dropRecord } from './copy-record';
import { forgetNotice, noteNotices } from './notices';
import { stillObjects } from './objection-here';
import { objectionsToSealed } from './person-gate';
import type { RecordForms } from './record-forms';

/** Wakes a worker for what waits in an outbox, and one that was killed while it sent. */
export const OUTBOX_ALARM = 'outbox';
/** The least that a browser's alarm waits. */
const SOONEST_MS = 30_000;

/** The outbox of a connection that is open in this worker. */
export interface Outbox {
  box: OutboxBox;
  drafts: DraftBox;
  runner: OutboxRunner;
}

interface Options {
  connections: Pick<Connections, 'ready'>;
  forms: Pick<RecordForms, 'requireAllowed'>;
  clock: Clock;
  onChange: (connectionId: string) => void;
  /** A record that was sent is in the copy too. */
  onCopied: () => void;
  /** A record is in the CRM, or was changed or removed there. */
  onSettled: (connection: LiveConnection, entry: OutboxEntry) => void;
}

/** The outboxes of all connections: they go on when something may have changed for them. */
export function createOutboxes({ connections, forms, clock, onChange, onCopied, onSettled }: Options) {
  const known = new Map<string, { connection: LiveConnection; outbox: Outbox }>();
  /** Ids of connections that are being ended. None of them is ever used again. */
  const ended = new Set<string>();

  /** The copy is brought up to date behind it; when that fails the next sync does it. */
  function settled(connection: LiveConnection, entry: OutboxEntry): void {
    const { object, state } = entry;
    noticed(connection, entry).catch((error) => logFailure(toAppError(error)));
    const work =
      state.kind === 'undone'
        ? Promise.resolve(true)
        : state.kind === 'done'
          ? copyRecord(connection, object, state.id)
          : Promise.resolve(false);
    work.then((isCopied) => isCopied && onCopied()).catch((error) => logFailure(toAppError(error)));
  }

  /** The Tasks that came with the record, by which a person is told of it. */
  async function noticed(connection: LiveConnection, entry: OutboxEntry): Promise<void> {
    await noteNotices(connection, entry);
    const taskIds = entry.state.kind === 'done' ? entry.state.taskIds : [];
    for (const id of taskIds) if (await copyRecord(connection, 'task', id)) onCopied();
  }

  function make(connection: LiveConnection): Outbox {
    const { entry, copy } = connection;
    const box = createOutboxBox(copy.boxes, clock.now);
    const { writer } = connection.connector;
    const runner = createOutboxRunner({
      box,
      writer: {
        ...writer,
        async remove(object, id) {
          const isGone = await writer.remove(object, id);
          if (isGone) {
            const gone = [dropRecord(connection, object, id), ...(object === 'task' ? [forgetNotice(connection, id)] : [])];
            await Promise.all(gone).catch((error) => logFailure(toAppError(error)));
          }
          return isGone;
        },
      },
      clock,
      requireAllowed: (object, names) => forms.requireAllowed(connection, object, names),
      objections: async ({ object, typed }) => objectionsToSealed(connection, object, typed, clock.now()),
      stillObjects: (one) => stillObjects(connection, box, one),
      withLease: async (work) =>
        navigator.locks.request(`sidelight:outbox:${entry.id}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined)),
      isOnline: mayBeOnline,
      onChange: () => onChange(entry.id),
      onSettled(one) {
        onSettled(connection, one);
        settled(connection, one);
      },
    });
    return { box, drafts: createDraftBox(copy.boxes), runner };
  }

  function of(connection: LiveConnection): Outbox {
    const { id } = connection.entry;
    const held = known.get(id);
    if (held?.connection === connection) return held.outbox;
    // One of a copy that was closed meanwhile writes nothing any more.
    held?.outbox.runner.stop();
    const outbox = make(connection);
    known.set(id, { connection, outbox });
    return outbox;
  }

  async function setAlarm(): Promise<void> {
    const times = await Promise.all(
      (await connections.ready()).map((connection) =>
        of(connection)
          .runner.dueAt()
          .catch(() => null),
      ),
    );
    const due = times.filter((time) => time !== null);
    await alarmOnceAt(OUTBOX_ALARM, due.length === 0 ? null : Math.max(clock.now() + SOONEST_MS, Math.min(...due)));
  }

  /** Does what is due in the outbox of a connection. The alarm is there before: a worker that is killed at it is woken again. */
  async function run(connection: LiveConnection, roused: boolean): Promise<void> {
    if (ended.has(connection.entry.id)) return;
    const { box, runner } = of(connection);
    if ((await box.list()).length === 0) return;
    await setAlarm();
    try {
      await keepAwake(runner.run(roused));
    } finally {
      await setAlarm();
    }
  }

  return {
    of,
    run,
    /** Does what is due everywhere. `roused`: also what waits for a login or the network. One outbox's trouble is not another's. */
    async runAll(roused: boolean): Promise<void> {
      const all = (await connections.ready()).map((connection) => run(connection, roused));
      for (const one of await Promise.allSettled(all)) if (one.status === 'rejected') logFailure(toAppError(one.reason));
    },
    /** No further step of this connection begins, whoever asks: it is being ended. */
    stop({ entry: { id } }: LiveConnection): void {
      ended.add(id);
      known.get(id)?.outbox.runner.stop();
    },
    /** No further step begins, and nothing is known in memory any more. */
    stopAll(): void {
      for (const { outbox } of known.values()) outbox.runner.stop();
      known.clear();
    },
  };
}

export type Outboxes = ReturnType<typeof createOutboxes>;
