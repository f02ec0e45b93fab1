import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }));

/** The ports are made once per worker, so each test is a worker of its own. */
async function freshPorts() {
  vi.resetModules();
  return import('@/lib/browser/storage-area');
}

describe('the extension’s own storage', () => {
  let reads: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    fakeBrowser.reset();
    reads = vi.spyOn(fakeBrowser.storage.session, 'get');
    reads.mockClear();
  });

  it('is asked once for what every page visit asks, also when there is nothing', async () => {
    const area = (await freshPorts()).sessionArea();
    expect([await area.get('overlay:1'), await area.get('overlay:1')]).toEqual([undefined, undefined]);
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('is asked anew after a write, by whomever', async () => {
    const area = (await freshPorts()).sessionArea();
    await area.get('overlay:1');
    await area.set('overlay:1', 'ours');
    expect(await area.get('overlay:1')).toBe('ours');
    await fakeBrowser.storage.session.set({ 'overlay:1': 'of a view' });
    expect(await area.get('overlay:1')).toBe('of a view');
    await area.rewrite(() => ({ 'overlay:1': 'all new' }));
    expect(await area.get('overlay:1')).toBe('all new');
    await area.remove('overlay:1');
    expect(await area.get('overlay:1')).toBeUndefined();
  });

  it('keeps what a write of something else has not changed', async () => {
    const area = (await freshPorts()).sessionArea();
    await area.get('overlay:1');
    await area.set('frame:1', 'a token');
    await area.get('overlay:1');
    expect(reads).toHaveBeenCalledTimes(1);
  });

  it('is asked each time for everything else', async () => {
    const area = (await freshPorts()).sessionArea();
    await area.get('frame:1');
    await area.get('frame:1');
    expect(reads).toHaveBeenCalledTimes(2);
  });

  it('is closed to the scripts in pages where the browser can do that', async () => {
    const { closeAreasToPages } = await freshPorts();
    const told: unknown[] = [];
    for (const name of ['local', 'session'] as const)
      Object.assign(fakeBrowser.storage[name], { setAccessLevel: async (level: unknown) => void told.push([name, level]) });
    await closeAreasToPages();
    expect(told).toEqual([
      ['local', { accessLevel: 'TRUSTED_CONTEXTS' }],
      ['session', { accessLevel: 'TRUSTED_CONTEXTS' }],
    ]);
    for (const name of ['local', 'session'] as const) Object.assign(fakeBrowser.storage[name], { setAccessLevel: undefined });
    await closeAreasToPages();
    expect(told).toHaveLength(2);
  });
});
