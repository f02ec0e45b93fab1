import * as z from 'zod/mini';
import { fromBase64, toBase64 } from './base64';
import type { OpenKeyArea } from './open-key';
import { type Protection, readProtection } from './protection';

/** A protection that is wanted, with the key that it wraps; none for the device key. */
export interface WantedProtection {
  protection: Protection;
  vaultKey: Uint8Array<ArrayBuffer> | null;
}

/** Both were read by `readProtection`, which puts everything into one order. */
export const isSame = (one: Protection, other: Protection) => JSON.stringify(one) === JSON.stringify(other);

const KEY = 'pending-protection';
const stored = z.object({ protection: z.unknown(), vaultKey: z.nullable(z.string()) });

/**
 * What a change of protection is on its way to, in the browser's memory: a worker that was killed goes on with it. When the
 * browser is closed it is gone, and everything stays as it was.
 */
export function createPendingChange(area: OpenKeyArea) {
  return {
    put: ({ protection, vaultKey }: WantedProtection) =>
      area.set(KEY, { protection, vaultKey: vaultKey ? toBase64(vaultKey) : null }),
    async get(): Promise<WantedProtection | null> {
      const parsed = stored.safeParse(await area.get(KEY)).data;
      const protection = parsed ? readProtection(parsed.protection) : null;
      if (!parsed || !protection) return null;
      if (protection.mode === 'device') return { protection, vaultKey: null };
      const vaultKey = parsed.vaultKey === null ? null : fromBase64(parsed.vaultKey);
      // Copies made without the key that the passphrase wraps would open to nobody.
      return vaultKey?.length === 32 ? { protection, vaultKey } : null;
    },
    drop: () => area.remove(KEY),
  };
}
