import { i18n } from '#i18n';
import type { StorageArea } from '@/lib/browser/storage-area';
import { showButton, type ToolbarButton } from '@/lib/browser/toolbar';
import { type ToolbarFacts, type ToolbarLook, toolbarLook } from '@/lib/overlay/toolbar-look';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';

/** How many Accounts the site in a tab has, by tab: in memory, and gone with everything else there at the lock. */
const KEY = 'toolbar-tabs';
const FILES: Record<ToolbarLook['icon'], string> = { plain: '', match: 'match-', locked: 'locked-' };
const SIZES = [16, 32, 48, 128];

type Tabs = Record<string, number>;

const WORDS = {
  locked: 'toolbar.locked',
  trouble: 'toolbar.trouble',
  match: 'toolbar.match',
  syncing: 'toolbar.syncing',
} as const;

function words(says: ToolbarLook['says'], matches: number): string {
  const sentences = says.map((one) => (one === 'several' ? i18n.t('toolbar.several', [String(matches)]) : i18n.t(WORDS[one])));
  return [i18n.t('extName'), sentences.join(' ')].filter((part) => part !== '').join(': ');
}

function buttonOf(facts: ToolbarFacts): ToolbarButton {
  const { icon, badge, says } = toolbarLook(facts);
  const files = SIZES.map((size) => [size, `/icon/${FILES[icon]}${size}.png`]);
  return { icon: Object.fromEntries(files), badge, title: words(says, facts.matches) };
}

/** Keeps the toolbar's button up to date: everywhere, and in the tabs whose site has Accounts. */
export function createToolbar(session: StorageArea, isLocked: () => Promise<boolean>) {
  let trouble = false;
  const syncing = new Set<string>();
  /** One after another, so that an older state is never shown over a newer one. */
  let queue: Promise<unknown> = Promise.resolve();

  function inLine(work: () => Promise<void>): Promise<void> {
    const done = queue.then(work).catch((error) => logFailure(toAppError(error)));
    queue = done;
    return done;
  }

  const known = async () => ((await session.get(KEY)) ?? {}) as Tabs;
  const factsOf = async (matches: number) => ({ locked: await isLocked(), trouble, syncing: syncing.size > 0, matches });

  async function showAll(tabs: Tabs): Promise<void> {
    const facts = await factsOf(0);
    await showButton(buttonOf(facts));
    await Promise.all(Object.entries(tabs).map(([tab, matches]) => showButton(buttonOf({ ...facts, matches }), Number(tab))));
  }

  return {
    /** After anything that concerns all tabs. */
    refresh: () => inLine(async () => showAll(await known())),
    /** A tab has come to a site with so many Accounts. */
    site: (tabId: number, matches: number) =>
      inLine(async () => {
        const tabs = await known();
        const isNews = (tabs[tabId] ?? 0) !== matches;
        if (matches > 0) tabs[tabId] = matches;
        else delete tabs[tabId];
        if (isNews) await session.set(KEY, tabs);
        // The browser itself takes back what was shown of the page before.
        if (isNews || matches > 0) await showButton(buttonOf(await factsOf(matches)), tabId);
      }),
    setTrouble: (now: boolean) =>
      inLine(async () => {
        trouble = now;
        await showAll(await known());
      }),
    setSyncing: (connectionId: string, now: boolean) => {
      if (syncing.has(connectionId) === now) return queue;
      if (now) syncing.add(connectionId);
      else syncing.delete(connectionId);
      return inLine(async () => showAll(await known()));
    },
    /** Nothing is known of any tab any more; to be called before the session's storage is emptied. */
    forget: () =>
      inLine(async () => {
        const tabs = await known();
        syncing.clear();
        await session.remove(KEY);
        await showAll(Object.fromEntries(Object.keys(tabs).map((tab) => [tab, 0])));
      }),
  };
}

export type Toolbar = ReturnType<typeof createToolbar>;
