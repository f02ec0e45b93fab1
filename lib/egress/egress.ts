import { AppError } from '@/lib/shared/errors';

/**
 * The one place that calls out. Every call is bound to a list of origins fixed beforehand, sends no cookies, follows
 * no redirect, and leaves nothing in the HTTP cache: a default fetch stores answers there in the clear.
 */
export interface EgressRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  timeoutMs?: number;
}

export interface EgressResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

export type Send = (request: EgressRequest) => Promise<EgressResponse>;

export interface EgressOptions {
  /** The browser's own unless a test passes another. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Origins such as `https://acme.my.salesforce.com`; asked at each call, since signing in adds one. */
  origins: () => readonly string[];
  timeoutMs?: number;
  maxBytes?: number;
  /** Told of every call that leaves, by host. */
  onCall?: (host: string) => void;
}

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * A sender that reaches the given origins and nothing else.
 * It throws AppError `egress.blocked`, `crm.offline`, `crm.timeout` or `crm.answer-too-large`; a status is not an error here.
 */
export function createEgress(options: EgressOptions): Send {
  const {
    fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init),
    origins,
    onCall,
    timeoutMs = TIMEOUT_MS,
    maxBytes = MAX_BYTES,
  } = options;
  return async (request) => {
    const url = parsed(request.url);
    if (url.protocol !== 'https:' || url.username || url.password || !origins().includes(url.origin))
      throw new AppError('egress.blocked');
    onCall?.(url.host);
    const signal = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
    try {
      const response = await fetch(url.href, {
        method: request.method,
        headers: request.headers ?? {},
        ...(request.body === undefined ? {} : { body: request.body }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal,
      });
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await readText(response, maxBytes) };
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError(signal.aborted ? 'crm.timeout' : 'crm.offline', { cause });
    }
  };
}

function parsed(url: string): URL {
  const result = URL.parse(url);
  if (!result) throw new AppError('egress.blocked');
  return result;
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new AppError('crm.answer-too-large');
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** How long a server asks to wait, in milliseconds: `Retry-After` in seconds. Undefined when it does not say so. */
export function retryAfter(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
