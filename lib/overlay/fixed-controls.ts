/** What a person can press. A fixed frame counts as a whole: what is in it cannot be seen from outside. */
const CONTROLS = 'a[href],button,input,select,textarea,label,summary,iframe,[role=button],[role=link],[role=checkbox],[onclick]';

/** The element that a click at a point would meet, the host aside; open shadow roots are looked into. */
function hit(root: DocumentOrShadowRoot, x: number, y: number, host: Element): Element | null {
  const top = root.elementsFromPoint(x, y).find((element) => element !== host);
  const inner = top?.shadowRoot;
  return (inner && inner !== root && hit(inner, x, y, host)) || top || null;
}

const above = (element: Element): Element | null =>
  element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;

/** Whether it stays where it is while the page scrolls. */
function isPinned(element: Element): boolean {
  for (let one: Element | null = element; one; one = above(one)) {
    if (/^(?:fixed|sticky)$/.test(getComputedStyle(one).position)) return true;
  }
  return false;
}

/** The nearest control around an element, also across the borders of shadow roots. */
function controlAround(element: Element): Element | null {
  for (let one: Element | null = element; one; one = above(one)) {
    if (one.matches(CONTROLS)) return one;
  }
  return null;
}

/**
 * Whether a rectangle of the window covers a control that does not scroll away from under it: a button of a cookie banner, of a
 * chat, of a fixed header. What scrolls with the page can be scrolled to where it is free.
 */
export function coversFixedControl(rect: { x: number; y: number; width: number; height: number }, host: Element): boolean {
  for (const down of [0, 1 / 3, 2 / 3, 1]) {
    for (const along of [0, 0.5, 1]) {
      const element = hit(document, rect.x + along * (rect.width - 1), rect.y + down * (rect.height - 1), host);
      const control = element && controlAround(element);
      if (control && isPinned(control)) return true;
    }
  }
  return false;
}
