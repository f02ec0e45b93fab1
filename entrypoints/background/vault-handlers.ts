import type { Receipt } from '@/lib/messaging/protocol';
import type { Handlers } from '@/lib/messaging/router';
import type { UnlockResult, VaultRequests, VaultState } from '@/lib/messaging/vault-protocol';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { SettingsStore } from '@/lib/settings/settings';
import { AppError } from '@/lib/shared/errors';
import { isWeakPassphrase } from '@/lib/vault/passphrase-key';
import { DEVICE, protectByPassphrase } from '@/lib/vault/protection';
import type { WantedProtection } from '@/lib/vault/pending-change';
import type { Vault } from '@/lib/vault/vault';
import type { Locking } from './locking';
import type { Protecting } from './protecting';

type VaultHandlers = Pick<Handlers, keyof VaultRequests | 'vault.reset'>;

/** Requests about protection. */
export function createVaultHandlers(options: {
  vault: Vault;
  settings: SettingsStore;
  policy: PolicyStore;
  locking: Locking;
  protecting: Protecting;
  reset: () => Promise<Receipt[]>;
  recovered: Promise<unknown>;
}): VaultHandlers {
  const { vault, settings, policy, locking, protecting, reset, recovered } = options;

  async function state(): Promise<VaultState> {
    const protection = await vault.protection();
    const retryAt = await vault.retryAt();
    const isLockable = protection.mode === 'passphrase';
    return {
      mode: protection.mode,
      locked: await vault.locked(),
      passkeys: isLockable ? protection.passkeys.map(({ wrapped: _, ...passkey }) => passkey) : [],
      kdf: isLockable ? protection.kdf.name : null,
      idleMinutes: (await settings.get()).idleMinutes,
      retryAt: retryAt === null ? null : new Date(retryAt).toISOString(),
      change: protecting.change(),
    };
  }

  /** Behind a lock that is under way: what that still forgets would be forgotten of what is open then. */
  async function opening(attempt: () => Promise<UnlockResult>): Promise<UnlockResult> {
    await locking.settled();
    const result = await attempt();
    if (result.kind === 'unlocked') await locking.opened();
    return result;
  }

  /** Refuses while the protection is being changed, or a change whose worker was killed goes on. */
  async function untaken(): Promise<void> {
    await recovered;
    if (protecting.isTaken()) throw new AppError('vault.busy');
  }

  /** Who sits at an unlocked machine cannot change the protection without knowing the passphrase. */
  async function change(current: string | null, wanted: () => Promise<WantedProtection>): Promise<UnlockResult> {
    await untaken();
    const verified = await vault.verify(current);
    if (verified.kind !== 'unlocked') return verified;
    await protecting.changeTo(await wanted());
    await locking.changed();
    return verified;
  }

  return {
    'vault.state': state,
    'vault.unlock': ({ passphrase }) => opening(() => vault.unlock(passphrase)),
    'vault.unlockWithPasskey': ({ credentialId, secret }) => opening(() => vault.unlockWithPasskey(credentialId, secret)),
    async 'vault.lock'() {
      await locking.lock('user');
      return null;
    },
    async 'vault.setPassphrase'({ passphrase, current }) {
      const locked = await vault.locked();
      if (locked !== null && locked !== 'policy') throw new AppError('vault.locked');
      if (isWeakPassphrase(passphrase)) throw new AppError('vault.passphrase-weak');
      // What the lock still closes would be closed in the middle of the change.
      await locking.settled();
      const result = await change(current, () => protectByPassphrase(passphrase));
      // What was due while the organisation's wish kept it locked is due now.
      if (locked === 'policy' && result.kind === 'unlocked') await locking.opened();
      return result;
    },
    async 'vault.removePassphrase'({ current }) {
      if ((await policy.get()).protection === 'passphrase') throw new AppError('policy.refused');
      return change(current, async () => ({ protection: DEVICE, vaultKey: null }));
    },
    async 'vault.addPasskey'(passkey) {
      await untaken();
      await vault.addPasskey(passkey);
      return state();
    },
    async 'vault.removePasskey'({ credentialId }) {
      await untaken();
      await vault.removePasskey(credentialId);
      return state();
    },
    async 'vault.configure'({ idleMinutes }) {
      await settings.change({ idleMinutes });
      await locking.followSettings();
      return state();
    },
    'vault.reset': reset,
  };
}
