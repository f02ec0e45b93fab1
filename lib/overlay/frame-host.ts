/**
 * The only thing Sidelight ever puts into a page: a host element in the top layer with a closed shadow root, and in it a
 * tab at the page's edge that opens to a frame of the extension. The page's code cannot see into it; no CRM data is in the
 * page's process. It is put into pages that match, and nowhere else.
 */
import { coversFixedControl } from './fixed-controls';
import { watchFullView } from './full-view';
import { dress } from './host-sheet';
import { createTab, tabRect } from './tab-button';
import { clearTop, firstPlace, type TabPlace, topOf } from './tab-place';
import { watchTampering } from './tamper-watch';

export interface FrameHost {
  /** Opens the sidebar frame with this URL, or shows it again; `focus` gives it the keyboard. */
  open(url: string, focus: boolean): void;
  /** Closes the sidebar and gives the keyboard to the tab. */
  close(): void;
  isOpen(): boolean;
  /** The frame's page says that it is there. */
  arrived(): void;
  /** Takes everything out of the page. */
  remove(): void;
}

interface HostOptions {
  /** The accessible name of the tab, and what is said where the page lets no frame in. */
  words: { tab: string; refused: string };
  /** Where the user wants the tab on this site; null: nowhere special. */
  place: TabPlace | null;
  onToggle: () => void;
  /** The tab was pressed on a page that lets no frame in. */
  onRefused: () => void;
  onMove: (place: TabPlace) => void;
  onGone: () => void;
}

/** How long a frame may take until its page has said so, in ms: from its start, and once the browser says that it is loaded. */
const FRAME_MS = 8000;
const LOADED_MS = 1500;

/** When it is looked whether the tab covers something, in ms from its coming: cookie banners take their time. */
const LOOKS_MS = [0, 300, 1000, 2500, 6000];

/** Puts the tab into the page. */
export function createFrameHost(options: HostOptions): FrameHost {
  let place = options.place ?? firstPlace(getComputedStyle(document.documentElement).direction);
  let frame: HTMLIFrameElement | null = null;
  let waiting = 0;
  let isRefused = false;
  let told: HTMLElement | null = null;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const look = dress(root);
  const tab = createTab({
    label: options.words.tab,
    place: () => place,
    onBack: settle,
    onPress: () => (isRefused ? options.onRefused() : options.onToggle()),
    onMove(next) {
      place = next;
      settle();
      options.onMove(next);
    },
  });
  root.append(tab);

  /** Puts the tab where it is wanted, or beside that where it would cover a button that cannot be scrolled away. */
  function settle() {
    if (frame || tab.className === 'held') return;
    const covers = (top: number) => coversFixedControl(tabRect(place, top), host);
    const top = clearTop(topOf(place, innerHeight), innerHeight, covers);
    look.setEdge(place.edge);
    tab.className = place.edge;
    tab.style.top = `${top}px`;
    if (!told) return;
    told.className = place.edge;
    told.style.top = `${top}px`;
  }
  const show = () => {
    // The page may have made another kind of it, which the page's own popovers would close.
    host.popover = 'manual';
    document.documentElement.append(host);
    host.showPopover();
  };
  function close() {
    clearTimeout(waiting);
    frame?.remove();
    frame = null;
    watch.closely(false);
    tab.hidden = false;
    tab.setAttribute('aria-expanded', 'false');
    settle();
  }
  /** No frame of ours gets into this page: the tab stays, and leads to a view outside the page. */
  function refuse() {
    isRefused = true;
    told = document.createElement('p');
    told.setAttribute('role', 'status');
    root.append(told);
    close();
    told.textContent = options.words.refused;
  }
  function remove() {
    clearTimeout(waiting);
    watch.stop();
    unwatchView();
    end.abort();
    host.remove();
  }

  show();
  const watch = watchTampering(host, {
    taken() {
      close();
      show();
    },
    gone() {
      remove();
      options.onGone();
    },
  });
  const unwatchView = watchFullView(look.setAway);
  const end = new AbortController();
  const later = (ms: number) => setTimeout(settle, ms);
  const on = { capture: true, passive: true, signal: end.signal };
  addEventListener('resize', settle, on);
  addEventListener('scrollend', settle, on);
  // A banner goes when one of its buttons was pressed.
  addEventListener('click', () => later(400), on);
  LOOKS_MS.forEach(later);
  settle();

  return {
    open(url, focus) {
      close();
      const opened = document.createElement('iframe');
      // Without it a page with COEP require-corp shows an error in place of the frame (Chromium).
      opened.setAttribute('credentialless', '');
      opened.title = 'Sidelight';
      opened.className = place.edge;
      opened.src = url;
      tab.hidden = true;
      tab.setAttribute('aria-expanded', 'true');
      waiting = setTimeout(refuse, FRAME_MS) as unknown as number;
      opened.addEventListener(
        'load',
        () => {
          clearTimeout(waiting);
          // It is `load` for an error page, too.
          if (!opened.dataset.here) waiting = setTimeout(refuse, LOADED_MS) as unknown as number;
          // Only a loaded document can take the keyboard, so that Escape closes what a click has just opened.
          if (focus) opened.focus();
        },
        { once: true },
      );
      frame = opened;
      root.append(opened);
      watch.closely(true);
    },
    close() {
      close();
      tab.focus();
    },
    isOpen: () => frame !== null,
    arrived() {
      clearTimeout(waiting);
      if (frame) frame.dataset.here = '1';
    },
    remove,
  };
}
