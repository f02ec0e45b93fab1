/** Failures on demand: which requests they hit, how often, and what goes wrong. */

export type FaultKind =
  /** 401 INVALID_SESSION_ID. */
  | { kind: 'session-expired' }
  /** 403 REQUEST_LIMIT_EXCEEDED. */
  | { kind: 'api-limit' }
  /** 429, by default with `Retry-After: 2`. */
  | { kind: 'too-many-requests'; retryAfter?: string }
  /** 500 UNKNOWN_EXCEPTION. */
  | { kind: 'server-error' }
  /** 503 with an HTML page, as during maintenance. */
  | { kind: 'maintenance' }
  /** 200 with an HTML page, as from a proxy in between. */
  | { kind: 'html' }
  /** Any other answer. */
  | { kind: 'answer'; status: number; body: string; headers?: Record<string, string> }
  /** A redirect elsewhere. */
  | { kind: 'redirect'; to: string }
  /** The connection is cut before an answer, or after `afterBytes` of it. */
  | { kind: 'drop'; afterBytes?: number }
  /** The answer comes in pieces with a pause after each. */
  | { kind: 'slow'; bytesPerPiece: number; pauseMs: number }
  /** The answer ends properly but half of it is missing. */
  | { kind: 'truncate' }
  /** One record of a query page is damaged; the first unless `index` says otherwise. */
  | { kind: 'malformed-record'; damage: 'no-id' | 'name-is-object' | 'modstamp-is-garbage'; index?: number }
  /** Everything as usual, later. */
  | { kind: 'latency'; ms: number };

interface FaultOptions {
  match?: { method?: string; host?: string | RegExp; path?: RegExp };
  /** How many matching requests it hits; 1 unless said otherwise, `Infinity` until cleared. */
  times?: number;
  /** How many matching requests pass before it begins. */
  skip?: number;
}

type Fault = FaultKind & FaultOptions;

interface PlantedFault {
  readonly hits: number;
  remove(): void;
}

export interface Faults {
  next(fault: Fault): PlantedFault;
  clear(): void;
}

export interface FaultRegister extends Faults {
  /** The faults this request runs into, in the order they were planted; each use counts. */
  take(method: string, url: URL): FaultKind[];
}

export function createFaults(): FaultRegister {
  let planted: { fault: Fault; left: number; skip: number; hits: number }[] = [];
  return {
    next(fault) {
      const entry = { fault, left: fault.times ?? 1, skip: fault.skip ?? 0, hits: 0 };
      planted.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove() {
          planted = planted.filter((other) => other !== entry);
        },
      };
    },
    clear() {
      planted = [];
    },
    take(method, url) {
      return planted.flatMap((entry) => {
        if (entry.left <= 0 || !matches(entry.fault, method, url)) return [];
        if (entry.skip-- > 0) return [];
        entry.left--;
        entry.hits++;
        return [entry.fault];
      });
    },
  };
}

function matches({ match = {} }: Fault, method: string, url: URL): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (typeof match.host === 'string' && match.host !== url.hostname) return false;
  if (match.host instanceof RegExp && !match.host.test(url.hostname)) return false;
  return match.path?.test(url.pathname + url.search) ?? true;
}
