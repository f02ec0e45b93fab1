import { describe, expect, it, vi } from 'vitest';
import { createOverlayHandlers, createSidebarKey } from '@/entrypoints/background/overlay-handlers';
import type { Caller } from '@/lib/messaging/router';
import { UNPACED } from '@/lib/shared/pace';
import { NO_POLICY } from '@/lib/settings/policy';

/** What the test answers in the place of the copy and of the browser. */
const world = vi.hoisted(() => ({
  accounts: async (): Promise<number> => 1,
  inject: async (): Promise<boolean> => true,
  told: [] as string[],
  outside: [] as number[],
}));
vi.mock('wxt/browser', () => ({ browser: {} }));
vi.mock('@/entrypoints/background/site-matching', () => ({
  accountCount: () => world.accounts(),
  hasAccounts: async () => (await world.accounts()) > 0,
}));
vi.mock('@/lib/browser/host-access', () => ({ hasAccessToAllSites: async () => true }));
vi.mock('@/lib/browser/overlay-script', () => ({ injectTab: () => world.inject() }));
vi.mock('@/lib/browser/side-panel', () => ({ openOutside: (tabId: number) => world.outside.push(tabId) }));
vi.mock('@/lib/browser/tabs', () => ({ tabInFront: async () => ({ url: 'https://acme.com/' }) }));
vi.mock('@/lib/browser/views', () => ({
  tellOverlays: async ({ overlay }: { overlay: string }) => void world.told.push(overlay),
  tellViews: async () => undefined,
}));

const page: Caller = { role: 'content', tabId: 7, documentId: 'd', url: 'https://acme.com/' };

/** The background of a page with a match, whose vault is locked while `during` answers. */
function background(during: 'accounts' | 'inject' | null) {
  let locked = false;
  const issued: number[] = [];
  const counted: number[] = [];
  world.told.length = 0;
  world.outside.length = 0;
  world.accounts = async () => {
    if (during === 'accounts') locked = true;
    return 1;
  };
  world.inject = async () => {
    if (during === 'inject') locked = true;
    return true;
  };
  const services = {
    connections: { ready: async () => [] },
    frames: {
      async issue(tabId: number) {
        issued.push(tabId);
        return 'token';
      },
    },
    overlays: { shown: async () => ({ place: null, open: false }), placed: async () => null },
    pace: UNPACED,
    settings: {},
    policy: { get: async () => NO_POLICY },
    toolbar: { site: (_: number, count: number) => counted.push(count) },
    vault: { locked: async () => (locked ? 'screen' : null) },
  } as unknown as Parameters<typeof createOverlayHandlers>[0]['services'];
  const unused = async () => null as never;
  const handlers = createOverlayHandlers({ services, frameSite: unused, siteInFront: unused });
  return { ask: () => handlers['overlay.ask']({}, page), key: createSidebarKey(services), issued, counted };
}

describe('what a page is told of its site', () => {
  it('is a token when there is a match', async () => {
    const { ask, issued, counted } = background(null);
    expect(await ask()).toMatchObject({ token: 'token' });
    expect(issued).toEqual([7]);
    await expect.poll(() => counted).toEqual([1]);
  });

  it('is nothing when it was locked while the copy was looked at', async () => {
    const { ask, issued } = background('accounts');
    expect(await ask()).toBeNull();
    expect(issued).toEqual([]);
  });

  it('is not remembered for the toolbar either, which a lock has emptied', async () => {
    const { ask, counted } = background('accounts');
    await ask();
    expect(counted).toEqual([]);
  });

  it.each(['accounts', 'inject'] as const)(
    'does not come by the key when it was locked while %s were looked at',
    async (during) => {
      const { key, issued } = background(during);
      await key(7);
      expect([issued, world.told, world.outside]).toEqual([[], [], [7]]);
    },
  );
});
