import { drawMark } from './mark';
import { nudged, snapped, TAB, type TabPlace } from './tab-place';

/** From here on it is a drag and no click, in CSS pixels. */
const DRAG_FROM = 4;

interface TabOptions {
  label: string;
  /** A real click or key press on it. */
  onPress: () => void;
  /** The user has put it there. */
  onMove: (place: TabPlace) => void;
  /** It was taken up and is to go back to where it was. */
  onBack: () => void;
  /** Where it is wanted now. */
  place: () => TabPlace;
}

/**
 * The tab itself. It is dragged with the pointer and let go at the nearer edge, or moved by the arrow keys. Only the person's own
 * events count: a page can send others.
 */
export function createTab({ label, onPress, onMove, onBack, place }: TabOptions): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-expanded', 'false');
  button.append(drawMark());

  /** Where it was taken up: the pointer in the window, the tab in its host. */
  let from: { x: number; y: number; left: number; top: number } | null = null;
  let dragged = false;

  button.addEventListener('pointerdown', (event) => {
    dragged = false;
    if (!event.isTrusted || event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, left: button.offsetLeft, top: button.offsetTop };
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener('pointermove', (event) => {
    if (!event.isTrusted || !from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    dragged ||= Math.hypot(x, y) >= DRAG_FROM;
    if (!dragged) return;
    button.className = 'held';
    button.style.left = `${from.left + x}px`;
    button.style.top = `${from.top + y}px`;
  });
  const drop = (event: PointerEvent) => {
    if (!event.isTrusted || !from) return;
    from = null;
    if (!dragged) return;
    const { top } = button.getBoundingClientRect();
    button.className = '';
    button.style.left = '';
    if (event.type === 'pointerup') onMove(snapped(event.clientX, top, { width: innerWidth, height: innerHeight }));
    else onBack();
  };
  button.addEventListener('pointerup', drop);
  button.addEventListener('pointercancel', drop);
  button.addEventListener('click', (event) => {
    if (event.isTrusted && !dragged) onPress();
    dragged = false;
  });
  button.addEventListener('keydown', (event) => {
    const next = event.isTrusted ? nudged(place(), event.key, innerHeight) : null;
    if (!next) return;
    event.preventDefault();
    onMove(next);
  });
  return button;
}

/** Where the tab stands in the window when its upper edge is at `top`. */
export function tabRect({ edge }: TabPlace, top: number) {
  return { x: edge === 'left' ? 0 : innerWidth - TAB.width, y: top, ...TAB };
}
