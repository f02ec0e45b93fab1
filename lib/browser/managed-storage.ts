import { browser } from 'wxt/browser';

/** What the administrator has set for this extension. Nobody but the browser's policy writes it. */
export interface ManagedArea {
  /** Everything that is set; an empty object when nothing is. */
  load(): Promise<Record<string, unknown>>;
  /** To be called while the worker starts. Chromium alone tells of changes; Firefox reads its policy when it starts. */
  onChange(handler: () => void): void;
}

export function managedArea(): ManagedArea {
  return {
    // Firefox refuses when there is no policy for this add-on (MDN, storage.managed).
    load: () => browser.storage.managed.get(null).catch(() => ({})),
    onChange(handler) {
      browser.storage.onChanged.addListener((_, area) => {
        if (area === 'managed') handler();
      });
    },
  };
}
