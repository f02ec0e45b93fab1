/** When a view was painted, in milliseconds since 1970. */
export interface Painted {
  /** The view's document was begun. */
  begun: number;
  /** Something was painted for the first time. */
  first: number;
  /** What the view is for was painted: a heading in its main part, which no skeleton has. */
  useful: number;
}

/** Runs in the view before anything else, and leaves what it saw in `sidelightPainted`. */
export function clockPaints(): void {
  const shared = globalThis as unknown as { sidelightPainted?: Painted };
  const { timeOrigin } = performance;
  const look = () => {
    if (!document.querySelector('main h1')?.textContent) return;
    observer.disconnect();
    // After the frame that shows it: a task that is queued in that frame's own callback comes behind its paint.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const useful = performance.now();
        const [first] = performance.getEntriesByName('first-contentful-paint');
        shared.sidelightPainted = {
          begun: timeOrigin,
          first: timeOrigin + Math.min(first?.startTime ?? useful, useful),
          useful: timeOrigin + useful,
        };
      };
      port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}
