import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { onOverlayCommand, request } from '@/lib/messaging/request';
import type { OverlayAnswer } from '@/lib/messaging/overlay-protocol';
import type { createFrameHost, FrameHost } from '@/lib/overlay/frame-host';

/** Narrower windows have no room for a sidebar that nobody asked for, in CSS pixels. */
const ROOM = 900;

/**
 * Asks once whether this site is somebody in the CRM. The answer is "nothing", and then the page is never touched, or a
 * token for one frame. It carries no data of the CRM, and says nothing about the page: the browser tells the background
 * where the question comes from. What shows the tab comes with the answer, from entrypoints/overlay-tab.
 *
 * To WXT this is an unlisted script: the wrapper it gives to content scripts announces itself to the page by an event that
 * carries the extension's id, and brings 12 KB along. lib/browser/overlay-script.ts registers it.
 */
export default defineUnlistedScript({
  main() {
    // The script may be put into a page twice, when access to sites is taken back and given again.
    const shared = globalThis as {
      sidelightRuns?: true;
      sidelightTab?: typeof createFrameHost;
      sidelightArrived?: () => void;
    };
    if (shared.sidelightRuns) return;
    shared.sidelightRuns = true;
    let host: FrameHost | null = null;
    let asking = false;
    /** What is to be shown as soon as that which shows it is in the page: it is sent with the answer, not before. */
    let awaited: (() => void) | null = null;
    /** The page keeps taking the tab away, and may have its will. */
    let gone = false;
    let byPath = false;
    /** The address that was asked about last, where the answer depends on it. */
    let asked = '';

    const remove = () => {
      awaited = null;
      host?.remove();
      host = null;
    };

    const giveUp = () => {
      gone = true;
      remove();
    };

    const tell = (...message: Parameters<typeof request>) => void request(...message).catch(() => {});

    function close() {
      host?.close();
      tell('overlay.closed', {});
      // It may have stood here for this once only, because the user asked for it.
      void show();
    }

    /** Shows the tab, and then does what is to be done with it. */
    function put(place: OverlayAnswer['place'], then: () => void) {
      const create = shared.sidelightTab;
      awaited = create ? null : () => put(place, then);
      if (!create) return;
      const word = (key: string) => chrome.i18n.getMessage(`overlay_${key}`);
      host ??= create({
        words: { tab: word('tab'), refused: word('refused') },
        place,
        onToggle: toggle,
        onRefused: () => tell('overlay.outside', {}),
        onMove: (next) => tell('overlay.move', next),
        onGone: giveUp,
      });
      then();
    }

    shared.sidelightArrived = () => awaited?.();

    function open(token: string, focus: boolean) {
      host?.open(`${chrome.runtime.getURL('/sidebar.html')}#t=${token}`, focus);
    }

    async function ask(): Promise<OverlayAnswer | null> {
      asked = location.pathname;
      const answer = await request('overlay.ask', {}).catch(() => null);
      byPath ||= answer?.byPath ?? false;
      return answer;
    }

    async function toggle() {
      if (asking) return;
      asking = true;
      const token = (await ask())?.token;
      asking = false;
      if (token) open(token, true);
      else remove();
    }

    /** Shows the tab, or takes it away again, by what the copy says now. Asking would void the token of an open sidebar. */
    async function show(): Promise<void> {
      if (gone || document.contentType !== 'text/html' || host?.isOpen()) return;
      const answer = await ask();
      // The page went on while the answer was on its way.
      if (byPath && asked !== location.pathname) return show();
      if (!answer?.token) return remove();
      const isNew = !host;
      const { token, place } = answer;
      put(place, () => {
        // The keyboard stays where it is: nobody asked for this.
        if (isNew && answer.open && innerWidth >= ROOM) open(token, false);
      });
    }

    onOverlayCommand((command) => {
      if (command.overlay === 'remove') remove();
      else if (command.overlay === 'close') close();
      else if (command.overlay === 'here') host?.arrived();
      else if (command.overlay === 'refresh') void show();
      else if (host?.isOpen()) close();
      else put(command.place, () => open(command.token, true));
    });
    // A page may go on to another company without being loaded anew; only platforms have several on one site.
    window.navigation?.addEventListener('currententrychange', () => {
      if (!byPath || asked === location.pathname) return;
      if (host?.isOpen()) remove();
      void show();
    });
    // Back from the cache, a page is as old as when it was left.
    addEventListener('pageshow', (event) => {
      if (event.persisted) void show();
    });
    if ('prerendering' in document && document.prerendering)
      document.addEventListener('prerenderingchange', () => void show(), { once: true });
    else void show();
  },
});
