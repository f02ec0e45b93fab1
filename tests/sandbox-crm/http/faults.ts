/** Failures on demand: which requests they hit, how often, and what goes wrong. */
import { EVERY_API_REQUEST, createTrouble } from './random-faults.ts';
import type { RandomTrouble } from './random-faults.ts';

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
  /** The answer ends properly but half of it is missing, or all after `afterBytes`. Half a CSV file ends with a whole record. */
  | { kind: 'truncate'; afterBytes?: number }
  /** A bulk job fails: the one being created, once it would be complete, or the one being looked at, at once. */
  | { kind: 'job-failed' }
  /** One record of a JSON query page is damaged; the first unless `index` says otherwise. */
  | { kind: 'malformed-record'; damage: 'no-id' | 'name-is-object' | 'modstamp-is-garbage'; index?: number }
  /** Everything as usual, later. */
  | { kind: 'latency'; ms: number };

/** Which requests; `path` is tested against path and query string. */
export interface Match {
  method?: string;
  host?: string | RegExp;
  path?: RegExp;
}

interface FaultOptions {
  match?: Match;
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
  /** Hits requests at random until removed; the same seed hits the same requests in the same way. */
  random(trouble: RandomTrouble): PlantedFault;
  /** Removes all faults. */
  clear(): void;
}

export interface FaultRegister extends Faults {
  /** The faults this request runs into, in the order they were planted; each use counts. */
  take(method: string, url: URL): FaultKind[];
}

/** One fault, or one source of them, as it waits for requests. */
interface Planted {
  hits: number;
  take(method: string, url: URL): FaultKind | undefined;
}

export function createFaults(): FaultRegister {
  let planted: Planted[] = [];
  const plant = (take: Planted['take']): PlantedFault => {
    const entry: Planted = { hits: 0, take };
    planted.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove() {
        planted = planted.filter((other) => other !== entry);
      },
    };
  };
  return {
    next(fault) {
      let left = fault.times ?? 1;
      let skip = fault.skip ?? 0;
      return plant((method, url) => {
        if (left <= 0 || !matches(fault.match ?? usualMatch(fault), method, url)) return undefined;
        if (skip-- > 0) return undefined;
        left--;
        return fault;
      });
    },
    random(trouble) {
      const decide = createTrouble(trouble);
      return plant((method, url) => (matches(trouble.match ?? EVERY_API_REQUEST, method, url) ? decide() : undefined));
    },
    clear() {
      planted = [];
    },
    take: (method, url) =>
      planted.flatMap((entry) => {
        const fault = entry.take(method, url);
        if (!fault) return [];
        entry.hits++;
        return [fault];
      }),
  };
}

/** A fault only some requests can act out waits for one of them. */
const usualMatch = ({ kind }: FaultKind): Match => (kind === 'job-failed' ? { path: /\/jobs\/query(?:\/\w+)?\/?$/ } : {});

function matches({ method, host, path }: Match, actual: string, url: URL): boolean {
  if (method !== undefined && method.toUpperCase() !== actual) return false;
  if (typeof host === 'string' && host !== url.hostname) return false;
  if (host instanceof RegExp && !host.test(url.hostname)) return false;
  return path?.test(url.pathname + url.search) ?? true;
}
