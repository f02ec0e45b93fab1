import type { Clock } from '@/lib/shared/clock';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Deed } from '@/lib/privacy/processing-log';
import { appendDeed, loadLog } from '@/lib/privacy/processing-log-box';
import type { RunEntry } from '@/lib/sync/run-history';
import type { LiveConnection } from './live-connection';

/** What came together is written together; a worker that is killed loses so much of it at most. */
const FLUSH_MS = 5000;
/** While a sync runs its calls are its own entry's; so often at most they get one before it, for a worker that may be killed. */
const IN_A_RUN_MS = 60_000;
/** A write that hangs must not keep a copy open. */
const LOCK_WAITS_MS = 1000;

type Logged = Pick<LiveConnection, 'entry' | 'profile' | 'session' | 'copy'>;
type Ready = () => Promise<Logged[]>;

/**
 * The processing logs of all connections: what was done in counts, and which hosts were called, as egress itself counts them. Writing
 * one down never fails the work that is written down.
 */
export function createProcessingLogs(clock: Clock) {
  /** Calls that no log has yet. They may come before there is a connection: a person signs in first. */
  const calls = new Map<string, number>();
  const looked = new Map<string, number>();
  /** When each connection's run has begun, or its calls were last written down in it (ms). */
  const running = new Map<string, number>();
  let ready: Ready = async () => [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  function callsOf({ profile, session }: Logged): Map<string, number> {
    const hosts = new Set([
      profile.host,
      ...(session ? [session.instanceUrl, session.loginOrigin].map((url) => new URL(url).host) : []),
    ]);
    const own = new Map([...calls].filter(([host]) => hosts.has(host)));
    for (const host of own.keys()) calls.delete(host);
    return own;
  }

  async function add(connection: Logged, deed: Omit<Deed, 'at'>): Promise<void> {
    try {
      const at = new Date(clock.now()).toISOString();
      await appendDeed(connection.copy.boxes, { ...deed, at }, callsOf(connection));
    } catch (error) {
      logFailure(toAppError(error));
    }
  }

  async function flush(): Promise<void> {
    timer = null;
    for (const connection of await ready().catch(() => [])) {
      const { id } = connection.entry;
      const count = looked.get(id) ?? 0;
      looked.delete(id);
      if (count > 0) await add(connection, { act: 'looked', records: [{ object: 'account', deed: 'received', count }] });
      else if (hasCalls(connection) && isTime(id)) await add(connection, { act: 'calls' });
    }
    // What waits for its time is looked at again.
    if (running.size > 0 && calls.size > 0) flushSoon();
  }

  /** Whether calls of a connection may get an entry of their own now. */
  function isTime(id: string): boolean {
    const since = running.get(id);
    if (since === undefined) return true;
    if (clock.now() - since < IN_A_RUN_MS) return false;
    running.set(id, clock.now());
    return true;
  }

  const hasCalls = ({ profile, session }: Logged) =>
    [profile.host, ...(session ? [new URL(session.instanceUrl).host, new URL(session.loginOrigin).host] : [])].some((host) =>
      calls.has(host),
    );

  function flushSoon(): void {
    timer ??= setTimeout(() => void flush(), FLUSH_MS);
  }

  return {
    /** From where the connections come; they are made with `called`, so it is told behind them. */
    follow(connections: { ready: Ready }): void {
      ready = connections.ready;
    },
    /** A call leaves for `host`. */
    called(host: string): void {
      calls.set(host, (calls.get(host) ?? 0) + 1);
      flushSoon();
    },
    /** The CRM was asked for an Account as it stands now. */
    looked(connectionId: string): void {
      looked.set(connectionId, (looked.get(connectionId) ?? 0) + 1);
      flushSoon();
    },
    add,
    /** A run is under way. */
    runs(connectionId: string): void {
      if (!running.has(connectionId)) running.set(connectionId, clock.now());
    },
    /** It is not any more, however it has ended. */
    rests(connectionId: string): void {
      running.delete(connectionId);
    },
    /** A run has ended; one that was written down is not written down again. */
    async ran(connection: Logged, run: RunEntry | undefined): Promise<void> {
      if (!run || run.endedAt === null) return;
      const records = run.objects.flatMap(({ object, received, deleted }) => [
        { object, deed: 'received' as const, count: received },
        { object, deed: 'deleted' as const, count: deleted },
      ]);
      await add(connection, { act: 'synced', code: run.code, records });
    },
    /** A record that was sent is in the CRM, or was taken back. */
    sent(connection: Logged, { object, state }: OutboxEntry): void {
      if (state.kind === 'undone')
        void add(connection, { act: 'taken-back', records: [{ object, deed: 'taken-back', count: 1 }] });
      if (state.kind !== 'done' || state.how === 'used') return;
      const act = state.how === 'created' ? ('created' as const) : ('changed' as const);
      void add(connection, { act, records: [{ object, deed: act, count: 1 }] });
    },
    load: ({ copy }: Logged) => loadLog(copy.boxes),
    flush,
    /** Written down in the copies that are still open: nothing is opened for it, and no lock waits long for it. */
    async locked(open: readonly Logged[]): Promise<void> {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      looked.clear();
      running.clear();
      const written = Promise.all(open.map((connection) => add(connection, { act: 'locked' })));
      await Promise.race([written, new Promise((resolve) => setTimeout(resolve, LOCK_WAITS_MS))]);
    },
    async unlocked(): Promise<void> {
      for (const connection of await ready().catch(() => [])) await add(connection, { act: 'unlocked' });
    },
  };
}

export type ProcessingLogs = ReturnType<typeof createProcessingLogs>;
