import type { Connector, KnownAccount, LiveAccount, Usage, Want } from '@/lib/connectors/connector';
import { leftOutAt } from '@/lib/crm/leave-out';
import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { Selection } from '@/lib/crm/selection';
import type { Clock } from '@/lib/shared/clock';
import { AppError, type ErrorCode, toAppError } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import { readCheckpoint } from './checkpoint';
import type { Overtaken } from './overtaken';

/** An Account that is opened again within this time is not asked for again. */
const ASKED_EVERY_MS = 3 * 60_000;
const MOST_REMEMBERED = 50;

/** What is known of an Account beyond the copy's last sync. */
interface LiveState {
  state: 'stored' | 'asking' | 'live' | 'failed';
  /** When the CRM answered last, in milliseconds. */
  at: number | null;
  code: ErrorCode | null;
  /** Records that the last answer brought or changed, by id, for a few minutes. */
  fresh: ReadonlyMap<string, 'new' | 'changed'>;
  gone: number;
}

/** Brings one Account up to date while it is being looked at. */
export interface LiveRefresh {
  /** Asks the CRM, unless it was asked a moment ago. Never throws: the outcome is in `state`. */
  ask(account: KnownAccount): Promise<void>;
  state(accountId: string): LiveState;
}

export interface LiveRefreshOptions {
  connector: Connector;
  store: RecordStore;
  clock: Clock;
  selection: () => Promise<Selection>;
  overtaken: Overtaken;
  /** The org's calls as the last run heard of them, for a worker that has not asked anything yet. */
  lastUsage: () => Promise<Usage | null>;
  /** When which Account was asked about last (ms): it outlives the worker, or each of its lives would ask anew. */
  askedAt: { get(accountId: string): Promise<number | null>; set(accountId: string, at: number): Promise<void> };
  /** Called when an answer has come, or could not be had. */
  onAnswer: (accountId: string) => void;
}

const STORED: LiveState = { state: 'stored', at: null, code: null, fresh: new Map(), gone: 0 };

/** Live refreshes of one connection; what they found out is kept in memory only. */
export function createLiveRefresh(options: LiveRefreshOptions): LiveRefresh {
  const { connector, store, clock, selection, overtaken, lastUsage, askedAt, onAnswer } = options;
  const states = new Map<string, LiveState & { askedAt: number }>();

  function remember(id: string, state: LiveState, askedAt: number): void {
    states.delete(id);
    states.set(id, { ...state, askedAt });
    const [oldest] = states.keys();
    if (states.size > MOST_REMEMBERED && oldest !== undefined) states.delete(oldest);
  }

  async function wants(): Promise<Want[]> {
    const { objects, scope, leaveOut } = await selection();
    const leftOut = leftOutAt(leaveOut, clock.now());
    const wanted = OBJECTS.filter((object) => objects[object].wanted);
    return Promise.all(
      wanted.map(async (object): Promise<Want> => {
        const since = readCheckpoint(await store.checkpoint(object));
        return { object, selection: objects[object], scope, leftOut, since };
      }),
    );
  }

  /** How far each object is and what is chosen of it, to tell whether either has moved. */
  async function marks(): Promise<Map<ObjectKind, string>> {
    const { objects, scope, leaveOut } = await selection();
    const entries = OBJECTS.map(async (object) => {
      const mark = JSON.stringify([objects[object], scope, leaveOut, await store.checkpoint(object)]);
      return [object, mark] as const;
    });
    return new Map(await Promise.all(entries));
  }

  /** During the first sync the copy of an Account is not whole, and the CRM is not asked about it. */
  const isWhole = async () => readCheckpoint(await store.checkpoint('account'))?.coveredUntil != null;

  async function spareTheReserve(): Promise<void> {
    const { reserve } = await selection();
    const usage = connector.usage() ?? (await lastUsage());
    if (usage && usage.used >= usage.max * (1 - reserve)) throw new AppError('crm.reserve');
  }

  async function refresh(account: KnownAccount): Promise<Pick<LiveState, 'fresh' | 'gone'>> {
    await spareTheReserve();
    const askedAt = clock.now();
    const before = await marks();
    const live = await connector.account(account, await wants());
    // What a run has written since, or the user has chosen otherwise, is newer than this answer.
    const after = await marks();
    const isCurrent = (object: ObjectKind) => before.get(object) === after.get(object);
    if (!live) {
      if (isCurrent('account')) await write('account', [], [account.id]);
      return { fresh: new Map(), gone: 1 };
    }
    const fresh = new Map<string, 'new' | 'changed'>();
    let gone = 0;
    for (const object of OBJECTS) {
      if (!isCurrent(object)) continue;
      const found = await bring(object, account, live, askedAt);
      for (const [id, mark] of found.fresh) fresh.set(id, mark);
      gone += found.gone;
    }
    return { fresh, gone };
  }

  /** Brings the copy of one object in line with the answer. */
  async function bring(object: ObjectKind, account: KnownAccount, live: LiveAccount, askedAt: number) {
    const fresh = new Map<string, 'new' | 'changed'>();
    const records = live.records[object];
    if (!records) return { fresh, gone: 0 };
    const held = await heldOf(object, account);
    // What was written after the question was asked is newer than the answer.
    const isOlder = (id: string) => overtaken.since(object, id, askedAt);
    const changed = records.filter((record) => !isOlder(record.id) && !isSame(record, held.get(record.id)));
    const present = new Set(records.map(({ id }) => id));
    const missing = live.partial[object] ? [] : [...held.keys()].filter((id) => !present.has(id) && !isOlder(id));
    await write(object, changed, missing);
    // Not all that is written has to be there: who was erased is kept out. And who has objected may be there as before.
    const ids = changed.map(({ id }) => id);
    for (const record of (await store.getMany(object, ids)).values() as Iterable<AnyRecord>) {
      const before = held.get(record.id);
      if (!isSame(record, before)) fresh.set(record.id, before ? 'changed' : 'new');
    }
    return { fresh, gone: missing.length };
  }

  async function write(object: ObjectKind, upserts: readonly AnyRecord[], deletions: readonly string[]): Promise<void> {
    if (upserts.length + deletions.length === 0) return;
    const ids = [...upserts.map(({ id }) => id), ...deletions];
    // Before as well: a run that looks between the two would take what is being written for old.
    overtaken.note(object, ids);
    await store.apply({ object, upserts, deletions, newBefore: null });
    overtaken.note(object, ids);
  }

  /** What the copy has where the live answer looked. */
  async function heldOf(object: ObjectKind, { id, leadIds }: KnownAccount): Promise<Map<string, AnyRecord>> {
    const byId = object === 'account' ? await store.getMany(object, [id]) : null;
    const leads = object === 'lead' ? await store.getMany(object, leadIds) : null;
    const records = byId?.values() ?? leads?.values() ?? (await store.at(object, id));
    // The store gives records of the object that it is asked for, which TypeScript cannot follow through the union.
    return new Map(([...records] as unknown as AnyRecord[]).map((record) => [record.id, record]));
  }

  return {
    state: (accountId) => {
      const known = states.get(accountId);
      if (!known) return STORED;
      const isFresh = known.at !== null && clock.now() - known.at <= ASKED_EVERY_MS;
      return isFresh ? known : { ...known, fresh: new Map(), gone: 0 };
    },
    async ask(account) {
      const now = clock.now();
      const known = states.get(account.id);
      if (known && now - known.askedAt < ASKED_EVERY_MS) return;
      remember(account.id, { ...(known ?? STORED), state: 'asking', code: null }, now);
      const last = await askedAt.get(account.id).catch(() => null);
      const wasAsked = last !== null && last <= now && now - last < ASKED_EVERY_MS;
      if (wasAsked || !(await isWhole())) {
        remember(account.id, STORED, wasAsked ? last : now);
        return onAnswer(account.id);
      }
      try {
        await askedAt.set(account.id, now);
        const found = await refresh(account);
        remember(account.id, { state: 'live', at: clock.now(), code: null, ...found }, now);
      } catch (error) {
        remember(account.id, { ...(known ?? STORED), state: 'failed', code: toAppError(error).code }, now);
      }
      onAnswer(account.id);
    },
  };
}

function isSame(record: AnyRecord, held: AnyRecord | undefined): boolean {
  if (!held || held.modifiedAt !== record.modifiedAt) return false;
  return sorted(held.fields) === sorted(record.fields) && sorted(held.custom) === sorted(record.custom);
}

const sorted = (fields: object) => JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
