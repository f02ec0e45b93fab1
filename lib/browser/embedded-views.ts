import { browser } from 'wxt/browser';

/**
 * Views in frames of web pages. In Firefox such a frame has the API of a content script: what is sent to all views does not
 * reach it, and it is not among the extension's contexts. Those are remembered, in memory only, and told one by one.
 * Chromium counts them among its contexts, and then there is nothing to do here.
 */
const KEY = 'embedded-views';

/** Documents and the tabs they are in. */
type Views = Map<string, number>;

interface Sender {
  url?: string | undefined;
  frameId?: number | undefined;
  documentId?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}
interface Contexts {
  getContexts(filter: { documentIds: string[] }): Promise<unknown[]>;
}

let loading: Promise<Views> | null = null;

/** The list outlives the worker, as the frames do. */
function known(): Promise<Views> {
  loading ??= browser.storage.session.get(KEY).then(({ [KEY]: held }) => new Map(Object.entries((held ?? {}) as object)));
  return loading;
}

async function keep(views: Views): Promise<void> {
  if (views.size === 0) await browser.storage.session.remove(KEY);
  else await browser.storage.session.set({ [KEY]: Object.fromEntries(views) });
}

/** Whether a message comes from a view in a frame of a web page. */
export function isEmbeddedView({ url, frameId, tab }: Sender): boolean {
  return frameId !== undefined && frameId > 0 && tab !== undefined && (url?.startsWith(browser.runtime.getURL('/')) ?? false);
}

/** Remembers the view that a message came from, if it would hear nothing otherwise. */
export async function noteEmbeddedView({ documentId, tab }: Sender): Promise<void> {
  const views = await known();
  if (documentId === undefined || tab?.id === undefined || views.has(documentId)) return;
  const contexts = await (browser.runtime as unknown as Contexts).getContexts({ documentIds: [documentId] });
  if (contexts.length > 0) return;
  views.set(documentId, tab.id);
  await keep(views);
}

/** Sends to each of them; one that is gone is forgotten. No other document of the tab gets the message. */
export async function tellEmbeddedViews(message: unknown): Promise<void> {
  const views = await known();
  const before = views.size;
  const tell = async ([documentId, tabId]: [string, number]) => {
    const only = { documentId } as { frameId?: number };
    await browser.tabs.sendMessage(tabId, message, only).catch(() => views.delete(documentId));
  };
  await Promise.all([...views].map(tell));
  if (views.size !== before) await keep(views);
}
