import { readCookie } from '@/lib/browser/session-cookie';
import { sessionArea } from '@/lib/browser/storage-area';
import type { Connector, Session } from '@/lib/connectors/connector';
import { SAMPLE_USER_ID } from '@/lib/connectors/sample';
import { createTabSessions } from '@/lib/connectors/salesforce/tab-login';
import type { Egress } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import { createAskedAt } from '@/lib/sync/asked-at';
import { createLiveRefresh, type LiveRefresh } from '@/lib/sync/live-refresh';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { connectorsBy } from './connector-of';
import { type GatedCopy, gatedCopy } from './gated-copy';
import type { createLoginRules } from './login-rules';
import { DAMAGED, SIGNED_OUT } from './login-trouble';
import { requireAccess } from './sign-ins';
import type { StoredLogin } from './stored-login';

/** A connection that is open in this worker. */
export interface LiveConnection extends Omit<StoredLogin, 'session'> {
  entry: ConnectionEntry;
  /** Null for the sample, which nobody signs in to. */
  session: Session | null;
  /** The user's own id in the CRM. */
  me: string;
  copy: GatedCopy;
  connector: Connector;
  runner: SyncRunner;
  live: LiveRefresh;
  /** How long after a sync that ended well the next one is due (ms). */
  syncInterval: () => Promise<number>;
  /** True when it has waited for the user to sign in to the CRM in a tab, and they have. */
  isLoginBack(): Promise<boolean>;
}

interface Assembling {
  clock: Clock;
  policy: PolicyStore;
  connectorOf: ReturnType<typeof connectorsBy>;
  egressTo: (...origins: string[]) => Egress;
  mayUse: ReturnType<typeof createLoginRules>['mayUse'];
  syncInterval: LiveConnection['syncInterval'];
  onStatus: (connectionId: string, status: RunnerStatus) => void;
  onLiveAnswer: (connectionId: string, accountId: string) => void;
  /** The connection is to be opened anew by whoever needs it next. */
  forget: (connectionId: string) => void;
}

/** Puts together what a connection is made of: its copy behind the gate, its connector, its runs and its live answers. */
export function assembling(parts: Assembling) {
  const { clock, policy, connectorOf, egressTo, mayUse, syncInterval, onStatus, onLiveAnswer, forget } = parts;

  return function assemble(
    entry: ConnectionEntry,
    login: Pick<LiveConnection, 'session' | 'profile' | 'lost'>,
    raw: ConnectionCopy,
  ): LiveConnection {
    const { session } = login;
    const copy = gatedCopy(raw, clock.now);
    const tab = session?.fromTab
      ? createTabSessions(session, { readCookie, send: egressTo(session.loginOrigin, session.instanceUrl).send })
      : null;
    const connector = connectorOf({ entry, session, copy, tab });
    let isRunning = false;
    const runner = createSyncRunner({
      connectionId: entry.id,
      connector,
      store: copy.store,
      boxes: copy.boxes,
      clock,
      limits: policy.get,
      interval: syncInterval,
      withLease: async (name, work) =>
        navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined)),
      async beforeRun() {
        if (!session) return;
        await requireAccess(session.loginOrigin);
        await requireAccess(new URL(session.instanceUrl).origin);
      },
      onStatus(status) {
        const hasEnded = isRunning && status.running === null;
        isRunning = status.running !== null;
        // The browser closes a database whose files it finds damaged, and makes what it can of them when it is opened anew. A login
        // that is gone may be all of the damage or its first sign: opening says which. What an earlier run met was opened anew already.
        if (hasEnded && DAMAGED.has(status.lastError?.code)) {
          copy.close();
          forget(entry.id);
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
    return {
      entry,
      ...login,
      me: session?.userId ?? SAMPLE_USER_ID,
      copy,
      connector,
      runner,
      live,
      syncInterval,
      isLoginBack,
    };
  };
}
