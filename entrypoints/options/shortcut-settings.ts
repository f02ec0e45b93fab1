import { browser } from 'wxt/browser';

/** What the polyfill has no types for. */
interface CommandApis {
  /** Firefox, which opens no page of `chrome://` for an extension. */
  commands?: { openShortcutSettings?: () => Promise<void> };
}

/** Opens the browser's own page where the keys of extensions are set. A browser that refuses leaves everything as it is. */
export async function openShortcutSettings(): Promise<void> {
  const { commands } = browser as unknown as CommandApis;
  const opened = commands?.openShortcutSettings
    ? commands.openShortcutSettings()
    : browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
  await opened.catch(() => undefined);
}
