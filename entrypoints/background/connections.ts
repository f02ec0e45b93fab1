import { holding } from '@/lib/browser/locks';
import { sessionArea } from '@/lib/browser/storage-area';
import type { ConnectedProfile, Connector, Session } from '@/lib/connectors/connector';
import { createSalesforceConnector } from '@/lib/connectors/salesforce';
import { revokeSession } from '@/lib/connectors/salesforce/auth';
import { createEgress, type Egress, type Send } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Buckets } from '@/lib/storage/bucket';
import { type ConnectionCopy, createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import type { ConnectionEntry, ConnectionList } from '@/lib/storage/connection-list';
import { createAskedAt } from '@/lib/sync/asked-at';
import { createLiveRefresh, type LiveRefresh } from '@/lib/sync/live-refresh';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import { allowsLogin } from '@/lib/settings/policy';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { Vault } from '@/lib/vault/vault';
import { copyOptionsIn } from './copy-options';
import { createSignIns, requireAccess } from './sign-ins';
import { readLogin, type StoredLogin, storedSession, writeLogin } from './stored-login';

/** Held by whoever makes or removes a connection, or changes under which keys the connections are. */
export const PROTECTION_LOCK = 'sidelight:protection';

/** A connection that is open in this worker. */
export interface LiveConnection extends StoredLogin {
  entry: ConnectionEntry;
  copy: ConnectionCopy;
  connector: Connector;
  runner: SyncRunner;
  live: LiveRefresh;
}

export interface ConnectionsOptions {
  clock: Clock;
  pace: Pace;
  buckets: Buckets;
  list: ConnectionList;
  vault: Vault;
  policy: PolicyStore;
  onStatus: (connectionId: string, status: RunnerStatus) => void;
  /** The CRM's live answer about an Account has come, or could not be had. */
  onLiveAnswer: (connectionId: string, accountId: string) => void;
}

/** Opens, makes and closes connections; each is opened once per worker life. */
export function createConnections({ clock, pace, buckets, list, vault, policy, onStatus, onLiveAnswer }: ConnectionsOptions) {
  const opened = new Map<string, Promise<LiveConnection>>();
  let signingIn: Promise<LiveConnection> | null = null;

  const egressTo = (...origins: string[]): Egress => createEgress({ origins: () => origins });
  const sendTo = (...origins: string[]): Send => egressTo(...origins).send;
  const { signIn, signInSilently } = createSignIns({ clock, egressTo });
  const optionsFor = copyOptionsIn({ buckets, list, pace });
  const copyOptions = async (entry: ConnectionEntry) => optionsFor(entry, await vault.secret());

  async function open(entry: ConnectionEntry): Promise<LiveConnection> {
    const copy = await openConnectionCopy(await copyOptions(entry));
    try {
      return assemble(entry, await readLogin(copy.boxes), copy);
    } catch (error) {
      copy.close();
      throw error;
    }
  }

  function assemble(entry: ConnectionEntry, login: StoredLogin, copy: ConnectionCopy): LiveConnection {
    const { session } = login;
    const connector = createSalesforceConnector({
      connectionId: entry.id,
      session,
      sessions: {
        load: () => storedSession(copy.boxes),
        save: (fresh) => copy.boxes.put('token', fresh),
      },
      egress: egressTo(session.loginOrigin, session.instanceUrl),
      withLock: async (name, work) => navigator.locks.request(name, work),
      clock,
      pace,
      signInSilently: (old) => silently(entry.id, old),
      async mayUse({ clientId, loginOrigin }) {
        const host = new URL(loginOrigin).host;
        if (!allowsLogin(await policy.get(), { clientId, host })) throw new AppError('policy.login');
      },
    });
    const runner = createSyncRunner({
      connectionId: entry.id,
      connector,
      store: copy.store,
      boxes: copy.boxes,
      clock,
      limits: policy.get,
      withLease: async (name, work) =>
        navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined)),
      async beforeRun() {
        await requireAccess(session.loginOrigin);
        await requireAccess(session.instanceUrl);
      },
      onStatus(status) {
        // The browser closes a database whose files it finds damaged, and makes what it can of them when it is opened anew.
        if (status.running === null && status.lastError?.code === 'storage.unreadable') {
          copy.close();
          opened.delete(entry.id);
        }
        onStatus(entry.id, status);
      },
    });
    const live = createLiveRefresh({
      connector,
      store: copy.store,
      clock,
      selection: runner.selection,
      overtaken: runner.overtaken,
      lastUsage: async () => (await runner.status()).usage,
      askedAt: createAskedAt(sessionArea(), clock, entry.id),
      onAnswer: (accountId) => onLiveAnswer(entry.id, accountId),
    });
    return { entry, ...login, copy, connector, runner, live };
  }

  /** Never for a connection that is being removed: its new token would outlive the receipt. */
  async function silently(id: string, old: Session): Promise<Session | null> {
    const isKept = async () => (await list.list()).some((entry) => entry.id === id && !entry.disconnecting);
    if (!(await isKept())) return null;
    const session = await signInSilently(old);
    if (!session || (await isKept())) return session;
    await revokeSession(session, egressTo(session.loginOrigin).send);
    return null;
  }

  function live(entry: ConnectionEntry): Promise<LiveConnection> {
    const known = opened.get(entry.id) ?? open(entry);
    opened.set(entry.id, known);
    known.catch(() => opened.delete(entry.id));
    return known;
  }

  /** The connections that can be used. One that cannot be opened is left out here; `entries` has it. */
  async function ready(): Promise<LiveConnection[]> {
    // What opens a copy is asked for meanwhile; it is kept then.
    void vault.secret().catch(() => undefined);
    const entries = (await list.list()).filter((entry) => !entry.disconnecting);
    const results = await Promise.allSettled(entries.map(live));
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  /** @throws AppError `connection.missing` */
  async function get(id: string): Promise<LiveConnection> {
    const entry = (await list.list()).find((candidate) => candidate.id === id && !candidate.disconnecting);
    if (!entry) throw new AppError('connection.missing');
    return live(entry);
  }

  async function requireAllowed(host: string, clientId: string): Promise<void> {
    if (!allowsLogin(await policy.get(), { clientId, host })) throw new AppError('policy.refused');
  }

  async function connectNew(loginHost: string, clientId: string): Promise<LiveConnection> {
    await requireAllowed(loginHost.trim().toLowerCase(), clientId);
    const { session, profile } = await signIn(loginHost, clientId);
    const same = (await ready()).find((one) => isSameUser(one.session, session));
    if (same?.lost) return signedInAgain(same, session, profile);
    if (same) {
      await revokeSession(session, sendTo(session.loginOrigin));
      throw new AppError('connection.exists');
    }
    const entry: ConnectionEntry = {
      id: crypto.randomUUID(),
      crm: 'salesforce',
      connectedAt: new Date(clock.now()).toISOString(),
      disconnecting: false,
      copy: 0,
      copiedAt: null,
    };
    return holding([PROTECTION_LOCK], () => keep(entry, session, profile));
  }

  async function keep(entry: ConnectionEntry, session: Session, profile: ConnectedProfile): Promise<LiveConnection> {
    try {
      // Until everything is in place it counts as one to be removed, so that a worker killed here leaves no token alive.
      await list.put({ ...entry, disconnecting: true });
      const copy = await createConnectionCopy(await copyOptions(entry));
      await writeLogin(copy.boxes, session, profile);
      await list.put(entry);
      const connection = assemble(entry, { session, profile, lost: false }, copy);
      opened.set(entry.id, Promise.resolve(connection));
      return connection;
    } catch (error) {
      await revokeSession(session, sendTo(session.loginOrigin));
      await buckets.delete(entry.id);
      await list.remove(entry.id);
      throw error;
    }
  }

  /** Puts a new login into a copy that stays as it is. */
  async function signedInAgain(old: LiveConnection, session: Session, profile: ConnectedProfile): Promise<LiveConnection> {
    await writeLogin(old.copy.boxes, session, profile).catch(async (error) => {
      await revokeSession(session, sendTo(session.loginOrigin));
      throw error;
    });
    // Where only the names were damaged, the old login still lives.
    if (old.lost && old.session.refreshToken !== '') await revokeSession(old.session, sendTo(old.session.loginOrigin));
    // A run of the old session would go on with a closed copy, and keep the lease from the next one.
    await old.runner.stop();
    old.copy.close();
    opened.delete(old.entry.id);
    return get(old.entry.id);
  }

  const allOpen = () => Promise.allSettled([...opened.values()]);

  return {
    ready,
    get,
    /** Ends every run that is under way. */
    async stopAll(): Promise<void> {
      const all = await allOpen();
      await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.runner.stop() : undefined)));
    },
    /** Closes every database; nothing in memory refers to a copy any more. */
    async closeAll(): Promise<void> {
      const all = await allOpen();
      opened.clear();
      for (const one of all) if (one.status === 'fulfilled') one.value.copy.close();
    },
    entries: async () => (await list.list()).filter((entry) => !entry.disconnecting),
    /** A connection to be removed, if its copy can still be opened: a disconnect that was killed needs its token once more. */
    async forRemoval(id: string): Promise<LiveConnection | null> {
      const entry = (await list.list()).find((candidate) => candidate.id === id);
      return entry ? live(entry).catch(() => null) : null;
    },
    /** Connects an organisation. A second click while the login window is open joins the first. */
    connect(loginHost: string, clientId: string): Promise<LiveConnection> {
      signingIn ??= connectNew(loginHost, clientId.trim()).finally(() => {
        signingIn = null;
      });
      return signingIn;
    },
    /** Signs in again for a connection whose login has ended or is damaged; the copy stays. @throws AppError `auth.other-org` */
    async reconnect(id: string): Promise<LiveConnection> {
      const connection = await get(id);
      const { host } = new URL(connection.session.loginOrigin);
      const clientId = (await policy.get()).consumerKey ?? connection.session.clientId;
      await requireAllowed(host, clientId);
      const { session, profile } = await signIn(host, clientId);
      if (isSameUser(session, connection.session)) return signedInAgain(connection, session, profile);
      await revokeSession(session, sendTo(session.loginOrigin));
      throw new AppError('auth.other-org');
    },
    /** Closes a connection's database; nothing in memory refers to it any more. */
    async close(id: string): Promise<void> {
      const connection = await opened.get(id)?.catch(() => null);
      connection?.copy.close();
      opened.delete(id);
    },
  };
}

const isSameUser = (one: Session, other: Session) => one.orgId === other.orgId && one.userId === other.userId;

export type Connections = ReturnType<typeof createConnections>;
