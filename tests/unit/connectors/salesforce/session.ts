import { type ClientOptions, createClient } from '@/lib/connectors/salesforce/client';
import type { Session, SessionStore } from '@/lib/connectors/connector';
import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { fakeSend } from '../../../fakes/fake-send';
import { ORG, USER } from '../sign-in';

export const SESSION: Session = {
  accessToken: 'old-access',
  refreshToken: 'first-refresh',
  instanceUrl: 'https://acme.my.salesforce.com',
  loginOrigin: 'https://login.salesforce.com',
  clientId: '3MVG9key',
  userId: USER,
  orgId: ORG,
};

/** A lock as `navigator.locks` gives it: one at a time for a name, in the order of asking. */
export function promiseLock() {
  const queues = new Map<string, Promise<unknown>>();
  return <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const result = (queues.get(name) ?? Promise.resolve()).then(work);
    queues.set(
      name,
      result.catch(() => undefined),
    );
    return result;
  };
}

/** A stored session, and everything that was ever saved over it. */
export function memorySessions(initial: Session = SESSION) {
  const saved: Session[] = [];
  const sessions: SessionStore = {
    load: async () => structuredClone(saved.at(-1) ?? initial),
    save: async (session) => {
      saved.push(structuredClone(session));
    },
  };
  return { sessions, saved };
}

/** A client on a fake network. */
export function clientOn(answer: (request: EgressRequest) => EgressResponse | Promise<EgressResponse>) {
  const network = fakeSend(answer);
  const store = memorySessions();
  const withLock = promiseLock();
  const waits: number[] = [];
  const sleep = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waits.push(ms);
  };
  const open = (more: Partial<ClientOptions> = {}) =>
    createClient({ sessions: store.sessions, egress: network.egress, withLock, lockName: 'session', sleep, ...more });
  return { client: open(), open, network, waits, ...store };
}

export const bearerOf = (request: EgressRequest) => request.headers?.Authorization?.replace('Bearer ', '') ?? '';
