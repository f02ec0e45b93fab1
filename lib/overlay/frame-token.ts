/**
 * One-use tokens that tie a sidebar frame to the tab that asked for it. Any page may try to embed the sidebar page; without
 * a token that was given to its own tab it shows nothing. Tokens live in memory-only storage, so they survive a worker's
 * death but not the browser's.
 */
export interface TokenArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

interface StoredToken {
  tabId: number;
  host: string;
  domain: string;
  used: boolean;
}

export interface FrameTokens {
  /** A token for a frame in `tabId` that shows `site`. The tab's earlier token is void from then on. */
  issue(tabId: number, site: { host: string; domain: string }): Promise<string>;
  /** The site of a token on its first use, null for every other. */
  redeem(token: string, tabId: number | null): Promise<{ host: string; domain: string } | null>;
  /** The site of a token that this tab has redeemed, null for any other. */
  redeemed(token: string, tabId: number | null): Promise<{ host: string; domain: string } | null>;
  /** Forgets the tab's token. */
  drop(tabId: number): Promise<void>;
}

const key = (tabId: number) => `frame:${tabId}`;

export function createFrameTokens(area: TokenArea): FrameTokens {
  const load = async (tabId: number) => (await area.get(key(tabId))) as ({ token: string } & StoredToken) | undefined;
  async function find(token: string, tabId: number | null, used: boolean) {
    const stored = tabId === null ? undefined : await load(tabId);
    return stored && stored.token === token && stored.used === used ? stored : null;
  }
  /** What changes a token waits its turn, so that of two frames that present one at once only one gets it. */
  let queue: Promise<unknown> = Promise.resolve();
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }
  return {
    issue: (tabId, site) =>
      inLine(async () => {
        const token = crypto.randomUUID();
        await area.set(key(tabId), { token, tabId, host: site.host, domain: site.domain, used: false });
        return token;
      }),
    redeem: (token, tabId) =>
      inLine(async () => {
        const stored = await find(token, tabId, false);
        if (!stored) return null;
        await area.set(key(stored.tabId), { ...stored, used: true });
        return { host: stored.host, domain: stored.domain };
      }),
    async redeemed(token, tabId) {
      const stored = await find(token, tabId, true);
      return stored ? { host: stored.host, domain: stored.domain } : null;
    },
    drop: (tabId) => inLine(() => area.remove(key(tabId))),
  };
}
