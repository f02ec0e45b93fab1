/** What is known of one request that reached the test world, so that a test can say who made it and where it went. */
export interface WorldRequest {
  readonly time: number;
  readonly scheme: 'http' | 'https';
  /** Host as asked for, lower case, without the port. */
  readonly host: string;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** False when nobody in this world answers for the host. */
  readonly known: boolean;
  readonly origin: string | undefined;
  readonly referer: string | undefined;
  /** `Sec-Fetch-Site`, `-Mode` and `-Dest`: written by the browser, out of reach of page code. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
  readonly dest: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** A TLS handshake that named a host: an attempt to reach it, whether or not a request followed. */
export interface WorldContact {
  readonly time: number;
  readonly host: string;
}

/** Who made a request, judged only by headers that page code cannot set; `browser` has no `Sec-Fetch-Mode` at all. */
export type RequestSource = 'navigation' | 'extension' | 'page' | 'browser';

/**
 * Judged as Chromium 156 writes the headers (tests/unit/world/browser.test.ts): a request of the extension's worker carries
 * `Origin: chrome-extension://…` or `Sec-Fetch-Site: none` without being a navigation; a page's own carry `same-origin`,
 * `same-site` or `cross-site`. Services of the browser itself may look like the extension's; as they are silenced
 * (quiet-browser.ts), such a request counts as the extension's, which errs on the strict side.
 */
export function sourceOf(request: WorldRequest): RequestSource {
  if (request.origin?.startsWith('chrome-extension://') === true) return 'extension';
  if (request.mode === 'navigate') return 'navigation';
  if (request.mode === undefined) return 'browser';
  return request.site === 'none' ? 'extension' : 'page';
}

/** Everything that reached the test world, in order. */
export class RequestLog {
  readonly requests: WorldRequest[] = [];
  readonly contacts: WorldContact[] = [];

  /** Requests for hosts that nobody in this world answers for. */
  strangers(): readonly WorldRequest[] {
    return this.requests.filter((request) => !request.known);
  }

  /** Every host that was asked for or only greeted, sorted. */
  hosts(): readonly string[] {
    return [...new Set([...this.requests, ...this.contacts].map((entry) => entry.host))].sort();
  }

  to(host: string): readonly WorldRequest[] {
    return this.requests.filter((request) => request.host === host);
  }

  clear(): void {
    this.requests.length = 0;
    this.contacts.length = 0;
  }
}
