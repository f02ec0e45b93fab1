import type { Egress, EgressResponse } from '@/lib/egress/egress';
import { type Sleep, systemSleep } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { RunOptions, Session, SessionStore, Usage } from '../connector';
import { apiErrorsIn, partError } from './api-errors';
import { refreshSession, revokeSession } from './auth';
import { patiently } from '../patience';
import { API_ROOT, apiOn, type SalesforceApi } from './rest-api';
import { assertUsable, type CallWatch, createTransport, SessionExpired } from './transport';

/** Runs `work` while nobody else runs under the same name, in any context of the extension. */
export type WithLock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** An answer that is read while it comes. */
interface TextStream {
  headers: Record<string, string>;
  body: AsyncIterable<string>;
}

export interface SalesforceClient {
  /** Runs `work` with a live session; an expired one is refreshed once. Rejects with AppError or jsforce's API error. */
  run<T>(work: (api: SalesforceApi) => Promise<T>): Promise<T>;
  /** Reads a resource below the API's root as text, piece by piece. @throws AppError */
  stream(path: string): Promise<TextStream>;
  session(): Promise<Session>;
  calls(): number;
  /** The server's clock at its last answer, in milliseconds, or null before the first. */
  serverTime(): number | null;
  usage(): Usage | null;
  /** Waits, or rejects when the run is ended. */
  sleep(ms: number): Promise<void>;
  /** The same client for the calls of a run: they end with its signal, spare the reserve and are tried again in trouble that passes. */
  forRun(options: RunOptions): SalesforceClient;
}

export interface ClientOptions {
  sessions: SessionStore;
  egress: Egress;
  withLock: WithLock;
  lockName: string;
  sleep?: Sleep;
  /**
   * A new login without the user, for when the refresh token is dead: a worker that was killed between the answer to a
   * rotation and its storing has lost the new one. Null when the CRM wants to see the user.
   */
  signInSilently?: (session: Session) => Promise<Session | null>;
  /** Asked before every call, and before the session is looked for; what it throws is the call's error. */
  mayUse?: () => Promise<void>;
}

/** A client for one connection's session. jsforce never refreshes by itself here: it drops rotated refresh tokens. */
export function createClient(options: ClientOptions): SalesforceClient {
  const { sessions, egress, withLock, lockName, sleep = systemSleep } = options;
  let calls = 0;
  let serverTime: number | null = null;
  let usage: Usage | null = null;

  function onAnswer({ headers }: Pick<EgressResponse, 'headers'>): void {
    calls += 1;
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) serverTime = date;
    const [, used, max] = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '') ?? [];
    if (used && max) usage = { used: Number(used), max: Number(max) };
  }

  async function streamWith(session: Session, path: string, watch: CallWatch): Promise<TextStream> {
    watch.before();
    const answer = await egress.stream({
      method: 'GET',
      url: `${session.instanceUrl}${API_ROOT}${path}`,
      headers: { authorization: `Bearer ${session.accessToken}` },
      ...(watch.signal ? { signal: watch.signal } : {}),
    });
    watch.onAnswer(answer);
    if (answer.status === 200 && (answer.headers['content-type'] ?? '').includes('csv')) return answer;
    let body = '';
    for await (const piece of answer.body) body += piece;
    assertUsable({ ...answer, body });
    throw refusalIn(body);
  }

  /** One refresher at a time; who waited for it finds a newer token than the one that failed and takes that. */
  function refreshed(failed: Session): Promise<Session> {
    return withLock(lockName, async () => {
      const current = await sessions.load();
      if (current.accessToken !== failed.accessToken) return current;
      try {
        const fresh = await refreshSession(current, egress.send);
        await sessions.save(fresh);
        return fresh;
      } catch (error) {
        return anew(current, error);
      }
    });
  }

  async function anew(session: Session, error: unknown): Promise<Session> {
    if (!(error instanceof AppError) || error.code !== 'auth.reconnect') throw error;
    const fresh = await options.signInSilently?.(session).catch(() => null);
    if (!fresh) throw error;
    await sessions.save(fresh).catch(async (cause) => {
      // Nobody could ever end a login that is kept nowhere.
      await revokeSession(fresh, egress.send);
      throw cause;
    });
    return fresh;
  }

  async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    await options.mayUse?.();
    const session = await sessions.load();
    try {
      return await work(session);
    } catch (error) {
      if (!(error instanceof SessionExpired)) throw error;
    }
    const fresh = await refreshed(session);
    return work(fresh).catch((error) => {
      if (!(error instanceof SessionExpired)) throw error;
      throw new AppError(fresh.fromTab ? 'auth.session-ended' : 'auth.reconnect', { cause: error });
    });
  }

  function clientFor(run: RunOptions | null): SalesforceClient {
    const signal = run?.signal ?? new AbortController().signal;
    const watch: CallWatch = {
      signal: run?.signal,
      before() {
        signal.throwIfAborted();
        if (run && usage && usage.used >= usage.max * (1 - run.reserve)) throw new AppError('crm.reserve');
      },
      onAnswer,
    };
    const withPatience = <T>(work: () => Promise<T>) => (run ? patiently(work, { sleep, signal }) : work());
    return {
      session: () => sessions.load(),
      calls: () => calls,
      serverTime: () => serverTime,
      usage: () => usage,
      sleep: (ms) => sleep(ms, signal),
      forRun(options) {
        // What an earlier run was told may be a day old by now; the first answer of this one tells anew.
        usage = null;
        return clientFor(options);
      },
      run: (work) => withPatience(() => withSession((session) => work(apiOn(session, createTransport(egress.send, watch))))),
      stream: (path) => withPatience(() => withSession((session) => streamWith(session, path, watch))),
    };
  }
  return clientFor(null);
}

/** A refusal of a streamed resource, in the shape in which jsforce throws those of others. */
function refusalIn(body: string): Error {
  try {
    const refusal = partError(JSON.parse(body));
    if (apiErrorsIn(refusal)) return refusal;
  } catch {
    // Not JSON in the end: nothing that the API has said.
  }
  return new AppError('crm.answer-unreadable');
}
