import { defineBackground } from 'wxt/utils/define-background';
import { browser } from 'wxt/browser';
import { isEmbeddedView, noteEmbeddedView } from '@/lib/browser/embedded-views';
import { openOutside } from '@/lib/browser/side-panel';
import { self } from '@/lib/browser/self';
import type { RequestName } from '@/lib/messaging/protocol';
import { createRouter } from '@/lib/messaging/router';
import { log } from '@/lib/shared/logger';
import { inAHurry } from './hurry';
import { registerLifecycle } from './lifecycle';
import { createHandlers } from './message-handlers';
import { createServices } from './services';

/** A press on the tab of a page that lets no frame in. The user's gesture holds only until something is awaited. */
function isWishForOutside<S extends { tab?: { id?: number | undefined } | undefined }>(
  message: unknown,
  sender: S,
): sender is S & { tab: { id: number } } {
  const { name } = (message ?? {}) as { name?: RequestName };
  return name === 'overlay.outside' && sender.tab?.id !== undefined;
}

export default defineBackground({
  main() {
    const services = createServices();
    const route = createRouter(
      inAHurry(createHandlers(services), services.pace),
      self(),
      ({ code }, request) => log('request-failed', { code, request }),
      services.locking.isLocked,
    );
    browser.runtime.onMessage.addListener((message: unknown, sender) => {
      if (isWishForOutside(message, sender)) openOutside(sender.tab.id);
      const answer = () =>
        route(message, {
          id: sender.id,
          url: sender.url,
          origin: sender.origin,
          frameId: sender.frameId,
          tabId: sender.tab?.id,
          documentId: sender.documentId,
        });
      return isEmbeddedView(sender) ? noteEmbeddedView(sender).then(answer) : answer();
    });
    registerLifecycle(services);
  },
});
