import { browser } from 'wxt/browser';

/** A key-value area of the extension. `local` is on disk and must hold nothing personal; `session` is in memory only. */
export interface StorageArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  /** All of them or none. */
  setAll(values: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Puts what `change` makes of everything in the place of everything. Unlike `remove` and `set` this takes the old bytes off
   * the disk in Chromium (measured; Firefox keeps them). A change that gives back the very object writes nothing.
   */
  rewrite(change: (all: Record<string, unknown>) => Record<string, unknown>): Promise<void>;
}

type Area = typeof browser.storage.local;

/**
 * Writes wait for each other: one that replaces everything would undo one that came while it was under way. The value of `often`
 * is read once and kept until something is written; whoever gets it must not change it.
 */
function port(area: Area, often?: string): StorageArea {
  let queue: Promise<unknown> = Promise.resolve();
  let kept: Promise<unknown> | null = null;
  const forget = () => {
    kept = null;
  };
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work).finally(forget);
    queue = result.catch(() => undefined);
    return result;
  }
  const read = async (key: string) => (await area.get(key))[key];
  if (often !== undefined) area.onChanged.addListener(forget);
  return {
    get(key) {
      if (key !== often) return read(key);
      kept ??= read(key);
      kept.catch(forget);
      return kept;
    },
    set: (key, value) => inLine(() => area.set({ [key]: value })),
    setAll: (values) => inLine(() => area.set(values)),
    remove: (key) => inLine(() => area.remove(key)),
    rewrite: (change) =>
      inLine(async () => {
        const all = await area.get(null);
        const rest = change(all);
        if (rest === all) return;
        // Both are on their way before either is done: a worker that is killed in between would leave nothing at all.
        await Promise.all([area.clear(), area.set(rest)]);
      }),
  };
}

/** The list of connections. */
const ASKED_BY_EACH_VISIT = 'connections';

let local: StorageArea | null = null;
let session: StorageArea | null = null;

export function localArea(): StorageArea {
  local ??= port(browser.storage.local, ASKED_BY_EACH_VISIT);
  return local;
}

export function sessionArea(): StorageArea {
  session ??= port(browser.storage.session);
  return session;
}

/** Keeps content scripts out of both areas. Chromium only: Firefox has no such switch for `local`. */
export async function closeAreasToPages(): Promise<void> {
  for (const area of [browser.storage.local, browser.storage.session]) {
    const closable = area as Area & { setAccessLevel?: (options: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void> };
    await closable.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}
