import { browser } from 'wxt/browser';

/** A key-value area of the extension. `local` is on disk and must hold nothing personal; `session` is in memory only. */
export interface StorageArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Empties the area and writes `rest` back. Unlike `remove` this takes the old bytes off the disk in Chromium
   * (measured; Firefox keeps them).
   */
  replaceAll(rest: Record<string, unknown>): Promise<void>;
  all(): Promise<Record<string, unknown>>;
}

type Area = typeof browser.storage.local;

function port(area: Area): StorageArea {
  return {
    async get(key) {
      return (await area.get(key))[key];
    },
    set: (key, value) => area.set({ [key]: value }),
    remove: (key) => area.remove(key),
    async replaceAll(rest) {
      await area.clear();
      await area.set(rest);
    },
    all: () => area.get(null),
  };
}

export const localArea = (): StorageArea => port(browser.storage.local);
export const sessionArea = (): StorageArea => port(browser.storage.session);

/** Keeps content scripts out of both areas. Chromium only: Firefox has no such switch for `local`. */
export async function closeAreasToPages(): Promise<void> {
  for (const area of [browser.storage.local, browser.storage.session]) {
    const closable = area as Area & { setAccessLevel?: (options: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void> };
    await closable.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  }
}
