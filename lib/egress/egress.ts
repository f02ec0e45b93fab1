import { AppError } from '@/lib/shared/errors';
import { bytesOf, textOf } from './body';
import { createTimeLimit } from './time-limit';

/**
 * The one place that calls out. Every call is bound to a list of origins fixed beforehand, sends no cookies, follows
 * no redirect, and leaves nothing in the HTTP cache: a default fetch stores answers there in the clear.
 */
export interface EgressRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** Ends the call, which then rejects with this signal's reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, or for a stream until its headers are there. */
  timeoutMs?: number;
  /** Milliseconds that a stream may wait for its next piece. What the reader does in between does not count. */
  idleMs?: number;
}

interface AnswerHead {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
}

export interface EgressResponse extends AnswerHead {
  body: string;
}

export interface EgressStream extends AnswerHead {
  /**
   * The text in pieces as they come, of any size in all, to be read once: to its end or until the loop is left, which ends
   * the transfer. Reading throws what `send` throws for an answer that breaks off.
   */
  body: AsyncIterable<string>;
}

/** Makes a call and gives the whole answer. */
export type Send = (request: EgressRequest) => Promise<EgressResponse>;

/** Makes a call and gives the answer as soon as its headers are there. */
type Stream = (request: EgressRequest) => Promise<EgressStream>;

export interface Egress {
  send: Send;
  stream: Stream;
}

export interface EgressOptions {
  /** The browser's own unless a test passes another. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Origins such as `https://acme.my.salesforce.com`; asked at each call, since signing in adds one. */
  origins: () => readonly string[];
  /** For requests that name no time of their own; a minute each. */
  timeoutMs?: number;
  idleMs?: number;
  /** The largest answer that `send` takes. */
  maxBytes?: number;
  /** Told of every call that leaves, by host. */
  onCall?: (host: string) => void;
}

const MINUTE_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;
const LONGEST_WAIT_MS = 24 * 60 * MINUTE_MS;

/**
 * Calls that reach the given origins and nothing else. Both ways of calling throw AppError `egress.blocked`, `crm.offline`,
 * `crm.timeout`, `crm.answer-unreadable` for a redirect, and `send` alone `crm.answer-too-large`; or the reason of the
 * request's signal. A status is not an error here.
 */
export function createEgress(options: EgressOptions): Egress {
  const {
    fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init),
    origins,
    onCall,
    timeoutMs = MINUTE_MS,
    idleMs = MINUTE_MS,
    maxBytes = MAX_BYTES,
  } = options;

  function open(request: EgressRequest) {
    const url = URL.parse(request.url);
    if (url?.protocol !== 'https:' || url.username || url.password || !origins().includes(url.origin))
      throw new AppError('egress.blocked');
    request.signal?.throwIfAborted();
    onCall?.(url.host);
    const limit = createTimeLimit(request.signal);
    const answer = async (): Promise<Response> => {
      const response = await fetch(url.href, {
        method: request.method,
        headers: request.headers ?? {},
        ...(request.body === undefined ? {} : { body: request.body }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
        signal: limit.signal,
      });
      if (!isRedirect(response)) return response;
      response.body?.cancel().catch(() => undefined);
      throw new AppError('crm.answer-unreadable');
    };
    return { limit, answer };
  }

  return {
    async send(request) {
      const { limit, answer } = open(request);
      return limit.within(request.timeoutMs ?? timeoutMs, async () => {
        const response = await answer();
        return { ...headOf(response), body: await wholeText(response, maxBytes) };
      });
    },
    async stream(request) {
      const { limit, answer } = open(request);
      const response = await limit.within(request.timeoutMs ?? timeoutMs, answer);
      const pieces = bytesOf(response, (read) => limit.within(request.idleMs ?? idleMs, read));
      return { ...headOf(response), body: textOf(pieces) };
    },
  };
}

/**
 * True for an answer that points elsewhere; nobody has gone there. Browsers show it as an empty `opaqueredirect` that does
 * not tell where to (Fetch standard, redirect mode "manual"; seen so in an extension's worker). With mode "error" it would
 * look like a broken network. Node gives the answer itself.
 */
function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(status);
}

function headOf({ status, headers }: Response): AnswerHead {
  return { status, headers: Object.fromEntries(headers) };
}

async function wholeText(response: Response, maxBytes: number): Promise<string> {
  let text = '';
  for await (const piece of textOf(atMost(maxBytes, bytesOf(response)))) text += piece;
  return text;
}

async function* atMost(maxBytes: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw new AppError('crm.answer-too-large');
    yield piece;
  }
}

const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? [\w -]*\d\d:\d\d:\d\d( GMT| \d{4})$/;

/**
 * How long a server asks to wait, in milliseconds from `now`: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3, all
 * three forms of a date in §5.6.7), a day at most. Undefined when it is neither.
 */
export function retryAfter(header: string | undefined, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

function httpDate(text: string): number {
  const [, end] = HTTP_DATE.exec(text) ?? [];
  if (!end) return Number.NaN;
  // The oldest form names no zone and means GMT all the same.
  return Date.parse(end === ' GMT' ? text : `${text} GMT`);
}
