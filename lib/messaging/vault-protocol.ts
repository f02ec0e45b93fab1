/** Requests about protection: how the copy's key is kept, and locking. Types only; protocol.ts takes them in. */
import type { LockReason } from '@/lib/shared/lock-reason';

/** `device`: the key lies in the profile. `passphrase`: only what the user knows (or a passkey) opens it. */
export type ProtectionMode = 'device' | 'passphrase';

/** A passkey that opens the vault. `credentialId` and `salt` are base64url, as WebAuthn's JSON forms are. */
export interface PasskeyItem {
  credentialId: string;
  salt: string;
  /** What the user called it. */
  name: string;
  createdAt: string;
}

/** A change of protection or a rotation that is under way. `share` is 0..1. */
export interface ProtectionChange {
  to: ProtectionMode;
  why: 'asked' | 'rotation';
  share: number;
}

export interface VaultState {
  mode: ProtectionMode;
  /** Null: it is open. Always null in device mode, which has nothing to lock with. */
  locked: LockReason | null;
  passkeys: PasskeyItem[];
  /** How the key is derived from the passphrase; null in device mode. `pbkdf2-sha256` where memory failed. */
  kdf: 'argon2id' | 'pbkdf2-sha256' | null;
  /** Locks after so many minutes without input; 0 only when the screen is locked. */
  idleMinutes: number;
  /** Before then no passphrase is tried. ISO; null when one may be tried now. */
  retryAt: string | null;
  change: ProtectionChange | null;
}

/** `wrong`: nothing is lost; `retryAt` as above. `wait`: it was not even tried. */
export type UnlockResult = { kind: 'unlocked' } | { kind: 'wrong' | 'wait'; retryAt: string | null };

export interface VaultRequests {
  'vault.state': { in: Record<never, never>; out: VaultState };
  'vault.unlock': { in: { passphrase: string }; out: UnlockResult };
  /** `secret` is the authenticator's PRF result for the passkey's salt, 32 bytes as base64url. */
  'vault.unlockWithPasskey': { in: { credentialId: string; secret: string }; out: UnlockResult };
  'vault.lock': { in: Record<never, never>; out: null };
  /** Sets a passphrase, or a new one in place of `current`. Everything is encrypted anew; resolves when that is done. */
  'vault.setPassphrase': { in: { passphrase: string; current: string | null }; out: UnlockResult };
  /** Back to the device key. Everything is encrypted anew; resolves when that is done. */
  'vault.removePassphrase': { in: { current: string }; out: UnlockResult };
  'vault.addPasskey': { in: { credentialId: string; salt: string; secret: string; name: string }; out: VaultState };
  'vault.removePasskey': { in: { credentialId: string }; out: VaultState };
  'vault.configure': { in: { idleMinutes: number }; out: VaultState };
}

export interface VaultEvents {
  /** Locked, unlocked, or protected otherwise than before: a view shows nothing of what it knew, and asks again. */
  'vault.changed': { locked: boolean };
  'vault.progress': ProtectionChange;
}
