import { describe, expect, it } from 'vitest';
import { createRootKey, type KeyObjectStore, openRootKey, type ShareStore } from '@/lib/vault/root-key';
import type { VaultSecret } from '@/lib/vault/vault';
import { deriveMacKey, type RootKey } from '@/lib/vault/keys';
import { codeOf } from '../../builders/codes';
import { bytesOf } from '../../builders/keys';

function shares(initial: string | null = null) {
  const held = { share: initial };
  const keys = new Map<string, CryptoKey>();
  const shareStore: ShareStore = {
    load: async () => held.share,
    save: async (share) => {
      held.share = share;
    },
  };
  const keyStore: KeyObjectStore = {
    load: async (name) => keys.get(name) ?? null,
    save: async (name, key) => {
      keys.set(name, key);
    },
  };
  return { held, keys, shareStore, keyStore };
}

const createDeviceKey = (keys: KeyObjectStore, share: ShareStore) => createRootKey(keys, share, { mode: 'device' });
const openDeviceKey = (keys: KeyObjectStore, share: ShareStore) => openRootKey(keys, share, { mode: 'device' });
const underVaultKey = (value: number): VaultSecret => ({ mode: 'passphrase', vaultKey: bytesOf(value) });

/** Root keys cannot be exported; what is derived from them tells them apart. */
const printOf = async (root: RootKey) => Buffer.from(await deriveMacKey(root, 'cell')).toString('hex');

describe('device key', () => {
  describe('given a new connection', () => {
    it('keeps one share as a key object that cannot be exported, and 32 bytes as the other', async () => {
      const { held, keys, keyStore, shareStore } = shares();
      await createDeviceKey(keyStore, shareStore);
      expect([...keys.values()].map((key) => key.extractable)).toEqual([false]);
      expect(Buffer.from(held.share ?? '', 'base64')).toHaveLength(32);
    });

    it('makes other shares and another root key than for the connection before', async () => {
      const one = shares();
      const other = shares();
      const roots = [
        await createDeviceKey(one.keyStore, one.shareStore),
        await createDeviceKey(other.keyStore, other.shareStore),
      ];
      const prints = await Promise.all(roots.map(printOf));
      expect(prints[0]).not.toBe(prints[1]);
      expect(one.held.share).not.toBe(other.held.share);
    });
  });

  describe('given a connection that exists', () => {
    it('gives the same root key however often it is opened', async () => {
      const { keyStore, shareStore } = shares();
      const created = await printOf(await createDeviceKey(keyStore, shareStore));
      expect(await printOf(await openDeviceKey(keyStore, shareStore))).toBe(created);
      expect(await printOf(await openDeviceKey(keyStore, shareStore))).toBe(created);
    });

    it('cannot be opened when the key object is gone', async () => {
      const { keys, keyStore, shareStore } = shares();
      await createDeviceKey(keyStore, shareStore);
      keys.clear();
      expect(await codeOf(openDeviceKey(keyStore, shareStore))).toBe('storage.unreadable');
    });

    it('cannot be opened when the other share is gone', async () => {
      const { held, keyStore, shareStore } = shares();
      await createDeviceKey(keyStore, shareStore);
      held.share = null;
      expect(await codeOf(openDeviceKey(keyStore, shareStore))).toBe('storage.unreadable');
    });

    it.each([
      ['cut short', (share: string) => share.slice(0, 20)],
      ['not base64', () => '%%%'],
      ['longer than it was', (share: string) => btoa(`${atob(share)}more`)],
    ])('cannot be opened when the other share is %s', async (_, damage) => {
      const { held, keyStore, shareStore } = shares();
      await createDeviceKey(keyStore, shareStore);
      held.share = damage(held.share ?? '');
      expect(await codeOf(openDeviceKey(keyStore, shareStore))).toBe('storage.unreadable');
    });

    it('gives another root key when the other share is that of another connection', async () => {
      const one = shares();
      const other = shares();
      const right = await printOf(await createDeviceKey(one.keyStore, one.shareStore));
      await createDeviceKey(other.keyStore, other.shareStore);
      expect(await printOf(await openDeviceKey(one.keyStore, other.shareStore))).not.toBe(right);
    });
  });

  describe('given a passphrase', () => {
    it('keeps no key object: the share of the profile and the vault key give the root key', async () => {
      const { keys, keyStore, shareStore } = shares();
      const created = await printOf(await createRootKey(keyStore, shareStore, underVaultKey(1)));
      expect(keys.size).toBe(0);
      expect(await printOf(await openRootKey(keyStore, shareStore, underVaultKey(1)))).toBe(created);
    });

    it('gives another root key for another vault key, and for a fresh share under the same one', async () => {
      const one = shares();
      const right = await printOf(await createRootKey(one.keyStore, one.shareStore, underVaultKey(1)));
      expect(await printOf(await openRootKey(one.keyStore, one.shareStore, underVaultKey(2)))).not.toBe(right);
      const other = shares();
      expect(await printOf(await createRootKey(other.keyStore, other.shareStore, underVaultKey(1)))).not.toBe(right);
    });

    it('opens nothing without the share', async () => {
      const { held, keyStore, shareStore } = shares();
      await createRootKey(keyStore, shareStore, underVaultKey(1));
      held.share = null;
      expect(await codeOf(openRootKey(keyStore, shareStore, underVaultKey(1)))).toBe('storage.unreadable');
    });
  });
});
