const WEB = /^https?:$/;

/** Where the address of the page that is shown stands inside the address of the viewer. */
const VIEWERS: readonly [viewer: RegExp, parameter: string][] = [
  // Firefox's reader view.
  [/^about:reader\?/, 'url'],
  // Chromium's reading mode.
  [/^chrome-distiller:\/\//, 'url'],
  // Edge's immersive reader.
  [/^read:\/\//, 'url'],
];

function unwrapped(url: string): string {
  if (url.startsWith('view-source:')) return url.slice('view-source:'.length);
  const viewer = VIEWERS.find(([pattern]) => pattern.test(url));
  if (!viewer) return url;
  return new URLSearchParams(url.slice(url.indexOf('?') + 1)).get(viewer[1]) ?? '';
}

/**
 * The web page that an address bar with `url` shows, or null when it shows none (`about:`, `data:`, `file:`, the browser's own
 * pages). A blob is what a page has made of its own, and belongs to that page's origin (URL standard, "blob URL entry").
 */
export function shownUrl(url: string): URL | null {
  const parsed = URL.parse(unwrapped(url));
  if (!parsed) return null;
  if (WEB.test(parsed.protocol)) return parsed;
  const origin = parsed.protocol === 'blob:' ? URL.parse(parsed.pathname) : null;
  return origin && WEB.test(origin.protocol) ? new URL(origin.origin) : null;
}
