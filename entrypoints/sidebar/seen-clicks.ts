import { i18n } from '#i18n';

/**
 * A page can lay something over the frame, or make it invisible, and lead a click into it. So a click counts only while all of the
 * frame is seen. Links and what is marked `data-acts` wait until it has been seen for long enough, before the click and after
 * it: a page that hides the frame at the very click has it destroyed before they act (lib/overlay/tamper-watch.ts).
 *
 * Only Chromium can say what is seen (IntersectionObserver v2); elsewhere a click counts when the frame is in the window.
 */
const SEEN_MS = 500;
const WAIT_MS = 250;
const ACTS = 'a[href],[data-acts]';

interface SeenEntry {
  isIntersecting: boolean;
  intersectionRatio: number;
  isVisible?: boolean;
}

/** A page that is zoomed has edges at fractions of a pixel. */
const ALL = 0.98;

/** Follows since when all of `target` has been seen without a break; null while it is not. */
function followSeen(target: Element): () => number | null {
  let since: number | null = null;
  const follow = (entries: readonly SeenEntry[]) => {
    const last = entries.at(-1);
    if (!last) return;
    const isSeen = last.isIntersecting && last.intersectionRatio >= ALL && last.isVisible !== false;
    since = isSeen ? (since ?? performance.now()) : null;
  };
  const options = { threshold: [0, ALL, 1], trackVisibility: true, delay: 100 };
  new IntersectionObserver(follow, options).observe(target);
  return () => since;
}

function sayCovered(): void {
  if (document.getElementById('covered')) return;
  const words = document.createElement('p');
  words.id = 'covered';
  words.setAttribute('role', 'alert');
  words.className = 'fixed inset-x-2 bottom-11 z-10 rounded-lg bg-warn-soft px-3 py-2 text-sm shadow-lift';
  words.textContent = i18n.t('overlay.covered');
  document.body.append(words);
  setTimeout(() => words.remove(), 8000);
}

/** Lets only those clicks through that were made on what could be seen. */
export function guardClicks(): void {
  const seenSince = followSeen(document.documentElement);
  let passing = false;

  async function later(target: HTMLElement, since: number): Promise<void> {
    const rest = Math.max(WAIT_MS, SEEN_MS - (performance.now() - since));
    await new Promise((done) => setTimeout(done, rest));
    if (seenSince() !== since) return sayCovered();
    passing = true;
    target.click();
    passing = false;
  }

  const onClick = (event: MouseEvent) => {
    if (passing || !(event.target instanceof Element)) return;
    const since = seenSince();
    const acting = event.target.closest<HTMLElement>(ACTS);
    // What opens and closes something in here needs no more than to be seen.
    if (since !== null && !acting) return;
    const isPlain = event.type === 'click' && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const isLongSeen = since !== null && performance.now() - since >= SEEN_MS;
    if (isLongSeen && !isPlain) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (since !== null && acting && isPlain) void later(acting, since);
    else sayCovered();
  };
  addEventListener('click', onClick, true);
  addEventListener('auxclick', onClick, true);
}
