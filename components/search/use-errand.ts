import { useEffect, useEffectEvent } from 'react';
import type { Errand } from '@/lib/messaging/search-protocol';
import { request } from '@/lib/messaging/request';

/**
 * Does the errand that a menu or the address bar has left, if one waits when the view is opened. The popup, which is opened for it,
 * takes it in any case; the side panel, which may unlock below it at the same moment, only when it has the focus (`ifFocused`).
 */
export function useErrand(onErrand: (errand: Errand) => void, { ifFocused = false } = {}): void {
  const take = useEffectEvent(async () => {
    if (ifFocused && !document.hasFocus()) return;
    const errand = await request('errand.take', {}).catch(() => null);
    if (errand) onErrand(errand);
  });
  useEffect(() => void take(), []);
}
