import type { StorageArea } from '@/lib/browser/storage-area';
import { placeOf } from '@/lib/matching/site-decisions';
import type { HiddenSite, Hiding } from '@/lib/messaging/overlay-protocol';
import type { Site } from '@/lib/messaging/site-protocol';
import {
  ALWAYS,
  hiddenAt,
  hiddenSites,
  isOverlaySites,
  NO_OVERLAY_SITES,
  type OverlaySites,
  tabAt,
  withHidden,
  withShown,
  withTab,
} from '@/lib/overlay/overlay-sites';
import type { TabPlace } from '@/lib/overlay/tab-place';
import type { Clock } from '@/lib/shared/clock';
import type { SettingsStore } from '@/lib/settings/settings';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { localDay } from './summaries';

/** What was done with the overlay in one tab. Gone with the tab, with the browser, and when Sidelight locks. */
interface InTab {
  place: string;
  hidden?: boolean;
  closed?: boolean;
}

const BOX = 'overlay-sites';
const inTabKey = (tabId: number) => `overlay:${tabId}`;

/** Where the tab stands on each site, and where nothing is shown. Every connection has all of it sealed: none is the main one. */
export function createOverlaySites(options: {
  connections: Connections;
  settings: SettingsStore;
  session: StorageArea;
  clock: Clock;
}) {
  const { connections, settings, session, clock } = options;
  /** Read once per worker life and copy: a page visit must not pay for it again. */
  const read = new WeakMap<SealedBoxes, Promise<OverlaySites>>();
  /** Changes are put in line, so that none is written over another. */
  let queue: Promise<unknown> = Promise.resolve();

  async function load(boxes: SealedBoxes): Promise<OverlaySites> {
    const stored = await boxes.get(BOX);
    return isOverlaySites(stored) ? stored : NO_OVERLAY_SITES;
  }
  function sitesOf({ copy: { boxes } }: LiveConnection): Promise<OverlaySites> {
    const known = read.get(boxes) ?? load(boxes);
    read.set(boxes, known);
    known.catch(() => read.delete(boxes));
    return known;
  }
  async function all(): Promise<OverlaySites[]> {
    return Promise.all((await connections.ready()).map((one) => sitesOf(one).catch(() => NO_OVERLAY_SITES)));
  }
  function change(make: (sites: OverlaySites) => OverlaySites): Promise<void> {
    const done = queue.then(async () => {
      for (const connection of await connections.ready()) {
        const { boxes } = connection.copy;
        const next = make(await sitesOf(connection));
        await boxes.put(BOX, next);
        read.set(boxes, Promise.resolve(next));
      }
    });
    queue = done.catch(() => undefined);
    return done;
  }
  const today = () => localDay(clock.now());
  async function inTab(site: Site, tabId: number): Promise<InTab> {
    const held = (await session.get(inTabKey(tabId))) as InTab | undefined;
    return held?.place === placeOf(site) ? held : { place: placeOf(site) };
  }
  async function noteInTab(site: Site, tabId: number, part: Partial<InTab>): Promise<void> {
    await session.set(inTabKey(tabId), { ...(await inTab(site, tabId)), ...part });
  }
  async function hidden(site: Site, tabId: number): Promise<Hiding | null> {
    if ((await inTab(site, tabId)).hidden) return 'tab';
    const found = (await all()).map((sites) => hiddenAt(sites, placeOf(site), today()));
    return found.find((one) => one !== null) ?? null;
  }
  async function placed(site: Site): Promise<TabPlace | null> {
    const found = (await all()).map((sites) => tabAt(sites, placeOf(site)));
    return found.find((one) => one !== null) ?? (await settings.get()).tab;
  }

  return {
    /** Where the tab stands on a site: where it was put there, else where it was put last; null: nowhere yet. */
    placed,
    hidden,
    /** What is to be shown on a site that matches; null: nothing. */
    async shown(site: Site, tabId: number): Promise<{ place: TabPlace | null; open: boolean } | null> {
      const [{ overlay: mode }, here, why, place] = await Promise.all([
        settings.get(),
        inTab(site, tabId),
        hidden(site, tabId),
        placed(site),
      ]);
      if (mode === 'asked' || why !== null) return null;
      return { place, open: mode === 'open' && !here.closed };
    },
    async move(site: Site, tab: TabPlace): Promise<void> {
      await change((sites) => withTab(sites, placeOf(site), tab));
      await settings.change({ tab });
    },
    closed: (site: Site, tabId: number) => noteInTab(site, tabId, { closed: true }),
    async hide(site: Site, tabId: number, how: Hiding): Promise<void> {
      if (how === 'tab') await noteInTab(site, tabId, { hidden: true });
      else await change((sites) => withHidden(sites, placeOf(site), how === 'always' ? ALWAYS : today()));
    },
    async show(site: Site, tabId: number): Promise<void> {
      await noteInTab(site, tabId, { hidden: false });
      await change((sites) => withShown(sites, placeOf(site)));
    },
    showAt: (place: string) => change((sites) => withShown(sites, place)),
    async list(): Promise<HiddenSite[]> {
      const found = (await all()).flatMap((sites) => hiddenSites(sites, today()));
      return [...new Map(found.map((one) => [one.place, one])).values()];
    },
    drop: (tabId: number) => session.remove(inTabKey(tabId)),
  };
}

export type OverlayPlaces = ReturnType<typeof createOverlaySites>;
