/**
 * The only thing Sidelight ever puts into a page: a host element in the top layer with a closed shadow root, and in it a
 * tab at the page's edge that opens to a frame of the extension. The page's code cannot see into it; no CRM data is in the
 * page's process. Its style stands in a constructed sheet with `!important`, which page styles and page CSP cannot touch.
 */
export interface FrameHost {
  /** Opens the sidebar frame with this URL, or shows it again. */
  open(url: string): void;
  close(): void;
  isOpen(): boolean;
  /** Takes everything out of the page. */
  remove(): void;
}

const SHEET = `
:host{all:initial!important;position:fixed!important;inset:0 0 0 auto!important;width:auto!important;height:100%!important;
max-height:none!important;margin:0!important;padding:0!important;border:0!important;background:none!important;overflow:visible!important;
display:block!important;opacity:1!important;visibility:visible!important;filter:none!important;mask:none!important;clip-path:none!important;
transform:none!important;pointer-events:none!important;z-index:2147483647!important;color-scheme:light dark!important}
*{box-sizing:border-box}
button{all:unset;position:absolute;top:38%;right:0;width:28px;height:44px;border-radius:8px 0 0 8px;pointer-events:auto;cursor:pointer;
background:light-dark(#fff,#26272b);box-shadow:0 1px 6px #0003,0 0 0 1px light-dark(#0002,#fff2);display:grid;place-items:center}
button:focus-visible{outline:2px solid light-dark(#2f5bd8,#8fb0ff);outline-offset:2px}
svg{width:18px;height:18px;display:block}
iframe{position:absolute;top:0;right:0;width:min(380px,100vw);height:100%;border:0;pointer-events:auto;color-scheme:light dark;
background:light-dark(#fff,#1b1c1f);box-shadow:-1px 0 0 light-dark(#0002,#fff2),-8px 0 32px #0002}
[hidden]{display:none!important}
@media print{:host{display:none!important}}`;

const SVG = 'http://www.w3.org/2000/svg';

/** The product's mark, as in components/ui/Mark.tsx: drawn by hand because pages may forbid images and markup. */
const MARK: readonly { d: string; fill: string; stroke?: string }[] = [
  { d: 'M8.5 1H20v30H8.5A7.5 7.5 0 0 1 1 23.5v-15A7.5 7.5 0 0 1 8.5 1z', fill: '#4258cf' },
  { d: 'M20 1h3.5A7.5 7.5 0 0 1 31 8.5v15a7.5 7.5 0 0 1-7.5 7.5H20z', fill: '#ffc14d' },
  { d: 'M7 10.5h8M7 16h8M7 21.5h5', fill: 'none', stroke: '#fff' },
];

function mark(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('aria-hidden', 'true');
  for (const { d, fill, stroke = 'none' } of MARK) {
    const path = document.createElementNS(SVG, 'path');
    for (const [name, value] of Object.entries({ d, fill, stroke, 'stroke-width': '2.4', 'stroke-linecap': 'round' })) {
      path.setAttribute(name, value);
    }
    svg.append(path);
  }
  return svg;
}

/** How often per second the page may take the host away before we give up on this page. */
const MOST_REMOVALS = 3;

/** Puts the tab into the page. `onToggle` is called for a real click on it; `label` is its accessible name. */
export function createFrameHost(options: { label: string; onToggle: () => void; onGone: () => void }): FrameHost {
  const host = document.createElement('div');
  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', options.label);
  button.setAttribute('aria-expanded', 'false');
  button.append(mark());
  button.addEventListener('click', (event) => {
    if (event.isTrusted) options.onToggle();
  });
  root.append(button);

  let frame: HTMLIFrameElement | null = null;
  let removals = 0;
  const show = () => {
    document.documentElement.append(host);
    host.showPopover();
  };
  /** A page may re-render its whole body; one that keeps tampering loses the overlay for good. */
  const observer = new MutationObserver(() => {
    if (host.isConnected && host.matches(':popover-open')) return;
    removals += 1;
    if (removals > MOST_REMOVALS) {
      remove();
      options.onGone();
      return;
    }
    close();
    show();
  });
  function close() {
    frame?.remove();
    frame = null;
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
  }
  function remove() {
    observer.disconnect();
    host.remove();
  }
  show();
  observer.observe(document.documentElement, { childList: true });
  observer.observe(host, { attributes: true });

  return {
    open(url) {
      close();
      frame = document.createElement('iframe');
      // Without it a page with COEP require-corp shows an error in place of the frame (Chromium).
      frame.setAttribute('credentialless', '');
      frame.title = 'Sidelight';
      frame.src = url;
      button.hidden = true;
      button.setAttribute('aria-expanded', 'true');
      // Only a loaded document can take the keyboard, so that Escape closes what a click has just opened.
      frame.addEventListener('load', () => frame?.focus(), { once: true });
      root.append(frame);
    },
    close() {
      close();
      button.focus();
    },
    isOpen: () => frame !== null,
    remove,
  };
}
