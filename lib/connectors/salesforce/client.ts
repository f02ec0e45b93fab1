import { Connection } from 'jsforce/lib/connection';
import type { EgressResponse, Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import type { Session, SessionStore } from '../connector';
import { refreshSession } from './auth';
import { createTransport, SessionExpired } from './transport';

/** jsforce's default is 50.0; 62.0 (Winter '25) is the oldest that every supported org has. */
const API_VERSION = '62.0';

/** Runs `work` while nobody else runs under the same name, in any context of the extension. */
export type WithLock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export interface SalesforceClient {
  /** Runs `work` with a live session; an expired one is refreshed once. Rejects with AppError or jsforce's API error. */
  run<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  session(): Promise<Session>;
  calls(): number;
  /** The server's clock at its last answer, in milliseconds, or null before the first. */
  serverTime(): number | null;
}

/** A client for one connection's session. jsforce never refreshes by itself here: it drops rotated refresh tokens. */
export function createClient(options: {
  sessions: SessionStore;
  send: Send;
  withLock: WithLock;
  lockName: string;
}): SalesforceClient {
  const { sessions, send, withLock, lockName } = options;
  let calls = 0;
  let serverTime: number | null = null;
  const onAnswer = (answer: EgressResponse) => {
    calls += 1;
    const date = Date.parse(answer.headers.date ?? '');
    if (!Number.isNaN(date)) serverTime = date;
  };

  function connect(session: Session): Connection {
    const { instanceUrl, accessToken } = session;
    const connection = new Connection({ instanceUrl, accessToken, version: API_VERSION });
    return Object.assign(connection, { _transport: createTransport(send, onAnswer) });
  }

  /** One refresher at a time; who waited for it finds a newer token than the one that failed and takes that. */
  function refreshed(failed: Session): Promise<Session> {
    return withLock(lockName, async () => {
      const current = await sessions.load();
      if (current.accessToken !== failed.accessToken) return current;
      const fresh = await refreshSession(current, send);
      await sessions.save(fresh);
      return fresh;
    });
  }

  return {
    session: () => sessions.load(),
    calls: () => calls,
    serverTime: () => serverTime,
    async run(work) {
      const session = await sessions.load();
      try {
        return await work(connect(session));
      } catch (error) {
        if (!(error instanceof SessionExpired)) throw error;
      }
      const fresh = await refreshed(session);
      return work(connect(fresh)).catch((error) => {
        throw error instanceof SessionExpired ? new AppError('auth.reconnect', { cause: error }) : error;
      });
    },
  };
}
