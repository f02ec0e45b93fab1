/**
 * The style of all that is in the page. Constructed and with `!important`, it wins over inline styles, animations and layers of
 * the page (measured); `all` leaves the direction alone. The host is a line along the edge: a page that measures whether its
 * own elements are seen (IntersectionObserver v2) finds nothing over them but the tab itself. What is in it is placed by it and not
 * by the window, because a page that animates the host makes it the frame of reference (measured).
 */
const SHEET = `
:host{all:initial!important;direction:ltr!important;unicode-bidi:normal!important;position:fixed!important;
width:0!important;height:100%!important;max-height:none!important;margin:0!important;padding:0!important;border:0!important;
background:none!important;overflow:visible!important;display:block!important;opacity:1!important;visibility:visible!important;
filter:none!important;mask:none!important;clip-path:none!important;transform:none!important;translate:none!important;
scale:none!important;rotate:none!important;animation:none!important;transition:none!important;content-visibility:visible!important;
mix-blend-mode:normal!important;pointer-events:none!important;z-index:2147483647!important;color-scheme:light dark!important}
:host::backdrop{display:none!important}
*{box-sizing:border-box}
button{all:unset;position:absolute;width:28px;height:44px;pointer-events:auto;cursor:pointer;touch-action:none;user-select:none;
background:light-dark(#fff,#232429);box-shadow:0 1px 6px #0003,0 0 0 1px light-dark(#0002,#fff2);display:grid;place-items:center}
button.right{right:0;border-radius:8px 0 0 8px}
button.left{left:0;border-radius:0 8px 8px 0}
button.held{border-radius:8px;cursor:grabbing;transition:none}
button:focus-visible{outline:2px solid light-dark(#3c55cf,#9dadff);outline-offset:2px}
svg{width:18px;height:18px;display:block;pointer-events:none}
p{all:unset;position:absolute;width:max-content;max-width:min(260px,100vw - 56px);padding:8px 12px;border-radius:8px;pointer-events:none;
font:13px/1.4 system-ui,sans-serif;color:light-dark(#1b1c20,#ececf0);background:light-dark(#fff,#232429);
box-shadow:0 1px 6px #0003,0 0 0 1px light-dark(#0002,#fff2)}
p.right{right:36px}p.left{left:36px}
iframe{position:absolute;top:0;width:min(380px,100vw);height:100%;border:0;pointer-events:auto;color-scheme:light dark;
background:light-dark(#fff,#1a1b1e)}
iframe.right{right:0;box-shadow:-1px 0 0 light-dark(#0002,#fff2),-8px 0 32px #0002}
iframe.left{left:0;box-shadow:1px 0 0 light-dark(#0002,#fff2),8px 0 32px #0002}
[hidden]{display:none!important}
@media(prefers-reduced-motion:no-preference){button{transition:top .15s}}
@media(forced-colors:active){button,p{border:1px solid ButtonText}}
@media print{:host{display:none!important}}`;

const EDGES = {
  left: ':host{inset:0 auto 0 0!important}',
  right: ':host{inset:0 0 0 auto!important}',
} as const;
const AWAY = ':host{display:none!important}';

export interface HostDress {
  /** Puts the host to an edge of the window. */
  setEdge(edge: keyof typeof EDGES): void;
  /** Takes everything out of sight, and back into it; frames keep their documents. */
  setAway(away: boolean): void;
}

/** Puts the style on a shadow root. */
export function dress(root: ShadowRoot): HostDress {
  const [sheet, state] = [new CSSStyleSheet(), new CSSStyleSheet()];
  let [place, hidden]: [string, boolean] = [EDGES.right, false];
  const apply = () => state.replaceSync(hidden ? place + AWAY : place);
  sheet.replaceSync(SHEET);
  apply();
  root.adoptedStyleSheets = [sheet, state];
  return {
    setEdge(edge) {
      place = EDGES[edge];
      apply();
    },
    setAway(away) {
      hidden = away;
      apply();
    },
  };
}
