import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createLocking, LIMIT_ALARM } from '@/entrypoints/background/locking';
import { createVaultHandlers } from '@/entrypoints/background/vault-handlers';
import type { Caller } from '@/lib/messaging/router';
import { OPEN_KEY } from '@/lib/vault/open-key';
import type { KdfParameters } from '@/lib/vault/passphrase-key';
import { protectByPassphrase } from '@/lib/vault/protection';
import { createVault, PROTECTION_KEY } from '@/lib/vault/vault';
import { codeOf } from '../../builders/codes';
import { fakeClock } from '../../fakes/fake-clock';
import { memoryArea } from '../../fakes/memory-area';

const told = vi.hoisted((): boolean[] => []);
vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }));
vi.mock('@/lib/browser/idle', () => ({ setIdleAfter: () => undefined }));
vi.mock('@/lib/browser/views', () => ({
  tellOverlays: async () => undefined,
  tellViews: async (_: string, { locked }: { locked: boolean }) => void told.push(locked),
}));

const caller: Caller = { role: 'popup', tabId: null, documentId: null, url: '' };
const noWork = async (): Promise<void> => undefined;

describe('locking', () => {
  let session: ReturnType<typeof memoryArea>;
  let order: string[];
  /** The organisation asks for a passphrase. */
  let isAsked: boolean;
  beforeEach(() => {
    fakeBrowser.reset();
    told.length = 0;
    session = memoryArea();
    order = [];
    isAsked = false;
  });

  /** An open vault, and around it what the test says. */
  async function scene({ stop = noWork, stopAll = noWork, isTaken = (): boolean => false, isDevice = false } = {}) {
    const local = memoryArea();
    const derive = async (passphrase: string, kdf: KdfParameters) => {
      order.push('derived');
      return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(passphrase + kdf.salt)));
    };
    const wantsPassphrase = async () => isAsked;
    const vault = createVault({ local: local.area, session: session.area, clock: fakeClock(), derive, wantsPassphrase });
    const { protection, vaultKey } = await protectByPassphrase('right', derive);
    const open = () => vault.adopt(protection, vaultKey);
    if (!isDevice) {
      await local.area.set(PROTECTION_KEY, protection);
      await open();
    }
    order.length = 0;
    const closeAll = async () => void order.push('closed');
    const parts = {
      vault,
      settings: { get: async () => ({ idleMinutes: 15 }) },
      session: session.area,
      connections: { stopAll, closeAll, opened: async () => [] },
      logs: { locked: noWork, unlocked: noWork },
      syncs: { afterUnlock: noWork },
      protecting: { stop, isTaken, change: () => null, changeTo: async () => open().then(() => void order.push('changed')) },
      outboxes: { runAll: async () => undefined, stopAll: () => undefined },
      forms: { forget: () => undefined },
      disconnecting: { forget: () => undefined },
      toolbar: { forget: noWork, refresh: noWork },
    };
    const locking = createLocking(parts as unknown as Parameters<typeof createLocking>[0]);
    const handlers = createVaultHandlers({
      ...parts,
      locking,
      recovered: Promise.resolve(),
      reset: async () => [],
    } as unknown as Parameters<typeof createVaultHandlers>[0]);
    return { vault, locking, handlers, open };
  }

  it('hides everything at once, however long a change of protection takes to end', async () => {
    const { locking, vault } = await scene({ stop: () => new Promise(() => undefined) });
    void locking.lock('screen');
    await expect.poll(() => told).toEqual([true]);
    expect(await locking.isLocked()).toBe(true);
    expect(await vault.locked()).toBe('screen');
    expect(session.held).toEqual({});
  });

  it('takes the key of a change that had got to its switch out of memory, or a killed worker would open with it', async () => {
    const { locking } = await scene({ stop: () => new Promise(() => undefined) });
    session.held['pending-protection'] = 'the key';
    void locking.lock('screen');
    await expect.poll(() => session.held).toEqual({});
  });

  it('locks once more what a change that could not be stopped any more has opened', async () => {
    const stopped = Promise.withResolvers<void>();
    const { locking, vault, open } = await scene({ stop: () => stopped.promise });
    const locked = locking.lock('user');
    await expect.poll(() => told).toEqual([true]);
    await open();
    stopped.resolve();
    await locked;
    expect(await vault.locked()).toBe('user');
    expect(session.held).toEqual({});
    expect(told.at(-1)).toBe(true);
  });

  it('is over before it is unlocked again: what it forgets is the old, and the limit of the new is kept', async () => {
    const stopped = Promise.withResolvers<void>();
    const { locking, vault, handlers } = await scene({ stopAll: () => stopped.promise });
    const locked = locking.lock('user');
    await expect.poll(() => told).toEqual([true]);
    const unlocked = handlers['vault.unlock']({ passphrase: 'right' }, caller);
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    stopped.resolve();
    await locked;
    expect(await unlocked).toEqual({ kind: 'unlocked' });
    expect(order).toEqual(['closed', 'derived']);
    expect(Object.keys(session.held)).toEqual([OPEN_KEY]);
    expect(await vault.locked()).toBeNull();
    expect((await fakeBrowser.alarms.getAll()).map(({ name }) => name)).toEqual([LIMIT_ALARM]);
  });

  it('takes no passkey and lets none go while everything is encrypted anew', async () => {
    const { handlers } = await scene({ isTaken: () => true });
    const passkey = { credentialId: 'cred-1', salt: 'c2FsdA', secret: 'c2VjcmV0', name: 'Laptop' };
    expect(await codeOf(handlers['vault.addPasskey'](passkey, caller))).toBe('vault.busy');
    expect(await codeOf(handlers['vault.removePasskey']({ credentialId: 'cred-1' }, caller))).toBe('vault.busy');
  });

  describe('given an organisation that asks for a passphrase where there is none', () => {
    it('hides and forgets everything at once', async () => {
      const { locking } = await scene({ isDevice: true });
      session.held.record = 'somebody';
      isAsked = true;
      await locking.policyChanged();
      expect(await locking.isLocked()).toBe(true);
      expect(told).toEqual([true]);
      expect(order).toEqual(['closed']);
      expect(session.held).toEqual({});
    });

    it('sets it behind what is still being closed, and opens then', async () => {
      const stopped = Promise.withResolvers<void>();
      const { locking, handlers, vault } = await scene({ isDevice: true, stopAll: () => stopped.promise });
      isAsked = true;
      const locked = locking.policyChanged();
      await expect.poll(() => told).toEqual([true]);
      const set = handlers['vault.setPassphrase']({ passphrase: 'four words nobody knows', current: null }, caller);
      for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
      stopped.resolve();
      await locked;
      expect(await set).toEqual({ kind: 'unlocked' });
      expect(order).toEqual(['closed', 'changed']);
      expect(await vault.locked()).toBeNull();
      expect(told.at(-1)).toBe(false);
    });

    it('is locked where a passphrase was removed before that was known', async () => {
      const { locking } = await scene({ isDevice: true });
      isAsked = true;
      await locking.changed();
      expect(told).toEqual([true]);
      expect(order).toEqual(['closed']);
    });
  });
});
