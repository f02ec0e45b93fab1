import type { SenderFacts } from '@/lib/messaging/sender-policy';

export const SELF = { id: 'abcdefghijklmnopabcdefghijklmnop', origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' };

/** What the browser says of a sender in each role. */
export const SENDERS = {
  content: {
    id: SELF.id,
    url: 'https://www.acme.com/start',
    origin: 'https://www.acme.com',
    frameId: 0,
    tabId: 7,
    documentId: 'page',
  },
  sidebar: {
    id: SELF.id,
    url: `${SELF.origin}/sidebar.html#t=x`,
    origin: SELF.origin,
    frameId: 4,
    tabId: 7,
    documentId: 'frame',
  },
  sidepanel: {
    id: SELF.id,
    url: `${SELF.origin}/sidepanel.html`,
    origin: SELF.origin,
    frameId: undefined,
    tabId: undefined,
    documentId: 'panel',
  },
  popup: {
    id: SELF.id,
    url: `${SELF.origin}/popup.html`,
    origin: SELF.origin,
    frameId: undefined,
    tabId: undefined,
    documentId: 'popup',
  },
  options: { id: SELF.id, url: `${SELF.origin}/options.html`, origin: SELF.origin, frameId: 0, tabId: 9, documentId: 'options' },
  setup: { id: SELF.id, url: `${SELF.origin}/setup.html`, origin: SELF.origin, frameId: 0, tabId: 10, documentId: 'setup' },
} as const satisfies Record<string, SenderFacts>;
