import * as z from 'zod/mini';
import { AppError } from '@/lib/shared/errors';
import { derivePassphraseKey, kdfParameters, newKdf } from './passphrase-key';
import { fromBase64Url } from './base64';
import { unwrapKey, wrapKey } from './key-wrap';

/**
 * How the keys of all connections are protected. It stands outside the sealed buckets, since it is needed to open them, and
 * holds nothing that opens them: in passphrase mode the vault key, wrapped once for the passphrase and once for each passkey.
 */
const passkey = z.strictObject({
  /** base64url, as WebAuthn gives it. */
  credentialId: z.string(),
  salt: z.string(),
  name: z.string(),
  createdAt: z.string(),
  wrapped: z.string(),
});
export type Passkey = z.infer<typeof passkey>;

const passphraseProtection = z.strictObject({
  mode: z.literal('passphrase'),
  kdf: kdfParameters,
  wrapped: z.string(),
  passkeys: z.array(passkey),
});
export type PassphraseProtection = z.infer<typeof passphraseProtection>;

const protection = z.discriminatedUnion('mode', [z.strictObject({ mode: z.literal('device') }), passphraseProtection]);
export type Protection = z.infer<typeof protection>;
export const DEVICE: Protection = { mode: 'device' };

/**
 * The protection that `stored` says. Nothing stored is the device key; something that cannot be read is null, since to take it
 * for the device key would be to forget that there is a passphrase.
 */
export function readProtection(stored: unknown): Protection | null {
  if (stored === undefined || stored === null) return DEVICE;
  return protection.safeParse(stored).data ?? null;
}

/** A new vault key under `passphrase`. Where the memory for Argon2id cannot be had, PBKDF2 takes its place. */
export async function protectByPassphrase(
  passphrase: string,
  derive = derivePassphraseKey,
): Promise<{ protection: PassphraseProtection; vaultKey: Uint8Array<ArrayBuffer> }> {
  const vaultKey = crypto.getRandomValues(new Uint8Array(32));
  return { vaultKey, protection: { mode: 'passphrase', passkeys: [], ...(await wrapped(vaultKey, passphrase, derive)) } };
}

async function wrapped(vaultKey: Uint8Array<ArrayBuffer>, passphrase: string, derive: typeof derivePassphraseKey) {
  const { kdf, secret } = await bestKey(passphrase, derive);
  return { kdf, wrapped: await wrapKey(vaultKey, secret, 'passphrase', kdf) };
}

async function bestKey(passphrase: string, derive: typeof derivePassphraseKey) {
  const kdf = newKdf();
  try {
    return { kdf, secret: await derive(passphrase, kdf) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const lighter = newKdf('pbkdf2-sha256');
    return { kdf: lighter, secret: await derive(passphrase, lighter) };
  }
}

/** The vault key, or null when this is not the passphrase. @throws RangeError when the memory cannot be had */
export async function openByPassphrase(
  { kdf, wrapped: box }: PassphraseProtection,
  passphrase: string,
  derive = derivePassphraseKey,
): Promise<Uint8Array<ArrayBuffer> | null> {
  return unwrapKey(box, await derive(passphrase, kdf), 'passphrase', kdf);
}

/** The same vault key under parameters of today; passkeys stay. */
export async function withStrongerKdf(
  old: PassphraseProtection,
  vaultKey: Uint8Array<ArrayBuffer>,
  passphrase: string,
  derive = derivePassphraseKey,
): Promise<PassphraseProtection> {
  return { ...old, ...(await wrapped(vaultKey, passphrase, derive)) };
}

const passkeyContext = ({ credentialId, salt }: Pick<Passkey, 'credentialId' | 'salt'>) => [credentialId, salt];

/** `secret` is the PRF result for the passkey's salt (WebAuthn Level 3, "prf" extension), 32 bytes as base64url. @throws AppError `message.invalid` */
export async function withPasskey(
  old: PassphraseProtection,
  vaultKey: Uint8Array<ArrayBuffer>,
  added: Omit<Passkey, 'wrapped'> & { secret: string },
): Promise<PassphraseProtection> {
  const { secret, ...rest } = added;
  const bytes = fromBase64Url(secret);
  if (bytes?.length !== 32) throw new AppError('message.invalid');
  const box = await wrapKey(vaultKey, bytes, 'passkey', passkeyContext(rest));
  bytes.fill(0);
  const others = old.passkeys.filter(({ credentialId }) => credentialId !== rest.credentialId);
  return { ...old, passkeys: [...others, { ...rest, wrapped: box }] };
}

/** The vault key, or null when there is no such passkey or its secret is another one. */
export async function openByPasskey(
  { passkeys }: PassphraseProtection,
  credentialId: string,
  secret: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const known = passkeys.find((one) => one.credentialId === credentialId);
  const bytes = fromBase64Url(secret);
  if (!known || bytes?.length !== 32) return null;
  const opened = await unwrapKey(known.wrapped, bytes, 'passkey', passkeyContext(known));
  bytes.fill(0);
  return opened;
}
