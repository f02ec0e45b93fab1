import { holding } from '@/lib/browser/locks';
import { readCookie } from '@/lib/browser/session-cookie';
import { sessionArea } from '@/lib/browser/storage-area';
import type { ConnectedProfile, Connector, Session } from '@/lib/connectors/connector';
import { registered, type SignedInCrm } from '@/lib/connectors/registry';
import { SAMPLE_USER_ID, sampleProfile } from '@/lib/connectors/sample';
import type { CrmKind } from '@/lib/crm/crm-kind';
import { createTabSessions } from '@/lib/connectors/salesforce/tab-login';
import { createEgress, type Egress, type Send } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Buckets } from '@/lib/storage/bucket';
import { type ConnectionCopy, createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import type { ConnectionEntry, ConnectionList } from '@/lib/storage/connection-list';
import { createErasedList } from '@/lib/privacy/erased';
import { createAskedAt } from '@/lib/sync/asked-at';
import { keepingOut } from '@/lib/sync/keep-out';
import { createLiveRefresh, type LiveRefresh } from '@/lib/sync/live-refresh';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import type { Vault } from '@/lib/vault/vault';
import { connectorsBy } from './connector-of';
import { copyOptionsIn } from './copy-options';
import { crmLabel } from './crm-label';
import { replaceSession } from './replace-session';
import { createSignIns, requireAccess } from './sign-ins';
import { storedProfile, storedSession } from './stored-login';

/** Held by whoever makes or removes a connection, or changes under which keys the connections are. */
export const PROTECTION_LOCK = 'sidelight:protection';

/** A connection that is open in this worker. */
export interface LiveConnection {
  entry: ConnectionEntry;
  profile: ConnectedProfile;
  /** Null for the sample, which nobody signs in to. */
  session: Session | null;
  /** The user's own id in the CRM. */
  me: string;
  copy: ConnectionCopy;
  connector: Connector;
  runner: SyncRunner;
  live: LiveRefresh;
  /** True when it has waited for the user to sign in to the CRM in a tab, and they have. */
  isLoginBack(): Promise<boolean>;
}

/** What a sync says while the user is not signed in to the CRM, for a login that is the browser's own. */
const SIGNED_OUT = new Set<ErrorCode | undefined>(['auth.session-ended', 'auth.session-other']);

export interface ConnectionsOptions {
  clock: Clock;
  pace: Pace;
  buckets: Buckets;
  list: ConnectionList;
  vault: Vault;
  /** A call leaves for this host. */
  onCall: (host: string) => void;
  onStatus: (connectionId: string, status: RunnerStatus) => void;
  /** The CRM's live answer about an Account has come, or could not be had. */
  onLiveAnswer: (connectionId: string, accountId: string) => void;
}

/** Opens, makes and closes connections; each is opened once per worker life. */
export function createConnections(options: ConnectionsOptions) {
  const { clock, pace, buckets, list, vault, onCall, onStatus, onLiveAnswer } = options;
  const opened = new Map<string, Promise<LiveConnection>>();
  let signingIn: Promise<LiveConnection> | null = null;

  const egressTo = (...origins: string[]): Egress => createEgress({ origins: () => origins, onCall });
  const sendTo = (...origins: string[]): Send => egressTo(...origins).send;
  const { signIn, signInByTab, signInWithKey, signInAgain, signInSilently } = createSignIns({ clock, egressTo });
  const connectorOf = connectorsBy({ clock, pace, egressTo, signInSilently: silently });
  const optionsFor = copyOptionsIn({ buckets, list, pace });
  const copyOptions = async (entry: ConnectionEntry) => optionsFor(entry, await vault.secret());

  async function open(entry: ConnectionEntry): Promise<LiveConnection> {
    const copy = await openConnectionCopy(await copyOptions(entry));
    try {
      const [session, profile] = await Promise.all([storedSession(copy.boxes), storedProfile(copy.boxes)]);
      if ((!session && entry.crm !== 'sample') || !profile) throw new AppError('storage.unreadable');
      return assemble(entry, profile, session, copy);
    } catch (error) {
      copy.close();
      throw error;
    }
  }

  function assemble(
    entry: ConnectionEntry,
    profile: ConnectedProfile,
    session: Session | null,
    raw: ConnectionCopy,
  ): LiveConnection {
    // Whoever writes records of this connection writes them through the gate for people who were erased.
    const copy = { ...raw, store: keepingOut(raw.store, createErasedList(raw.boxes).judge) };
    const tab = session?.fromTab
      ? createTabSessions(session, { readCookie, send: sendTo(session.loginOrigin, session.instanceUrl) })
      : null;
    const connector = connectorOf({ entry, session, copy, tab });
    const runner = createSyncRunner({
      connectionId: entry.id,
      connector,
      store: copy.store,
      boxes: copy.boxes,
      clock,
      withLease: async (name, work) =>
        navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined)),
      async beforeRun() {
        if (!session) return;
        await requireAccess(session.loginOrigin);
        await requireAccess(new URL(session.instanceUrl).origin);
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
    const isLoginBack = async (): Promise<boolean> => {
      const { running, lastError } = tab ? await runner.status() : { running: null, lastError: null };
      return tab !== null && running === null && SIGNED_OUT.has(lastError?.code) && tab.isThere();
    };
    return { entry, profile, session, me: session?.userId ?? SAMPLE_USER_ID, copy, connector, runner, live, isLoginBack };
  }

  const revoke = (crm: SignedInCrm, session: Session) => registered(crm).revoke(session, sendTo(session.loginOrigin));

  const isKept = async (id: string) => (await list.list()).some((entry) => entry.id === id && !entry.disconnecting);

  /** Never for a connection that is being removed: its new token would outlive the receipt. */
  async function silently(id: string, old: Session): Promise<Session | null> {
    if (!(await isKept(id))) return null;
    const session = await signInSilently(old);
    if (!session || (await isKept(id))) return session;
    await revoke('salesforce', session);
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

  async function connectNew(crm: SignedInCrm, login: ReturnType<typeof signIn>): Promise<LiveConnection> {
    const { session, profile } = await login;
    if ((await ready()).some((one) => one.session?.orgId === session.orgId && one.session.userId === session.userId)) {
      await revoke(crm, session);
      throw new AppError('connection.exists');
    }
    return holding([PROTECTION_LOCK], () => keep(newEntry(crm), session, profile));
  }

  /** A second click while a login is under way joins the first. */
  function once(crm: SignedInCrm, login: () => ReturnType<typeof signIn>): Promise<LiveConnection> {
    signingIn ??= connectNew(crm, login()).finally(() => {
      signingIn = null;
    });
    return signingIn;
  }

  const newEntry = (crm: CrmKind): ConnectionEntry => ({
    id: crypto.randomUUID(),
    crm,
    connectedAt: new Date(clock.now()).toISOString(),
    disconnecting: false,
    copy: 0,
    copiedAt: null,
  });

  async function keepSample(): Promise<LiveConnection> {
    if ((await list.list()).some(({ crm }) => crm === 'sample')) throw new AppError('sample.exists');
    return keep(newEntry('sample'), null, sampleProfile(crmLabel('sample')));
  }

  async function keep(entry: ConnectionEntry, session: Session | null, profile: ConnectedProfile): Promise<LiveConnection> {
    try {
      // Until everything is in place it counts as one to be removed, so that a worker killed here leaves no token alive.
      await list.put({ ...entry, disconnecting: true });
      const copy = await createConnectionCopy(await copyOptions(entry));
      if (session) await copy.boxes.put('token', session);
      await copy.boxes.put('profile', profile);
      await list.put(entry);
      const connection = assemble(entry, profile, session, copy);
      opened.set(entry.id, Promise.resolve(connection));
      return connection;
    } catch (error) {
      if (session && entry.crm !== 'sample') await revoke(entry.crm, session);
      await buckets.delete(entry.id);
      await list.remove(entry.id);
      throw error;
    }
  }

  const allOpen = () => Promise.allSettled([...opened.values()]);

  return {
    ready,
    get,
    /** Those that are open in this worker; nothing is opened. */
    opened: async () => (await allOpen()).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
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
    /** Connects an organisation through its app. */
    connect(loginHost: string, clientId: string): Promise<LiveConnection> {
      return once('salesforce', () => signIn(loginHost, clientId.trim()));
    },
    /** Adds the built-in sample CRM, once. @throws AppError `sample.exists` */
    connectSample: () => holding([PROTECTION_LOCK], keepSample),
    /** Connects an organisation by the login of a tab that is signed in at the My Domain `host`. */
    connectByTab: (host: string) => once('salesforce', () => signInByTab(host)),
    /** Connects a CRM at its own address, with the key of an API user. */
    connectByKey: (address: string, apiKey: string) => once('espocrm', () => signInWithKey(address, apiKey)),
    /** Signs in again for a connection whose login has ended; the copy stays. @throws AppError `auth.other-org` */
    async reconnect(id: string, apiKey: string | null = null): Promise<LiveConnection> {
      const connection = await get(id);
      const { session: old, entry } = connection;
      if (!old || entry.crm === 'sample') throw new AppError('message.invalid');
      const { crm } = entry;
      const { session } = await signInAgain(crm, old, apiKey);
      if (session.orgId !== old.orgId || session.userId !== old.userId) {
        await revoke(crm, session);
        throw new AppError(session.fromTab ? 'auth.session-other' : 'auth.other-org');
      }
      const end = (one: Session) => revoke(crm, one);
      await replaceSession({ connectionId: id, boxes: connection.copy.boxes, revoke: end, isKept: () => isKept(id) }, session);
      // A run of the old session would go on with a closed copy, and keep the lease from the next one.
      await connection.runner.stop();
      connection.copy.close();
      opened.delete(id);
      return get(id);
    },
    /** Closes a connection's database; nothing in memory refers to it any more. */
    async close(id: string): Promise<void> {
      const connection = await opened.get(id)?.catch(() => null);
      connection?.copy.close();
      opened.delete(id);
    },
  };
}

export type Connections = ReturnType<typeof createConnections>;
