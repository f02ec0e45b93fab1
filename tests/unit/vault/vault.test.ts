import { beforeEach, describe, expect, it } from 'vitest';
import type { KdfParameters } from '@/lib/vault/passphrase-key';
import { OPEN_KEY } from '@/lib/vault/open-key';
import { DEVICE, protectByPassphrase } from '@/lib/vault/protection';
import { createVault, PROTECTION_KEY, type Vault } from '@/lib/vault/vault';
import { codeOf } from '../../builders/codes';
import { memoryArea } from '../../fakes/memory-area';

const HOUR = 60 * 60_000;
const START = Date.parse('2026-06-01T08:00:00Z');
const PASSKEY = { credentialId: 'cred-1', salt: 'c2FsdC1vZi10aGUtcGFzc2tleS13aXRoLTMyLWJ5dGU', name: 'Laptop' };
const SECRET = Buffer.alloc(32, 9).toString('base64url');

/** Stands in for the memory-hard derivation, which has tests of its own; parameters count, as in life. */
async function quickly(passphrase: string, kdf: KdfParameters): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder().encode(JSON.stringify([passphrase, kdf]));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', text));
}

describe('the vault', () => {
  let now: number;
  let local: ReturnType<typeof memoryArea>;
  let session: ReturnType<typeof memoryArea>;
  let vault: Vault;
  const woken = (derive = quickly) =>
    createVault({ local: local.area, session: session.area, clock: { now: () => now }, derive });
  beforeEach(() => {
    now = START;
    local = memoryArea();
    session = memoryArea();
    vault = woken();
  });
  const browserRestart = () => {
    session = memoryArea();
    vault = woken();
  };
  async function givenPassphrase(passphrase = 'right'): Promise<Uint8Array> {
    const { protection, vaultKey } = await protectByPassphrase(passphrase, quickly);
    await local.area.set(PROTECTION_KEY, protection);
    await vault.adopt(protection, vaultKey);
    return vaultKey;
  }

  describe('with the device key', () => {
    it('is open, always', async () => {
      expect(await vault.locked()).toBeNull();
      expect(await vault.secret()).toEqual({ mode: 'device' });
      expect(await vault.lock('user')).toBe(false);
      expect(await vault.locked()).toBeNull();
      expect(await vault.limitAt()).toBeNull();
    });
  });

  describe('with the device key, where the organisation asks for a passphrase', () => {
    let asked: boolean;
    beforeEach(() => {
      asked = true;
      const wantsPassphrase = async () => asked;
      vault = createVault({
        local: local.area,
        session: session.area,
        clock: { now: () => now },
        derive: quickly,
        wantsPassphrase,
      });
    });

    it('is locked, and gives its key for the change alone', async () => {
      expect(await vault.locked()).toBe('policy');
      expect(await codeOf(vault.secret())).toBe('vault.locked');
      expect(await vault.forChange(() => vault.secret())).toEqual({ mode: 'device' });
      await vault.forChange(() => Promise.reject(new Error('it failed'))).catch(() => undefined);
      expect(await codeOf(vault.secret())).toBe('vault.locked');
    });

    it('is open when there is a passphrase, and when the organisation does not ask any more', async () => {
      await givenPassphrase();
      expect(await vault.locked()).toBeNull();
      await vault.lock('user');
      expect(await vault.locked()).toBe('user');
      await vault.adopt(DEVICE, null);
      expect(await vault.locked()).toBe('policy');
      asked = false;
      expect(await vault.locked()).toBeNull();
    });
  });

  describe('with a passphrase', () => {
    it('is open after it was set, also for the next worker', async () => {
      const vaultKey = await givenPassphrase();
      expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey });
      expect(await woken().secret()).toEqual({ mode: 'passphrase', vaultKey });
    });

    it('keeps neither passphrase nor key on the disk', async () => {
      const vaultKey = await givenPassphrase('a passphrase to look for');
      const disk = JSON.stringify(local.held);
      expect(disk).not.toContain('a passphrase to look for');
      expect(disk).not.toContain(Buffer.from(vaultKey).toString('base64'));
    });

    it('is locked after the browser was started anew, and says so', async () => {
      await givenPassphrase();
      browserRestart();
      expect(await vault.locked()).toBe('start');
      expect(await codeOf(vault.secret())).toBe('vault.locked');
    });

    it.each(['user', 'idle', 'screen'] as const)('says that it was locked by %s, also to the next worker', async (reason) => {
      await givenPassphrase();
      expect(await vault.lock(reason)).toBe(true);
      expect(session.held).toEqual({});
      expect(await vault.locked()).toBe(reason);
      expect(await woken().locked()).toBe(reason);
    });

    it('opens with the passphrase, with the same key as before', async () => {
      const vaultKey = await givenPassphrase();
      await vault.lock('user');
      expect(await vault.unlock('right')).toEqual({ kind: 'unlocked' });
      expect(await vault.locked()).toBeNull();
      expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey });
    });

    it('locks after twelve hours, whatever anybody does', async () => {
      await givenPassphrase();
      now += 12 * HOUR - 1;
      expect(await vault.locked()).toBeNull();
      expect(await vault.limitAt()).toBe(START + 12 * HOUR);
      now += 1;
      expect(await vault.locked()).toBe('limit');
      expect(await codeOf(vault.secret())).toBe('vault.locked');
      expect(await vault.lock('limit')).toBe(true);
      expect(session.held).toEqual({});
      expect(await vault.locked()).toBe('limit');
    });

    it('locks when the clock goes back, which would hide how long it was open', async () => {
      await givenPassphrase();
      now -= HOUR;
      expect(await vault.locked()).toBe('limit');
    });

    it('is not confused by a clock that is corrected by a few seconds', async () => {
      await givenPassphrase();
      now -= 5000;
      expect(await vault.locked()).toBeNull();
    });

    it.each([
      ['nonsense', { mode: 'passphrase', kdf: 7 }],
      ['a mode of the future', { mode: 'chip' }],
      ['half of it', { mode: 'passphrase', wrapped: 'AAAA' }],
      [
        'a derivation that takes a gibibyte',
        {
          mode: 'passphrase',
          kdf: { name: 'argon2id', memoryKiB: 1024 * 1024, passes: 3, lanes: 1, salt: 'AAAAAAAAAAAAAAAAAAAAAA==' },
          wrapped: 'AAAA',
          passkeys: [],
        },
      ],
    ])('whose description is %s is unreadable, and never taken for the device key', async (_, damaged) => {
      await givenPassphrase();
      await local.area.set(PROTECTION_KEY, damaged);
      expect(await codeOf(woken().secret())).toBe('storage.unreadable');
    });

    it('does not open when the parameters of the derivation were edited', async () => {
      await givenPassphrase();
      await vault.lock('user');
      const { kdf, ...rest } = local.held[PROTECTION_KEY] as { kdf: Record<string, unknown> };
      await local.area.set(PROTECTION_KEY, { ...rest, kdf: { ...kdf, passes: 1 } });
      expect(await woken().unlock('right')).toMatchObject({ kind: 'wrong' });
    });

    it('raises parameters of an older version at the next unlock, with the same key, and keeps passkeys', async () => {
      const vaultKey = await givenPassphrase();
      await vault.addPasskey({ ...PASSKEY, secret: SECRET });
      const { openByPassphrase } = await import('@/lib/vault/protection');
      const { wrapKey } = await import('@/lib/vault/key-wrap');
      const old = {
        name: 'argon2id',
        memoryKiB: 19_456,
        passes: 2,
        lanes: 1,
        salt: Buffer.alloc(16, 1).toString('base64'),
      } as const;
      const wrapped = await wrapKey(new Uint8Array(vaultKey), await quickly('right', old), 'passphrase', old);
      const before = local.held[PROTECTION_KEY] as Record<string, unknown>;
      await local.area.set(PROTECTION_KEY, { ...before, kdf: old, wrapped });
      vault = woken();
      await vault.lock('user');
      expect(await vault.unlock('right')).toEqual({ kind: 'unlocked' });
      const after = await vault.protection();
      expect(after).toMatchObject({ kdf: { memoryKiB: 65_536, passes: 3 }, passkeys: [{ name: 'Laptop' }] });
      expect(after.mode === 'passphrase' && (await openByPassphrase(after, 'right', quickly))).toEqual(vaultKey);
    });

    it('takes PBKDF2 where the memory cannot be had, and says which it is', async () => {
      const poor = async (passphrase: string, kdf: KdfParameters) => {
        if (kdf.name === 'argon2id') throw new RangeError('Array buffer allocation failed');
        return quickly(passphrase, kdf);
      };
      const { protection } = await protectByPassphrase('right', poor);
      expect(protection.kdf).toMatchObject({ name: 'pbkdf2-sha256', rounds: 600_000 });
    });
  });

  describe('given a wrong passphrase', () => {
    const wrong = () => vault.unlock('wrong');

    it('stays locked, loses nothing, and asks for no patience three times', async () => {
      const vaultKey = await givenPassphrase();
      await vault.lock('user');
      expect([await wrong(), await wrong()]).toEqual([
        { kind: 'wrong', retryAt: null },
        { kind: 'wrong', retryAt: null },
      ]);
      expect(await vault.unlock('right')).toEqual({ kind: 'unlocked' });
      expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey });
    });

    it('makes the next try wait ever longer, also in the next worker and after a restart, up to five minutes', async () => {
      await givenPassphrase();
      await vault.lock('user');
      const waits: number[] = [];
      for (let n = 0; n < 14; n += 1) {
        const result = await wrong();
        const until = result.kind === 'unlocked' ? null : result.retryAt;
        waits.push(until === null ? 0 : Date.parse(until) - now);
        if (until !== null) {
          browserRestart();
          expect(await vault.unlock('right')).toEqual({ kind: 'wait', retryAt: until });
          now = Date.parse(until);
        }
      }
      expect(waits.slice(0, 6)).toEqual([0, 0, 1000, 2000, 4000, 8000]);
      expect(Math.max(...waits)).toBe(300_000);
      expect(await vault.unlock('right')).toEqual({ kind: 'unlocked' });
      await vault.lock('user');
      expect(await wrong()).toEqual({ kind: 'wrong', retryAt: null });
    });

    it('counts tries that are made at once one after another', async () => {
      await givenPassphrase();
      await vault.lock('user');
      const kinds = (await Promise.all(Array.from({ length: 10 }, wrong))).map(({ kind }) => kind);
      expect(kinds).toEqual([...Array(3).fill('wrong'), ...Array(7).fill('wait')]);
    });

    it('counts a try whose worker was stopped in the middle', async () => {
      await givenPassphrase();
      await vault.lock('user');
      for (let n = 0; n < 4; n += 1) void woken(() => new Promise(() => {})).unlock('wrong');
      await expect.poll(() => local.held['unlock-failures']).toMatchObject({ count: 1 });
    });

    it('does not wait for years because the clock was wrong when it was tried', async () => {
      await givenPassphrase();
      await vault.lock('user');
      now += 365 * 24 * HOUR;
      for (let n = 0; n < 4; n += 1) await wrong();
      now -= 365 * 24 * HOUR;
      const at = await vault.retryAt();
      expect((at ?? now) - now).toBeLessThanOrEqual(300_000);
    });
  });

  describe('with a passkey', () => {
    it('opens with its secret, with the same key as by the passphrase', async () => {
      const vaultKey = await givenPassphrase();
      await vault.addPasskey({ ...PASSKEY, secret: SECRET });
      await vault.lock('user');
      expect(await vault.unlockWithPasskey('cred-1', SECRET)).toEqual({ kind: 'unlocked' });
      expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey });
    });

    it.each([
      ['another secret', 'cred-1', Buffer.alloc(32, 8).toString('base64url')],
      ['another passkey', 'cred-2', SECRET],
      ['half a secret', 'cred-1', SECRET.slice(0, 20)],
    ])('does not open with %s', async (_, credentialId, secret) => {
      await givenPassphrase();
      await vault.addPasskey({ ...PASSKEY, secret: SECRET });
      await vault.lock('user');
      expect(await vault.unlockWithPasskey(credentialId, secret)).toMatchObject({ kind: 'wrong' });
      expect(await vault.locked()).toBe('user');
    });

    it('does not open any more when it was removed, and nothing wrapped for it stays', async () => {
      await givenPassphrase();
      await vault.addPasskey({ ...PASSKEY, secret: SECRET });
      await vault.removePasskey('cred-1');
      expect(JSON.stringify(local.held)).not.toContain('cred-1');
      await vault.lock('user');
      expect(await vault.unlockWithPasskey('cred-1', SECRET)).toMatchObject({ kind: 'wrong' });
      expect(await vault.unlock('right')).toEqual({ kind: 'unlocked' });
    });

    it('cannot be added while locked, or without a passphrase', async () => {
      expect(await codeOf(vault.addPasskey({ ...PASSKEY, secret: SECRET }))).toBe('message.invalid');
      await givenPassphrase();
      await vault.lock('user');
      expect(await codeOf(vault.addPasskey({ ...PASSKEY, secret: SECRET }))).toBe('vault.locked');
    });
  });

  describe('while something else decides the same', () => {
    /** A try with the right passphrase, as far as the derivation. */
    async function tryUnderWay() {
      await givenPassphrase();
      await vault.lock('user');
      const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      vault = woken(async (passphrase, kdf) => {
        begun.resolve();
        await goOn.promise;
        return quickly(passphrase, kdf);
      });
      const outcome = codeOf(vault.unlock('right'));
      await begun.promise;
      return { outcome, goOn: goOn.resolve };
    }

    it('stays locked when the screen is locked during the derivation, and counts no failure', async () => {
      const { outcome, goOn } = await tryUnderWay();
      await vault.lock('screen');
      goOn();
      expect(await outcome).toBe('vault.locked');
      expect(await vault.locked()).toBe('user');
      expect(session.held).toEqual({});
      expect(local.held['unlock-failures']).toBeUndefined();
      expect(await vault.unlock('right')).toEqual({ kind: 'unlocked' });
    });

    it('keeps the key of a change that was made during the derivation', async () => {
      const { outcome, goOn } = await tryUnderWay();
      const next = await protectByPassphrase('new', quickly);
      await local.area.set(PROTECTION_KEY, next.protection);
      await vault.adopt(next.protection, next.vaultKey);
      goOn();
      expect(await outcome).toBe('vault.locked');
      expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey: next.vaultKey });
    });

    it.each(['added', 'removed'])('never puts the old protection back because a passkey is %s', async (what) => {
      await givenPassphrase('old');
      await vault.addPasskey({ ...PASSKEY, secret: SECRET });
      const next = await protectByPassphrase('new', quickly);
      const { rewrite } = local.area;
      // The switch of a change gets to the disk between reading and writing.
      local.area.rewrite = async (change) => {
        await local.area.set(PROTECTION_KEY, next.protection);
        await rewrite(change);
      };
      const credentialId = 'cred-2';
      const work =
        what === 'added' ? vault.addPasskey({ ...PASSKEY, credentialId, secret: SECRET }) : vault.removePasskey('cred-1');
      expect(await codeOf(work)).toBe('vault.busy');
      local.area.rewrite = rewrite;
      await vault.adopt(next.protection, next.vaultKey);
      await vault.lock('user');
      vault = woken();
      expect(await vault.unlock('new')).toEqual({ kind: 'unlocked' });
    });
  });

  it('is the device key again when the passphrase was removed', async () => {
    await givenPassphrase();
    await local.area.set(PROTECTION_KEY, DEVICE);
    await vault.adopt(DEVICE, null);
    expect(session.held[OPEN_KEY]).toBeUndefined();
    expect(await vault.secret()).toEqual({ mode: 'device' });
  });
});
