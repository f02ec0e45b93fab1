import type * as z from 'zod/mini';
import { type Egress, type EgressResponse, retryAfter } from '@/lib/egress/egress';
import { type Sleep, systemSleep } from '@/lib/shared/clock';
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import type { RunOptions, Session, SessionStore, Usage } from './connector';
import { patiently } from './patience';

/** A client for CRMs that take a key with every call and speak JSON. What is particular to one of them comes in as `KeyApi`. */
interface KeyRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's address, with its query. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface KeyApi {
  /** Where the API is, with a slash at its end. */
  base(session: Session): string;
  /** The key, in the header that the CRM wants it in. */
  headers(session: Session): Record<string, string>;
  /** What an answer with a status of 400 or more means. */
  refusedAs(answer: EgressResponse): AppError;
  /** The organisation's daily calls as an answer tells them; null when it does not. */
  usage?(headers: Readonly<Record<string, string>>): Usage | null;
}

export interface KeyClient {
  /** Reads a resource. @throws AppError, also for an answer that has not the shape of `schema` */
  get<S extends z.ZodMiniType>(path: string, schema: S): Promise<z.infer<S>>;
  /** The same by a call that has a body but changes nothing, so that it may be repeated. @throws AppError */
  ask<S extends z.ZodMiniType>(path: string, body: unknown, schema: S): Promise<z.infer<S>>;
  /** Any call, with its answer as it is, whatever its status. @throws AppError of egress, `crm.answer-unreadable` */
  send(request: KeyRequest): Promise<EgressResponse>;
  session(): Promise<Session>;
  calls(): number;
  /** The server's clock at its last answer, in milliseconds, or null before the first. */
  serverTime(): number | null;
  usage(): Usage | null;
  /** The same client for the calls of a run: they end with its signal, spare the reserve and are tried again in trouble that passes. */
  forRun(options: RunOptions): KeyClient;
}

export interface KeyClientOptions {
  sessions: SessionStore;
  egress: Egress;
  sleep?: Sleep;
  /** Before every call. @throws AppError when the key may not be used */
  mayUse?: () => Promise<void>;
}

/** A client for one connection's key. */
export function createKeyClient(api: KeyApi, options: KeyClientOptions): KeyClient {
  const { sessions, egress, sleep = systemSleep } = options;
  let calls = 0;
  let serverTime: number | null = null;
  let usage: Usage | null = null;

  async function call({ method, path, body, headers = {} }: KeyRequest, run: RunOptions | null): Promise<EgressResponse> {
    run?.signal.throwIfAborted();
    if (run && usage && usage.used >= usage.max * (1 - run.reserve)) throw new AppError('crm.reserve');
    await options.mayUse?.();
    const session = await sessions.load();
    const answer = await egress.send({
      method,
      url: `${api.base(session)}${path}`,
      headers: {
        accept: 'application/json',
        ...api.headers(session),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      ...(run ? { signal: run.signal } : {}),
    });
    calls += 1;
    const date = Date.parse(answer.headers.date ?? '');
    if (!Number.isNaN(date)) serverTime = date;
    usage = api.usage?.(answer.headers) ?? usage;
    return answer;
  }

  function clientFor(run: RunOptions | null): KeyClient {
    async function read<S extends z.ZodMiniType>(request: KeyRequest, schema: S): Promise<z.infer<S>> {
      const once = async () => readAs(api, schema, await call(request, run));
      return run ? patiently(once, { sleep, signal: run.signal }) : once();
    }
    return {
      session: () => sessions.load(),
      calls: () => calls,
      serverTime: () => serverTime,
      usage: () => usage,
      send: (request) => call(request, run),
      forRun: clientFor,
      get: (path, schema) => read({ method: 'GET', path }, schema),
      ask: (path, body, schema) => read({ method: 'POST', path, body }, schema),
    };
  }
  return clientFor(null);
}

/**
 * An answer in the shape of `schema`. A page of a proxy or of the network's login must not be read as a verdict about the key.
 * @throws AppError
 */
function readAs<S extends z.ZodMiniType>(api: KeyApi, schema: S, answer: EgressResponse): z.infer<S> {
  if (answer.status >= 400) throw api.refusedAs(answer);
  const parsed = schema.safeParse(jsonIn(answer));
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  return parsed.data;
}

/** The body as JSON. @throws AppError `crm.answer-unreadable` */
export function jsonIn({ body }: EgressResponse): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AppError('crm.answer-unreadable');
  }
}

/** A session that is not stored yet, as a store: for the calls of a login. */
export const storeOf = (session: Session): SessionStore => ({ load: async () => session, save: async () => undefined });

/** A key that is refused while somebody signs in with it is none, and not a login that has ended. */
export const keyRefusal = (error: unknown): unknown =>
  error instanceof AppError && error.code === 'auth.reconnect' ? new AppError('auth.key-invalid', { cause: error }) : error;

const LOST = new Set<ErrorCode>(['crm.timeout', 'crm.offline', 'crm.answer-unreadable', 'crm.unavailable']);

/** An error of a call that creates: when its answer was lost, nobody knows whether the record exists. */
export const lostOr = (error: unknown): unknown =>
  error instanceof AppError && LOST.has(error.code) ? new AppError('create.unclear', { cause: error }) : error;

/** What a status of 400 or more means. `reason` is the CRM's own word for it: it stays in the cause and is never shown or logged. */
export function refusedByStatus({ status, headers }: EgressResponse, reason: string): AppError {
  const retryAfterMs = retryAfter(headers['retry-after']);
  const codes: Record<number, ErrorCode> = {
    401: 'auth.reconnect',
    403: 'crm.forbidden',
    404: 'crm.object-missing',
    409: 'crm.conflict',
    429: 'crm.busy',
  };
  // A proxy in front that asks to wait means the service, whatever its status says.
  const isWait = status === 403 && retryAfterMs !== undefined;
  const code = isWait ? 'crm.busy' : status >= 500 ? 'crm.unavailable' : (codes[status] ?? 'crm.refused');
  return new AppError(code, { cause: { status, reason }, retryAfterMs });
}

/** What a CRM says against a choice of Accounts. @throws what is no such refusal */
export function invalidChoice(error: unknown): { invalid: string } {
  if (!(error instanceof AppError) || error.code !== 'crm.refused') throw error;
  const { cause } = error as { cause?: { reason?: string } };
  return { invalid: cause?.reason ?? '' };
}
