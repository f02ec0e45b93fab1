import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createFrameHost } from '@/lib/overlay/frame-host';

/**
 * What the content script shows on a match. The background puts it into the page when it answers, so that the many pages that
 * match nothing do not pay for it. It does nothing but leave its maker where the content script finds it, in their own world,
 * and say so.
 */
export default defineUnlistedScript({
  main() {
    const shared = globalThis as { sidelightTab?: typeof createFrameHost; sidelightArrived?: () => void };
    shared.sidelightTab ??= createFrameHost;
    shared.sidelightArrived?.();
  },
});
