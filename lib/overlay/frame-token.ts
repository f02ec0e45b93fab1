/**
 * Tokens that tie a sidebar frame to the tab that asked for it. Any page may try to embed the sidebar page; without a token
 * that was given to its own tab it shows nothing. The first document that presents a token is the only one it ever opens.
 * Tokens live in memory-only storage, so they survive a worker's death but not the browser's.
 */
export interface TokenArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The document that presents a token, as the browser names it. */
interface Presenter {
  tabId: number | null;
  documentId: string | null;
}

interface TokenSite {
  host: string;
  domain: string;
  page?: { platform: string; key: string };
}

interface StoredToken extends TokenSite {
  token: string;
  /** Who presented it first; null while nobody has. */
  documentId: string | null;
}

export interface FrameTokens {
  /** A token for a frame in `tabId` that shows `site`. The tab's earlier token is void from then on. */
  issue(tabId: number, site: TokenSite): Promise<string>;
  /** The site of a token, for a document of its tab: on the first use for any, from then on for that document alone. */
  present(token: string, presenter: Presenter): Promise<TokenSite | null>;
  /** Whether the tab has a token, so that something of ours may be in its page. */
  isIssued(tabId: number): Promise<boolean>;
  /** Forgets the tab's token. */
  drop(tabId: number): Promise<void>;
}

const key = (tabId: number) => `frame:${tabId}`;

/** Tokens kept in `area`. */
export function createFrameTokens(area: TokenArea): FrameTokens {
  /** What changes a token waits its turn, so that of two frames that present one at once only one gets it. */
  let queue: Promise<unknown> = Promise.resolve();
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }
  return {
    async issue(tabId, site) {
      const token = crypto.randomUUID();
      // Not waited for: whoever presents the token waits behind it, and a token that could not be kept opens nothing.
      inLine(() => area.set(key(tabId), { ...site, token, documentId: null } satisfies StoredToken)).catch(() => undefined);
      return token;
    },
    present: (token, { tabId, documentId }) =>
      inLine(async () => {
        if (tabId === null || documentId === null) return null;
        const stored = (await area.get(key(tabId))) as StoredToken | undefined;
        if (stored?.token !== token) return null;
        if (stored.documentId === null) await area.set(key(tabId), { ...stored, documentId });
        else if (stored.documentId !== documentId) return null;
        const { host, domain, page } = stored;
        return page ? { host, domain, page } : { host, domain };
      }),
    isIssued: async (tabId) => (await area.get(key(tabId))) !== undefined,
    drop: (tabId) => inLine(() => area.remove(key(tabId))),
  };
}
