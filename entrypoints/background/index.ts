import { defineBackground } from 'wxt/utils/define-background';
import { browser } from 'wxt/browser';
import { isEmbeddedView, noteEmbeddedView } from '@/lib/browser/embedded-views';
import { self } from '@/lib/browser/self';
import { createRouter } from '@/lib/messaging/router';
import { log } from '@/lib/shared/logger';
import { inAHurry } from './hurry';
import { registerLifecycle } from './lifecycle';
import { createHandlers } from './message-handlers';
import { createServices } from './services';

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
