import { describe, expect, it } from 'vitest';
import { createPendingChange, isSame } from '@/lib/vault/pending-change';
import { DEVICE, protectByPassphrase, readProtection } from '@/lib/vault/protection';
import { memoryArea } from '../../fakes/memory-area';

const quickly = async () => new Uint8Array(32).fill(4);
const KEY = 'pending-protection';

describe('a change of protection that is under way', () => {
  it('is what it was for the next worker, key and all', async () => {
    const { area } = memoryArea();
    const wanted = await protectByPassphrase('a passphrase', quickly);
    await createPendingChange(area).put(wanted);
    expect(await createPendingChange(area).get()).toEqual(wanted);
  });

  it('to the device key has no key', async () => {
    const { area } = memoryArea();
    await createPendingChange(area).put({ protection: DEVICE, vaultKey: null });
    expect(await createPendingChange(area).get()).toEqual({ protection: DEVICE, vaultKey: null });
  });

  it('is gone when it is dropped', async () => {
    const { area, held } = memoryArea();
    await createPendingChange(area).put(await protectByPassphrase('a passphrase', quickly));
    await createPendingChange(area).drop();
    expect(held).toEqual({});
    expect(await createPendingChange(area).get()).toBeNull();
  });

  it.each([undefined, null, 7, {}, { protection: DEVICE }, { protection: { mode: 'open' }, vaultKey: null }])(
    'is none when %j is stored',
    async (stored) => {
      const { area, held } = memoryArea();
      held[KEY] = stored;
      expect(await createPendingChange(area).get()).toBeNull();
    },
  );

  it('without its key is none: a passphrase that opens nothing must not be set', async () => {
    const { area, held } = memoryArea();
    await createPendingChange(area).put(await protectByPassphrase('a passphrase', quickly));
    for (const vaultKey of [null, '???', 'AAAA']) {
      held[KEY] = { ...(held[KEY] as object), vaultKey };
      expect(await createPendingChange(area).get(), JSON.stringify(vaultKey)).toBeNull();
    }
  });

  it('is known again in whatever order a storage gives its parts', async () => {
    const { protection } = await protectByPassphrase('a passphrase', quickly);
    const reversed = Object.fromEntries(Object.entries(protection).reverse());
    const [one, other] = [readProtection(protection), readProtection(reversed)];
    if (!one || !other) throw new Error('it cannot be read');
    expect(isSame(one, other)).toBe(true);
    expect(isSame(one, DEVICE)).toBe(false);
  });
});
