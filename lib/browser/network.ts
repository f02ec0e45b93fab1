/** False only when the browser knows of no network; true says nothing. */
export function mayBeOnline(): boolean {
  return navigator.onLine;
}

/** Calls `handler` when the browser has found a network again. Only while the worker lives; see alarms for the rest. */
export function onOnline(handler: () => void): void {
  globalThis.addEventListener('online', handler);
}
