import { expect, test } from '@playwright/test';
import type { UnlockResult, VaultState } from '@/lib/messaging/vault-protocol';
import { openTamperScene, type TamperScene } from '../world/tamper/tamper-scene.ts';
import { runSeed } from './expected.ts';

/**
 * What stands beside the copies in passphrase mode, the wrapped key and how its key is derived, is changed by somebody who may
 * write into the profile. The right passphrase opens nothing then, and nothing is lost: put back, it opens everything.
 */
const ORG = { accounts: 60, contacts: 300, leads: 40, opportunities: 60, tasks: 60 };
const PASSPHRASE = 'quiet lamps under seven bridges';
const seed = runSeed();

interface Stored {
  kdf: Record<string, unknown>;
  wrapped: string;
  [key: string]: unknown;
}
type Edit = (stored: Stored) => unknown;

function flipped(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64');
}
const kdf =
  (change: Record<string, unknown>): Edit =>
  (stored) => ({ ...stored, kdf: { ...stored.kdf, ...change } });
const wrapped =
  (change: (text: string) => unknown): Edit =>
  (stored) => ({ ...stored, wrapped: change(stored.wrapped) });

/** What can be read, and is not what was written: like a wrong passphrase. */
const WRONG: Record<string, Edit> = {
  'fewer passes': kdf({ passes: 1 }),
  'less memory': kdf({ memoryKiB: 8 }),
  'more lanes': kdf({ lanes: 2 }),
  'another salt': kdf({ salt: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
  'the lighter derivation': (stored) => ({ ...stored, kdf: { name: 'pbkdf2-sha256', rounds: 1, salt: stored.kdf.salt } }),
  'a bit of the nonce': wrapped((text) => flipped(text, 0)),
  'a bit of the wrapped key': wrapped((text) => flipped(text, 20)),
  'a bit of its tag': wrapped((text) => flipped(text, -1)),
  'the wrapped key cut': wrapped((text) => text.slice(0, 40)),
  'no wrapped key': wrapped(() => ''),
  'a wrapped key that is no base64': wrapped(() => '???'),
};

/** What cannot be read: it must not be taken for "there is no passphrase". */
const UNREADABLE: Record<string, Edit> = {
  'an unknown derivation': kdf({ name: 'md5' }),
  'no passes': kdf({ passes: 0 }),
  'so much memory that no browser has it': kdf({ memoryKiB: 2 ** 40 }),
  'more memory than is ever written': kdf({ memoryKiB: 1024 * 1024 }),
  'text for a number': kdf({ passes: '3' }),
  'a salt that is none': kdf({ salt: 'salt' }),
  'a wrapped key that is no text': wrapped(() => 7),
  'a mode of a later version': (stored) => ({ ...stored, mode: 'hardware' }),
  'a part of a later version': (stored) => ({ ...stored, also: 1 }),
  'text in its place': () => 'protection',
};

test.describe('the protection by a passphrase that somebody has changed', () => {
  test.describe.configure({ mode: 'serial' });
  let scene: TamperScene;
  let stored: Stored;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    scene = await openTamperScene({ seed, ...ORG });
    const began = scene.kill.now();
    await scene.kill.connect();
    await scene.kill.ended(began);
    const answer = await scene.ask<UnlockResult>('vault.setPassphrase', { passphrase: PASSPHRASE, current: null });
    expect(answer).toMatchObject({ ok: true, value: { kind: 'unlocked' } });
    stored = (await scene.local()).protection as Stored;
    expect(stored.kdf).toMatchObject({ name: 'argon2id', memoryKiB: 65_536, passes: 3 });
  });
  test.afterAll(async () => scene?.kill.close());

  const unlock = () => scene.ask<UnlockResult>('vault.unlock', { passphrase: PASSPHRASE });
  const protection = (value: unknown) => ({ kind: 'local', key: 'protection', value }) as const;

  async function changedTo(edit: Edit): Promise<void> {
    await scene.ask('vault.lock');
    await scene.tamper([protection(edit(stored)), { kind: 'local', key: 'unlock-failures', value: undefined }]);
  }

  async function expectWholeWhenPutBack(): Promise<void> {
    await scene.tamper([protection(stored), { kind: 'local', key: 'unlock-failures', value: undefined }]);
    expect(await unlock()).toEqual({ ok: true, value: { kind: 'unlocked' } });
    expect(await scene.told()).toBe('ready');
    await scene.kill.expectSame();
    expect((await scene.local()).protection, 'what stands on the disk').toEqual(stored);
  }

  for (const [name, edit] of Object.entries(WRONG)) {
    test(`${name}: the passphrase counts as wrong, and nothing is shown`, async () => {
      await changedTo(edit);
      expect(await unlock()).toEqual({ ok: true, value: { kind: 'wrong', retryAt: null } });
      expect(await scene.ask('connections.list')).toEqual({ ok: false, code: 'vault.locked' });
    });
  }

  for (const [name, edit] of Object.entries(UNREADABLE)) {
    test(`${name}: the protection is unreadable, and nothing is shown`, async () => {
      await changedTo(edit);
      for (const request of ['vault.state', 'connections.list']) {
        expect(await scene.ask(request), request).toEqual({ ok: false, code: 'storage.unreadable' });
      }
      expect(await unlock()).toEqual({ ok: false, code: 'storage.unreadable' });
    });
  }

  test('put back, it opens everything', expectWholeWhenPutBack);

  test('taken away: without the passphrase the device key is looked for, and opens nothing', async () => {
    await changedTo(() => undefined);
    expect(await scene.ask<VaultState>('vault.state')).toMatchObject({ ok: true, value: { mode: 'device', locked: null } });
    expect(await scene.told()).toBe('damaged storage.unreadable');
    await expectWholeWhenPutBack();
  });

  test('a share of another copy: nothing opens, whatever the passphrase', async () => {
    const shareOf = async () => Object.entries(await scene.local()).find(([key]) => key.startsWith('share:')) ?? ['', null];
    const [key, value] = await shareOf();
    await scene.ask('vault.lock');
    await scene.tamper([{ kind: 'local', key, value: Buffer.alloc(32, 7).toString('base64') }]);
    expect(await unlock()).toEqual({ ok: true, value: { kind: 'unlocked' } });
    expect(await scene.told()).toBe('damaged storage.unreadable');
    await scene.tamper([{ kind: 'local', key, value }]);
    await expectWholeWhenPutBack();
  });

  test('unreadable for good: resetting works, and one can connect anew', async () => {
    await changedTo(() => 'protection');
    expect(await scene.ask('vault.reset')).toMatchObject({
      ok: true,
      value: [{ verified: { bucketGone: true, keyGone: true } }],
    });
    expect(Object.keys(await scene.local())).toEqual([]);
    const began = scene.kill.now();
    await scene.kill.connect();
    await scene.kill.ended(began);
    expect(await scene.told()).toBe('ready');
    await scene.kill.expectSame();
  });
});
