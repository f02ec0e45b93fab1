import { beforeEach, describe, expect, it, vi } from 'vitest';

const openPopup = vi.hoisted(() => vi.fn(async () => undefined));
vi.mock('@/lib/browser/popup', () => ({ openPopup }));
const { createErrands } = await import('@/entrypoints/background/errands');

describe('what a menu asks of the popup', () => {
  const area = new Map<string, unknown>();
  const session = {
    get: async (key: string) => area.get(key),
    set: async (key: string, value: unknown) => void area.set(key, value),
    remove: async (key: string) => void area.delete(key),
  } as unknown as Parameters<typeof createErrands>[0];
  beforeEach(() => area.clear());

  it('opens the popup and waits there, once', async () => {
    const errands = createErrands(session);
    await errands.send({ kind: 'search', text: '  Acme ' });
    expect(openPopup).toHaveBeenCalled();
    expect(await errands.take()).toEqual({ kind: 'search', text: 'Acme' });
    expect(await errands.take()).toBeNull();
    expect(area.size).toBe(0);
  });

  it('is cut where a page marks too much', async () => {
    const errands = createErrands(session);
    await errands.send({ kind: 'create-lead', text: 'x'.repeat(50_000) });
    expect((await errands.take())?.text).toHaveLength(1000);
  });

  it('is gone when the session is emptied by a lock', async () => {
    const errands = createErrands(session);
    await errands.send({ kind: 'search', text: 'Acme' });
    area.clear();
    expect(await errands.take()).toBeNull();
  });
});
