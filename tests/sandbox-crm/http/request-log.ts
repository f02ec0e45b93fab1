/** Every request the sandbox received, for tests that count calls or look for what should not have been sent. */

export interface LoggedRequest {
  method: string;
  host: string;
  path: string;
  /** With its question mark; empty when there is none. */
  search: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** 0 while unanswered and for a connection that was dropped. */
  status: number;
  /** The CRM's clock, milliseconds. */
  at: number;
  /** The fault that was put in the way, if any. */
  fault?: string;
}

export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  /** Requests whose `METHOD host/path?query` fits. */
  matching(pattern: RegExp): LoggedRequest[];
  clear(): void;
}

/** Enough for the longest benchmark; older ones are forgotten so that memory stays flat. */
const MOST = 50_000;

export function createRequestLog(): RequestLog & { add(request: LoggedRequest): void } {
  let requests: LoggedRequest[] = [];
  return {
    get requests() {
      return requests;
    },
    matching: (pattern) => requests.filter(({ method, host, path, search }) => pattern.test(`${method} ${host}${path}${search}`)),
    clear() {
      requests = [];
    },
    add(request) {
      requests.push(request);
      if (requests.length > MOST) requests.splice(0, MOST / 10);
    },
  };
}
