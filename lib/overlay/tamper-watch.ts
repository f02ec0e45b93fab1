/** How often the page may take the host away before we give up on this page. */
const MOST_REMOVALS = 3;

/** How often it is looked after while the sidebar is open, in ms: shorter than what the sidebar waits before it acts on a click. */
const LOOK_MS = 100;

export interface TamperWatch {
  /** While the sidebar is open, what gives no event that a page could not swallow is looked at too. */
  closely(on: boolean): void;
  stop(): void;
}

/**
 * Watches over the host. `onTaken` is called when the page has taken it out or out of the top layer, `onGone` when it does so again and
 * again. A page may re-render its whole body; one that keeps tampering loses the overlay for good.
 */
export function watchTampering(host: HTMLElement, on: { taken: () => void; gone: () => void }): TamperWatch {
  let removals = 0;
  let timer = 0;
  const look = () => {
    if (host.isConnected && host.parentNode === document.documentElement && host.matches(':popover-open')) return;
    removals += 1;
    if (removals > MOST_REMOVALS) {
      stop();
      on.gone();
    } else {
      on.taken();
      follow();
    }
  };
  const observer = new MutationObserver(look);
  /** `document.open` puts another root element into the place of the first. */
  function follow() {
    observer.disconnect();
    observer.observe(document, { childList: true });
    if (document.documentElement) observer.observe(document.documentElement, { childList: true });
    observer.observe(host, { attributes: true });
  }
  function stop() {
    observer.disconnect();
    clearInterval(timer);
  }
  follow();
  return {
    closely(open) {
      clearInterval(timer);
      if (open) timer = setInterval(look, LOOK_MS) as unknown as number;
    },
    stop,
  };
}
