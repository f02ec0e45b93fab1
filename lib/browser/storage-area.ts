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
 * Writes wait for each other: one that replaces everything would undo one that came while it was under way. Values that are
 * asked for `often` are read once and kept until they are written, by whomever; whoever gets one must not change it.
 */
function port(area: Area, often: (key: string) => boolean): StorageArea {
  let queue: Promise<unknown> = Promise.resolve();
  const kept = new Map<string, Promise<unknown>>();
  const forget = (keys: Iterable<string>) => {
    for (const key of keys) kept.delete(key);
  };
  /** What is read while it is being written may be what was there before, so it is forgotten behind the write. */
  function inLine<T>(work: () => Promise<T>, keys: () => Iterable<string>): Promise<T> {
    const result = queue.then(work).finally(() => forget(keys()));
    queue = result.catch(() => undefined);
    return result;
  }
  const read = async (key: string) => (await area.get(key))[key];
  area.onChanged.addListener((changes) => forget(Object.keys(changes)));
  return {
    get(key) {
      if (!often(key)) return read(key);
      const value = kept.get(key) ?? read(key);
      kept.set(key, value);
      value.catch(() => kept.delete(key));
      return value;
    },
    set: (key, value) =>
      inLine(
        () => area.set({ [key]: value }),
        () => [key],
      ),
    setAll: (values) =>
      inLine(
        () => area.set(values),
        () => Object.keys(values),
      ),
    remove: (key) =>
      inLine(
        () => area.remove(key),
        () => [key],
      ),
    rewrite: (change) =>
      inLine(
        async () => {
          const all = await area.get(null);
          const rest = change(all);
          if (rest === all) return;
          // Both are on their way before either is done: a worker that is killed in between would leave nothing at all.
          await Promise.all([area.clear(), area.set(rest)]);
        },
        () => [...kept.keys()],
      ),
  };
}

/** What each page visit asks for: the list of connections, the settings, and what was done with the overlay in its tab. */
const onDisk = (key: string) => key === 'connections' || key === 'settings';
const ofTabs = (key: string) => key.startsWith('overlay:');

let local: StorageArea | null = null;
let session: StorageArea | null = null;

export function localArea(): StorageArea {
  local ??= port(browser.storage.local, onDisk);
  return local;
}

export function sessionArea(): StorageArea {
  session ??= port(browser.storage.session, ofTabs);
  return session;
}

/** Keeps content scripts out of both areas. Chromium only: Firefox has no such switch for `local`. */
export async function closeAreasToPages(): Promise<void> {
  for (const area of [browser.storage.local, browser.storage.session]) {
    const closable = area as Area & { setAccessLevel?: (options: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void> };
    await closable.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}
