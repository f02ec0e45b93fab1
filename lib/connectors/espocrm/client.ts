import type * as z from 'zod/mini';
import type { Egress, EgressResponse } from '@/lib/egress/egress';
import { type Sleep, systemSleep } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { RunOptions, Session, SessionStore } from '../connector';
import { patiently } from '../patience';
import { refusedAs } from './api-errors';

interface EspoRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1/`, with its query. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface EspoClient {
  /** Reads a resource. @throws AppError, also for an answer that has not the shape of `schema` */
  get<S extends z.ZodMiniType>(path: string, schema: S): Promise<z.infer<S>>;
  /** Any call, with its answer as it is, whatever its status. @throws AppError of egress, `crm.answer-unreadable` */
  send(request: EspoRequest): Promise<EgressResponse>;
  session(): Promise<Session>;
  calls(): number;
  /** The server's clock at its last answer, in milliseconds, or null before the first. */
  serverTime(): number | null;
  /** The same client for the calls of a run: they end with its signal and are tried again in trouble that passes. */
  forRun(options: RunOptions): EspoClient;
}

/** A client for one connection's key. There is no daily limit in EspoCRM, so that no reserve can be spared. */
export function createClient(options: {
  sessions: SessionStore;
  egress: Egress;
  sleep?: Sleep;
  /** Before every call. @throws AppError when the key may not be used */
  mayUse?: () => Promise<void>;
}): EspoClient {
  const { sessions, egress, sleep = systemSleep } = options;
  let calls = 0;
  let serverTime: number | null = null;

  async function call({ method, path, body, headers = {} }: EspoRequest, signal?: AbortSignal): Promise<EgressResponse> {
    signal?.throwIfAborted();
    await options.mayUse?.();
    const session = await sessions.load();
    const answer = await egress.send({
      method,
      url: `${session.instanceUrl}/api/v1/${path}`,
      headers: {
        accept: 'application/json',
        'x-api-key': session.accessToken,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
    calls += 1;
    const date = Date.parse(answer.headers.date ?? '');
    if (!Number.isNaN(date)) serverTime = date;
    return answer;
  }

  function clientFor(run: RunOptions | null): EspoClient {
    return {
      session: () => sessions.load(),
      calls: () => calls,
      serverTime: () => serverTime,
      send: (request) => call(request, run?.signal),
      forRun: clientFor,
      get(path, schema) {
        const ask = async () => readAs(schema, await call({ method: 'GET', path }, run?.signal));
        return run ? patiently(ask, { sleep, signal: run.signal }) : ask();
      },
    };
  }
  return clientFor(null);
}

/**
 * An answer in the shape of `schema`. EspoCRM answers in JSON; a page of a proxy or of the network's login must not be read as
 * a verdict about the key. @throws AppError
 */
function readAs<S extends z.ZodMiniType>(schema: S, answer: EgressResponse): z.infer<S> {
  if (answer.status >= 400) throw refusedAs(answer);
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
