import { AppError, type ErrorCode } from '@/lib/shared/errors';

/**
 * Passkeys by WebAuthn's PRF extension: for a salt of ours the authenticator computes 32 bytes that nobody else can, and
 * those open the vault. No server checks anything, so challenge and signature are of no use here; what counts is the bytes.
 * Runs in a page of the extension, whose origin is the relying party as long as no `rp.id` is given.
 */
type Credentials = Pick<CredentialsContainer, 'create' | 'get'>;

export interface PasskeySecret {
  credentialId: string;
  /** 32 bytes as base64url. */
  secret: string;
}

const SECRET_BYTES = 32;
const WAIT_MS = 120_000;
const ES256 = -7;
const RS256 = -257;

const CODES: Record<string, ErrorCode> = {
  // The user closed the prompt, let it time out or failed its check; or no authenticator here knows the passkey.
  NotAllowedError: 'vault.passkey-cancelled',
  AbortError: 'vault.passkey-cancelled',
  NotSupportedError: 'vault.passkey-unsupported',
  ConstraintError: 'vault.passkey-unsupported',
  SecurityError: 'vault.passkey-unsupported',
};

/** Whether this browser has passkeys at all. Whether one can keep a key is known when it has been made. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && navigator.credentials !== undefined;
}

/** Makes a passkey called `name` and gives what it computes for a new salt. Asks twice where making one computes nothing. */
export async function createPasskey(
  name: string,
  credentials: Credentials = navigator.credentials,
): Promise<PasskeySecret & { salt: string }> {
  const salt = random();
  const made = await prompt(() =>
    credentials.create({
      publicKey: {
        rp: { name: 'Sidelight' },
        user: { id: random(), name, displayName: name },
        challenge: random(),
        pubKeyCredParams: [
          { type: 'public-key', alg: ES256 },
          { type: 'public-key', alg: RS256 },
        ],
        authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
        attestation: 'none',
        timeout: WAIT_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const { prf } = made.getClientExtensionResults();
  if (prf?.enabled !== true) throw new AppError('vault.passkey-unsupported');
  const passkey = { credentialId: toBase64Url(new Uint8Array(made.rawId)), salt: toBase64Url(salt) };
  if (prf.results?.first === undefined) return { ...passkey, ...(await askPasskey([passkey], credentials)) };
  return { ...passkey, secret: secretOf(prf.results.first) };
}

/** Asks for any one of `passkeys`, and gives what it computes for its salt. */
export async function askPasskey(
  passkeys: readonly { credentialId: string; salt: string }[],
  credentials: Credentials = navigator.credentials,
): Promise<PasskeySecret> {
  const used = await prompt(() =>
    credentials.get({
      publicKey: {
        challenge: random(),
        allowCredentials: passkeys.map(({ credentialId }) => ({ type: 'public-key', id: fromBase64Url(credentialId) })),
        userVerification: 'required',
        timeout: WAIT_MS,
        extensions: {
          prf: {
            evalByCredential: Object.fromEntries(
              passkeys.map(({ credentialId, salt }) => [credentialId, { first: fromBase64Url(salt) }]),
            ),
          },
        },
      },
    }),
  );
  const result = used.getClientExtensionResults().prf?.results?.first;
  if (result === undefined) throw new AppError('vault.passkey-unsupported');
  return { credentialId: toBase64Url(new Uint8Array(used.rawId)), secret: secretOf(result) };
}

async function prompt(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential !== null) return credential as PublicKeyCredential;
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    throw new AppError(CODES[name] ?? 'unexpected', { cause });
  }
  throw new AppError('vault.passkey-cancelled');
}

/** As text, for the message to the background. The bytes are wiped; the text is out of reach and short-lived. */
function secretOf(result: BufferSource): string {
  const bytes = ArrayBuffer.isView(result)
    ? new Uint8Array(result.buffer, result.byteOffset, result.byteLength)
    : new Uint8Array(result);
  try {
    if (bytes.length !== SECRET_BYTES) throw new AppError('vault.passkey-unsupported');
    return toBase64Url(bytes);
  } finally {
    bytes.fill(0);
  }
}

const random = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
