import { type RefObject, useEffect, useRef } from 'react';

/** Elements in which a slash is a letter, or belongs to what stands over the view. */
const OWN_KEYS = 'input, textarea, select, dialog';

/**
 * Lets `/` anywhere in the view focus `field`, while `on`. What it gives returns the focus to where it came from, or to the view's
 * main part where that is gone or the field was clicked; null while it is not `on`.
 */
export function useSlash(field: RefObject<HTMLElement | null>, on: boolean): (() => void) | null {
  const from = useRef<Element | null>(null);
  useEffect(() => {
    if (!on) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
      if (key !== '/' || ctrlKey || metaKey || altKey || isComposing || defaultPrevented || !field.current) return;
      if (target instanceof Element && target.closest(OWN_KEYS)) return;
      from.current = document.activeElement;
      field.current.focus();
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [field, on]);
  if (!on) return null;
  return () => {
    const before = from.current;
    from.current = null;
    const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
    (isThere ? before : field.current?.closest('main'))?.focus();
  };
}
