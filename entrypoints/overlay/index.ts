import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createFrameHost, type FrameHost } from '@/lib/overlay/frame-host';
import { onOverlayCommand, request } from '@/lib/messaging/request';

/**
 * Asks once whether this site is somebody in the CRM. The answer is "nothing", and then the page is never touched, or a
 * token for one frame. It carries no data of the CRM, and says nothing about the page: the browser tells the background
 * where the question comes from.
 *
 * To WXT this is an unlisted script: the wrapper it gives to content scripts announces itself to the page by an event that
 * carries the extension's id, and brings 12 KB along. lib/browser/overlay-script.ts registers it.
 */
export default defineUnlistedScript({
  main() {
    // The script may be put into a page twice, when access to sites is taken back and given again.
    const once = globalThis as { sidelightRuns?: true };
    if (once.sidelightRuns) return;
    once.sidelightRuns = true;
    let host: FrameHost | null = null;
    let asking = false;
    /** The page keeps taking the tab away, and may have its will. */
    let gone = false;
    let byPath = false;
    /** The address that was asked about last, where the answer depends on it. */
    let asked = '';

    const remove = () => {
      host?.remove();
      host = null;
    };

    const giveUp = () => {
      gone = true;
      remove();
    };

    async function ask(): Promise<string | null> {
      asked = location.pathname;
      const answer = await request('overlay.ask', {}).catch(() => null);
      byPath ||= answer?.byPath ?? false;
      return answer?.token ?? null;
    }

    async function toggle() {
      if (asking) return;
      asking = true;
      const token = await ask();
      asking = false;
      if (!token) remove();
      else host?.open(`${chrome.runtime.getURL('/sidebar.html')}#t=${token}`);
    }

    /** Shows the tab, or takes it away again, by what the copy says now. Asking would void the token of an open sidebar. */
    async function show(): Promise<void> {
      if (gone || document.contentType !== 'text/html' || host?.isOpen()) return;
      const token = await ask();
      // The page went on while the answer was on its way.
      if (byPath && asked !== location.pathname) await show();
      else if (!token) remove();
      else host ??= createFrameHost({ label: 'Sidelight', onToggle: toggle, onGone: giveUp });
    }

    onOverlayCommand(({ overlay }) => {
      if (overlay === 'remove') remove();
      else if (overlay === 'close') host?.close();
      else void show();
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
