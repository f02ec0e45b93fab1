import { holding } from '@/lib/browser/locks';
import { readCookie } from '@/lib/browser/session-cookie';
import { sessionArea } from '@/lib/browser/storage-area';
import type { ConnectedProfile, Connector, Session } from '@/lib/connectors/connector';
import { KEY_LOGINS, registered, type SignedInCrm } from '@/lib/connectors/registry';
import type { KeyCrm } from '@/lib/crm/crm-kind';
import { SAMPLE_USER_ID, sampleProfile } from '@/lib/connectors/sample';
import { createTabSessions } from '@/lib/connectors/salesforce/tab-login';
import { createEgress, type Egress } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Buckets } from '@/lib/storage/bucket';
import { type ConnectionCopy, createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import type { ConnectionEntry, ConnectionList } from '@/lib/storage/connection-list';
import { createAskedAt } from '@/lib/sync/asked-at';
import { createLiveRefresh, type LiveRefresh } from '@/lib/sync/live-refresh';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { Vault } from '@/lib/vault/vault';
import { connectorsBy } from './connector-of';
import { copyOptionsIn } from './copy-options';
import { crmLabel } from './crm-label';
import { gatedCopy } from './gated-copy';
import { createLoginRules } from './login-rules';
import { DAMAGED, SIGNED_OUT } from './login-trouble';
import { newEntry } from './new-entry';
import { replaceLogin } from './replace-login';
import { createSignIns, requireAccess } from './sign-ins';
import { isSameUser, readLogin, readSample, type StoredLogin, writeLogin } from './stored-login';

/** Held by whoever makes or removes a connection, or changes under which keys the connections are. */
export const PROTECTION_LOCK = 'sidelight:protection';

/** A connection that is open in this worker. */
export interface LiveConnection extends Omit<StoredLogin, 'session'> {
  entry: ConnectionEntry;
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

export interface ConnectionsOptions {
  clock: Clock;
  pace: Pace;
  buckets: Buckets;
  list: ConnectionList;
  vault: Vault;
  policy: PolicyStore;
  /** A call leaves for this host. */
  onCall: (host: string) => void;
  onStatus: (connectionId: string, status: RunnerStatus) => void;
  /** The CRM's live answer about an Account has come, or could not be had. */
  onLiveAnswer: (connectionId: string, accountId: string) => void;
}

/** Opens, makes and closes connections; each is opened once per worker life. */
export function createConnections(options: ConnectionsOptions) {
  const { clock, pace, buckets, list, vault, policy, onCall, onStatus, onLiveAnswer } = options;
  const opened = new Map<string, Promise<LiveConnection>>();
  let signingIn: Promise<LiveConnection> | null = null;

  const egressTo = (...origins: string[]): Egress => createEgress({ origins: () => origins, onCall });
  const { mayUse, requireAllowed } = createLoginRules(policy);
  const { signIn, signInByTab, signInWithKey, signInAgain, signInSilently } = createSignIns({ clock, egressTo });
  const connectorOf = connectorsBy({ clock, pace, egressTo, signInSilently: silently, mayUse });
  const optionsFor = copyOptionsIn({ buckets, list, pace });
  const copyOptions = async (entry: ConnectionEntry) => optionsFor(entry, await vault.secret());

  async function open(entry: ConnectionEntry): Promise<LiveConnection> {
    const copy = await openConnectionCopy(await copyOptions(entry));
    try {
      const login = entry.crm === 'sample' ? await readSample(copy.boxes) : await readLogin(copy.boxes);
      return assemble(entry, login, copy);
    } catch (error) {
      copy.close();
      throw error;
    }
  }

  function assemble(
    entry: ConnectionEntry,
    login: Pick<LiveConnection, 'session' | 'profile' | 'lost'>,
    raw: ConnectionCopy,
  ): LiveConnection {
    const { session } = login;
    const copy = gatedCopy(raw);
    const tab = session?.fromTab
      ? createTabSessions(session, { readCookie, send: egressTo(session.loginOrigin, session.instanceUrl).send })
      : null;
    const connector = connectorOf({ entry, session, copy, tab });
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
        if (!session) return;
        await requireAccess(session.loginOrigin);
        await requireAccess(new URL(session.instanceUrl).origin);
      },
      onStatus(status) {
        // The browser closes a database whose files it finds damaged, and makes what it can of them when it is opened anew. A login
        // that is gone may be all of the damage or its first sign: opening says which.
        if (status.running === null && DAMAGED.has(status.lastError?.code)) {
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
      if (!session || !tab || !(await mayUse(session))) return false;
      const { running, lastError } = await runner.status();
      return running === null && SIGNED_OUT.has(lastError?.code) && tab.isThere();
    };
    return { entry, ...login, me: session?.userId ?? SAMPLE_USER_ID, copy, connector, runner, live, isLoginBack };
  }

  const revoke = (crm: SignedInCrm, session: Session) => registered(crm).revoke(session, egressTo(session.loginOrigin).send);

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
    const same = (await ready()).find((one) => one.session !== null && isSameUser(one.session, session));
    if (same?.lost) return signedInAgain(same, session, profile);
    if (same) {
      await revoke(crm, session);
      throw new AppError('connection.exists');
    }
    return holding([PROTECTION_LOCK], () => keep(newEntry(crm, clock.now()), session, profile));
  }

  /** A second click while a login is under way joins the first. */
  function once(crm: SignedInCrm, login: () => ReturnType<typeof signIn>): Promise<LiveConnection> {
    signingIn ??= connectNew(crm, login()).finally(() => {
      signingIn = null;
    });
    return signingIn;
  }

  async function keepSample(): Promise<LiveConnection> {
    if ((await list.list()).some(({ crm }) => crm === 'sample')) throw new AppError('sample.exists');
    return keep(newEntry('sample', clock.now()), null, sampleProfile(crmLabel('sample')));
  }

  async function keep(entry: ConnectionEntry, session: Session | null, profile: ConnectedProfile): Promise<LiveConnection> {
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
      if (session && entry.crm !== 'sample') await revoke(entry.crm, session);
      await buckets.delete(entry.id);
      await list.remove(entry.id);
      throw error;
    }
  }

  /** Puts a new login into a copy that stays as it is. */
  async function signedInAgain(old: LiveConnection, session: Session, profile: ConnectedProfile): Promise<LiveConnection> {
    const { id, crm } = old.entry;
    const end = async (one: Session) => crm !== 'sample' && revoke(crm, one);
    const place = { connectionId: id, boxes: old.copy.boxes, revoke: end, isKept: () => isKept(id) };
    await replaceLogin(place, session, profile);
    // A run of the old session would go on with a closed copy, and keep the lease from the next one.
    await old.runner.stop();
    old.copy.close();
    opened.delete(id);
    return get(id);
  }

  /** Those that are open in this worker; nothing is opened. */
  async function allOpen(): Promise<LiveConnection[]> {
    const all = await Promise.allSettled([...opened.values()]);
    return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  return {
    ready,
    get,
    opened: allOpen,
    /** Ends every run that is under way. */
    async stopAll(): Promise<void> {
      await Promise.all((await allOpen()).map(({ runner }) => runner.stop()));
    },
    /** Closes every database; nothing in memory refers to a copy any more. */
    async closeAll(): Promise<void> {
      const all = await allOpen();
      opened.clear();
      for (const { copy } of all) copy.close();
    },
    entries: async () => (await list.list()).filter((entry) => !entry.disconnecting),
    /** A connection to be removed, if its copy can still be opened: a disconnect that was killed needs its token once more. */
    async forRemoval(id: string): Promise<LiveConnection | null> {
      const entry = (await list.list()).find((candidate) => candidate.id === id);
      return entry ? live(entry).catch(() => null) : null;
    },
    /** Connects an organisation through its app. @throws AppError `policy.refused` */
    async connect(loginHost: string, clientId: string): Promise<LiveConnection> {
      await requireAllowed(loginHost, clientId.trim());
      return once('salesforce', () => signIn(loginHost, clientId.trim()));
    },
    /** Adds the built-in sample CRM, once. @throws AppError `sample.exists` */
    connectSample: () => holding([PROTECTION_LOCK], keepSample),
    /** Connects an organisation by the login of a tab that is signed in at the My Domain `host`. @throws AppError `policy.refused` */
    async connectByTab(host: string): Promise<LiveConnection> {
      await requireAllowed(host);
      return once('salesforce', () => signInByTab(host));
    },
    /** Connects a CRM with a key, at its own address where it has one. @throws AppError `policy.refused` */
    async connectByKey(crm: KeyCrm, address: string, apiKey: string): Promise<LiveConnection> {
      await requireAllowed(new URL(KEY_LOGINS[crm].origin(address)).hostname);
      return once(crm, () => signInWithKey(crm, address, apiKey));
    },
    /**
     * Signs in again for a connection whose login has ended or is damaged; the copy stays.
     * @throws AppError `auth.other-org`, `auth.session-other`, `policy.refused`
     */
    async reconnect(id: string, apiKey: string | null = null): Promise<LiveConnection> {
      const connection = await get(id);
      const { session: old, entry } = connection;
      if (!old || entry.crm === 'sample') throw new AppError('message.invalid');
      const isApp = registered(entry.crm).login === 'app' && !old.fromTab;
      const clientId = isApp ? ((await policy.get()).consumerKey ?? old.clientId) : '';
      await requireAllowed(new URL(old.loginOrigin).hostname, clientId);
      const { session, profile } = await signInAgain(entry.crm, { ...old, clientId }, apiKey);
      if (isSameUser(session, old)) return signedInAgain(connection, session, profile);
      await revoke(entry.crm, session);
      throw new AppError(session.fromTab ? 'auth.session-other' : 'auth.other-org');
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
