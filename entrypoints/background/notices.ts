import type { CreateValues, ObjectDescription } from '@/lib/connectors/creation-contract';
import type { OutboxEntry, Typed } from '@/lib/creation/outbox/entry';
import type { NoticeItem } from '@/lib/messaging/basis-protocol';
import { basisIn } from '@/lib/messaging/basis-schemas';
import { noticeTask } from '@/lib/privacy/notice';
import type { KeptTemplate } from '@/lib/shared/person-basis';
import type { LiveConnection } from './live-connection';
import { basisArticles, noticeWords } from './lead-words';
import { informBy } from './person-gate';
import { localDay } from './summaries';

/** A Task by which a person is told, as it is remembered until it is done. */
interface Remembered {
  id: string;
  subject: string;
  due: string;
}

const BOX = 'notices';
const WEEK_MS = 7 * 86_400_000;
/** Forms of a connection may be sent at the same time; each writes what the one before has left. */
const queues = new WeakMap<object, Promise<unknown>>();

const isRemembered = (value: unknown): value is Remembered[] => Array.isArray(value);

async function remembered({ copy }: LiveConnection): Promise<Remembered[]> {
  const stored = await copy.boxes.get(BOX).catch(() => null);
  return isRemembered(stored) ? stored : [];
}

function change(connection: LiveConnection, how: (all: Remembered[]) => Remembered[]): Promise<void> {
  const done = (queues.get(connection) ?? Promise.resolve()).then(async () =>
    connection.copy.boxes.put(BOX, how(await remembered(connection))),
  );
  queues.set(
    connection,
    done.catch(() => undefined),
  );
  return done;
}

/**
 * The Task that goes with a person whose data was taken from a page; null when nobody has to be told, or this user's Tasks need
 * more than is known here (then the day stands in the person's record alone).
 */
export function noticeFor(
  task: ObjectDescription | null,
  typed: Pick<Typed, 'basis' | 'source'>,
  name: string,
  template: KeptTemplate | null,
  now: number,
): CreateValues | null {
  const due = informBy(typed, template, now);
  const basis = basisIn(typed.basis);
  const { subject, dueOn, description } = task?.modelNames ?? {};
  if (!task || !due || !basis || !typed.source || !subject || !dueOn) return null;
  const given = new Set([subject, dueOn, description]);
  if (task.fields.some((field) => field.required && field.defaultValue === '' && !given.has(field.name))) return null;
  const facts = { name, due, source: typed.source.url, article: basisArticles()[basis.kind], template };
  const words = noticeTask({ ...facts, isInterest: basis.kind === 'legitimate-interest' }, noticeWords());
  return { [subject]: words.subject, [dueOn]: due, ...(description ? { [description]: words.text } : {}) };
}

/** Remembers the notice of a person who is in the CRM now. */
export async function noteNotices(connection: LiveConnection, { state, records, object }: OutboxEntry): Promise<void> {
  if (object !== 'lead' && object !== 'contact') return;
  if (state.kind === 'done' && state.how === 'created') {
    const { taskIds } = state;
    const made = (records?.tasks ?? []).flatMap((values, at): Remembered[] => {
      const id = taskIds[at];
      const texts = Object.values(values).filter((value) => typeof value === 'string');
      const due = texts.find((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
      return id && due ? [{ id, due, subject: texts[0] ?? '' }] : [];
    });
    if (made.length > 0) await change(connection, (all) => [...all.filter(({ id }) => !taskIds.includes(id)), ...made]);
  }
}

export async function forgetNotice(connection: LiveConnection, taskId: string): Promise<void> {
  await forgetNotices(connection, ({ id }) => id === taskId);
}

/** Forgets every notice that `isMeant` says is to go; its Task in the CRM stays. */
export async function forgetNotices(connection: LiveConnection, isMeant: (notice: Remembered) => boolean): Promise<void> {
  await change(connection, (all) => all.filter((one) => !isMeant(one)));
}

/** Those that are due within a week or overdue, as the copy's Tasks stand; what is closed there is done and forgotten. */
export async function noticesOf(connection: LiveConnection, now: number): Promise<NoticeItem[]> {
  const all = await remembered(connection);
  if (all.length === 0) return [];
  const { store } = connection.copy;
  const tasks = await store.getMany(
    'task',
    all.map(({ id }) => id),
  );
  const closed = all.filter(({ id }) => tasks.get(id)?.fields.closed);
  if (closed.length > 0) await change(connection, (list) => list.filter(({ id }) => !closed.some((one) => one.id === id)));
  const today = localDay(now);
  const soon = localDay(now + WEEK_MS);
  return all
    .filter((one) => !closed.includes(one))
    .map(({ id, subject, due }) => {
      const fields = tasks.get(id)?.fields;
      return { id, subject: fields?.subject ?? subject, due: fields?.dueOn ?? due };
    })
    .filter(({ due }) => due <= soon)
    .map(({ id, subject, due }) => ({
      connectionId: connection.entry.id,
      taskId: id,
      subject,
      due,
      isOverdue: due < today,
      url: connection.connector.recordUrl('task', id),
    }));
}
