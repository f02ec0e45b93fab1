import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { LockReason } from '@/lib/shared/lock-reason';
import { derivePassphraseKey, isWeakerThan, newKdf } from './passphrase-key';
import {
  openByPasskey,
  openByPassphrase,
  type PassphraseProtection,
  type Protection,
  readProtection,
  withPasskey,
  withStrongerKdf,
} from './protection';
import { createPendingChange, isSame } from './pending-change';
import { createUnlockTries, type TryResult } from './unlock-tries';
import { createOpenKey, type OpenKeyArea } from './open-key';

/** The part of the extension's own storage that is needed here. Nothing in it opens anything by itself. */
export interface VaultArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  rewrite(change: (all: Record<string, unknown>) => Record<string, unknown>): Promise<void>;
}

/** Where the protection stands in the extension's own storage; whoever changes protection and copies at once needs it. */
export const PROTECTION_KEY = 'protection';
const LOCKED_BY_KEY = 'locked-by';

/** What opens the root keys: nothing more than is in the profile, or the vault key. */
export type VaultSecret = { mode: 'device' } | { mode: 'passphrase'; vaultKey: Uint8Array<ArrayBuffer> };

/** The lock of all connections of this browser profile. */
export interface Vault {
  /** @throws AppError `storage.unreadable` when what is stored of it is damaged */
  protection(): Promise<Protection>;
  /** Null when it is open; device mode always is. */
  locked(): Promise<LockReason | null>;
  /** @throws AppError `vault.locked`, `storage.unreadable` */
  secret(): Promise<VaultSecret>;
  /** @throws AppError `vault.locked` when it was locked, or its protection changed, before the key was found; nothing is open then */
  unlock(passphrase: string): Promise<TryResult>;
  unlockWithPasskey(credentialId: string, secret: string): Promise<TryResult>;
  /** Whether this is the passphrase, with the same growing delay as unlocking. Device mode has none: always right. */
  verify(passphrase: string | null): Promise<TryResult>;
  /** Before then (ms) no passphrase is tried; null when one may be tried now. */
  retryAt(): Promise<number | null>;
  /** Forgets the key; a no-op in device mode. True when it was open before. */
  lock(reason: LockReason): Promise<boolean>;
  /** When an open vault locks by itself, ms since 1970; null when it does not. */
  limitAt(): Promise<number | null>;
  /** Takes over a protection that is on disk already, with its key when it has one. */
  adopt(protection: Protection, vaultKey: Uint8Array<ArrayBuffer> | null): Promise<void>;
  /** @throws AppError `vault.locked`, `vault.busy` when the protection is another one by now */
  addPasskey(passkey: { credentialId: string; salt: string; secret: string; name: string }): Promise<void>;
  /** @throws AppError `vault.busy` when the protection is another one by now */
  removePasskey(credentialId: string): Promise<void>;
  /** Does what ends a protection that is too weak: `secret` gives its key meanwhile. */
  forChange<T>(work: () => Promise<T>): Promise<T>;
}

/** The vault on its two storages. One worker has one: what it read once it keeps. */
export function createVault(options: {
  local: VaultArea;
  session: OpenKeyArea;
  clock: Clock;
  derive?: typeof derivePassphraseKey;
  /** Whether a key that lies in the profile is too weak for the organisation. */
  wantsPassphrase?: () => Promise<boolean>;
}): Vault {
  const { local, session, clock, derive = derivePassphraseKey, wantsPassphrase = async () => false } = options;
  const open = createOpenKey(session, clock);
  const tries = createUnlockTries(local, clock);
  let known: Promise<Protection> | null = null;
  /** How often somebody has locked it or brought another key: what a try found before that opens nothing. */
  let turns = 0;
  /** Changes of protection that are under way (`forChange`). */
  let changes = 0;

  function protection(): Promise<Protection> {
    known ??= load();
    known.catch(() => {
      known = null;
    });
    return known;
  }

  /**
   * A worker that is killed right behind the one write of a change has put the new protection on the disk and not its key into
   * memory; the next one must not open anything with the old key, nor think that it is locked.
   */
  async function load(): Promise<Protection> {
    const read = readProtection(await local.get(PROTECTION_KEY));
    if (!read) throw new AppError('storage.unreadable');
    const wanted = await createPendingChange(session).get();
    if (wanted?.vaultKey && isSame(wanted.protection, read)) await openWith(wanted.vaultKey);
    return read;
  }

  /**
   * Puts `next` in the place of `current`. What was wrapped for a passkey that is gone, or under weaker parameters, does not stay on
   * the disk. @throws AppError `vault.busy` when something else stands there by now: with it the copies got other keys.
   */
  async function store(next: PassphraseProtection, current: PassphraseProtection): Promise<void> {
    let isReplaced = false;
    await local.rewrite((all) => {
      const [found, expected] = [readProtection(all[PROTECTION_KEY]), readProtection(current)];
      isReplaced = found !== null && expected !== null && isSame(found, expected);
      return isReplaced ? { ...all, [PROTECTION_KEY]: next } : all;
    });
    if (!isReplaced) throw new AppError('vault.busy');
    known = Promise.resolve(next);
  }

  async function withPassphrase(): Promise<PassphraseProtection> {
    const current = await protection();
    if (current.mode !== 'passphrase') throw new AppError('message.invalid');
    return current;
  }

  async function openWith(vaultKey: Uint8Array<ArrayBuffer>): Promise<void> {
    await open.put(vaultKey);
    await local.remove(LOCKED_BY_KEY);
  }

  /** Tries what `find` gives. @throws AppError `vault.locked` when it was right, but has been locked or changed meanwhile */
  async function tryKey(find: () => Promise<Uint8Array<ArrayBuffer> | null>): Promise<TryResult> {
    const began = turns;
    const isOvertaken = () => began !== turns;
    const result = await tries.attempt(async () => {
      const vaultKey = await find();
      if (vaultKey && !isOvertaken()) await openWith(vaultKey);
      return vaultKey !== null;
    });
    if (result.kind === 'unlocked' && isOvertaken()) throw new AppError('vault.locked');
    return result;
  }

  /** Parameters of an older version, or of a moment without memory, are raised while the passphrase is at hand. */
  async function strengthen(current: PassphraseProtection, vaultKey: Uint8Array<ArrayBuffer>, passphrase: string): Promise<void> {
    if (!isWeakerThan(current.kdf, newKdf())) return;
    const stronger = await withStrongerKdf(current, vaultKey, passphrase, derive);
    if (!isWeakerThan(stronger.kdf, newKdf())) await store(stronger, current);
  }

  const vault: Vault = {
    protection,
    async locked() {
      const current = await protection();
      if (current.mode === 'device') return (await wantsPassphrase()) ? 'policy' : null;
      if (await open.get()) return null;
      if (await open.isOver()) return 'limit';
      return readReason(await local.get(LOCKED_BY_KEY));
    },
    async secret() {
      const { mode } = await protection();
      if (mode === 'device') {
        if (changes === 0 && (await wantsPassphrase())) throw new AppError('vault.locked');
        return { mode };
      }
      const vaultKey = await open.get();
      if (!vaultKey) throw new AppError('vault.locked');
      return { mode, vaultKey };
    },
    async unlock(passphrase) {
      const current = await withPassphrase();
      return tryKey(async () => {
        const vaultKey = await openByPassphrase(current, passphrase, derive);
        if (vaultKey) await strengthen(current, vaultKey, passphrase);
        return vaultKey;
      });
    },
    async unlockWithPasskey(credentialId, secret) {
      const current = await withPassphrase();
      return tryKey(() => openByPasskey(current, credentialId, secret));
    },
    async verify(passphrase) {
      const current = await protection();
      if (current.mode === 'device') return { kind: 'unlocked' };
      return tries.attempt(async () => passphrase !== null && (await openByPassphrase(current, passphrase, derive)) !== null);
    },
    retryAt: tries.retryAt,
    async lock(reason) {
      turns += 1;
      if ((await protection()).mode === 'device') return false;
      const wasOpen = await open.clear();
      if (wasOpen) await local.set(LOCKED_BY_KEY, reason);
      return wasOpen;
    },
    limitAt: async () => ((await protection()).mode === 'device' ? null : open.limitAt()),
    async adopt(next, vaultKey) {
      turns += 1;
      known = Promise.resolve(next);
      if (vaultKey) await openWith(vaultKey);
      else await open.clear();
    },
    async addPasskey(passkey) {
      const current = await withPassphrase();
      const vaultKey = await open.get();
      if (!vaultKey) throw new AppError('vault.locked');
      const createdAt = new Date(clock.now()).toISOString();
      await store(await withPasskey(current, vaultKey, { ...passkey, createdAt }), current);
    },
    async removePasskey(credentialId) {
      const current = await withPassphrase();
      const passkeys = current.passkeys.filter((one) => one.credentialId !== credentialId);
      await store({ ...current, passkeys }, current);
    },
    async forChange(work) {
      changes += 1;
      try {
        return await work();
      } finally {
        changes -= 1;
      }
    },
  };
  return vault;
}

const REASONS: readonly LockReason[] = ['start', 'user', 'idle', 'screen', 'limit'];

/** Nobody has locked it, and yet it is: the browser was started anew and has forgotten the key. */
function readReason(stored: unknown): LockReason {
  return REASONS.find((reason) => reason === stored) ?? 'start';
}
