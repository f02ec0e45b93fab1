import { beforeEach, describe, expect, it } from 'vitest';
import { askPasskey, createPasskey } from '@/components/vault/passkey-prompt';

type Options = CredentialCreationOptions & CredentialRequestOptions;

/** Answers like a browser with one authenticator; what it was asked stands in `asked`. */
function authenticator(answers: { create?: unknown; get?: unknown }) {
  const asked: Options[] = [];
  const answer = (given: unknown) => async (options?: Options) => {
    asked.push(options ?? {});
    if (given instanceof Error) throw given;
    return given as Credential | null;
  };
  return { asked, credentials: { create: answer(answers.create), get: answer(answers.get) } };
}

const ID = Uint8Array.of(251, 255, 1);
const ID_TEXT = '-_8B';
const SECRET = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
const secretText = () => Buffer.from(SECRET).toString('base64url');
let secret: Uint8Array<ArrayBuffer>;

beforeEach(() => {
  secret = SECRET.slice();
});

const credential = (prf: unknown) => ({ rawId: ID.slice().buffer, getClientExtensionResults: () => ({ prf }) });
const named = (name: string) => Object.assign(new Error(), { name });
const bytes = (source: BufferSource | undefined) => Buffer.from(source as Uint8Array).toString('base64url');

describe('making a passkey', () => {
  it('asks for a user’s check, a key for the page’s own origin, and what it computes for a new salt', async () => {
    const { asked, credentials } = authenticator({ create: credential({ enabled: true, results: { first: secret.buffer } }) });
    const made = await createPasskey('Desk', credentials);
    expect(asked[0]?.publicKey).toMatchObject({
      rp: { name: 'Sidelight' },
      user: { name: 'Desk', displayName: 'Desk' },
      pubKeyCredParams: [{ alg: -7 }, { alg: -257 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      attestation: 'none',
    });
    const options = asked[0]?.publicKey as PublicKeyCredentialCreationOptions;
    expect(options.rp).not.toHaveProperty('id');
    expect(bytes(options.extensions?.prf?.eval?.first)).toBe(made.salt);
    expect(Buffer.from(made.salt, 'base64url')).toHaveLength(32);
    expect(made).toMatchObject({ credentialId: ID_TEXT, secret: secretText() });
  });

  it('never uses a salt or a user handle twice', async () => {
    const run = async () => {
      const { asked, credentials } = authenticator({
        create: credential({ enabled: true, results: { first: SECRET.slice().buffer } }),
      });
      const { salt } = await createPasskey('Desk', credentials);
      const options = asked[0]?.publicKey as PublicKeyCredentialCreationOptions;
      return [salt, bytes(options.user.id)];
    };
    expect(new Set([...(await run()), ...(await run())]).size).toBe(4);
  });

  it('asks once more where making one computes nothing', async () => {
    const { asked, credentials } = authenticator({
      create: credential({ enabled: true }),
      get: credential({ results: { first: secret.buffer } }),
    });
    const made = await createPasskey('Desk', credentials);
    expect(asked).toHaveLength(2);
    expect(bytes(asked[1]?.publicKey?.extensions?.prf?.evalByCredential?.[ID_TEXT]?.first)).toBe(made.salt);
    expect(made.secret).toBe(secretText());
  });

  it.each([[undefined], [{}], [{ enabled: false }]])('refuses one that computes nothing at all: %j', async (prf) => {
    const { asked, credentials } = authenticator({ create: credential(prf) });
    await expect(createPasskey('Desk', credentials)).rejects.toMatchObject({ code: 'vault.passkey-unsupported' });
    expect(asked).toHaveLength(1);
  });
});

describe('using a passkey', () => {
  const KNOWN = [
    { credentialId: ID_TEXT, salt: Buffer.alloc(32, 1).toString('base64url') },
    { credentialId: 'AAEC', salt: Buffer.alloc(32, 2).toString('base64url') },
  ];

  it('lets any one of them do, each with its own salt', async () => {
    const { asked, credentials } = authenticator({ get: credential({ results: { first: secret } }) });
    expect(await askPasskey(KNOWN, credentials)).toEqual({ credentialId: ID_TEXT, secret: secretText() });
    const options = asked[0]?.publicKey as PublicKeyCredentialRequestOptions;
    expect(options.userVerification).toBe('required');
    expect(options.allowCredentials?.map(({ id }) => bytes(id))).toEqual([ID_TEXT, 'AAEC']);
    const salts = Object.entries(options.extensions?.prf?.evalByCredential ?? {}).map(([id, { first }]) => [id, bytes(first)]);
    expect(salts).toEqual(KNOWN.map(({ credentialId, salt }) => [credentialId, salt]));
  });

  it('wipes the bytes, also those that are not used', async () => {
    await askPasskey(KNOWN, authenticator({ get: credential({ results: { first: secret } }) }).credentials);
    expect(secret.every((byte) => byte === 0)).toBe(true);
    const short = Uint8Array.of(1, 2, 3);
    await askPasskey(KNOWN, authenticator({ get: credential({ results: { first: short.buffer } }) }).credentials).catch(() => {});
    expect(short.every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an empty result', {}],
    ['31 bytes', { first: new Uint8Array(31) }],
    ['33 bytes', { first: new Uint8Array(33).buffer }],
  ])('refuses %s', async (_, results) => {
    const { credentials } = authenticator({ get: credential({ results }) });
    await expect(askPasskey(KNOWN, credentials)).rejects.toMatchObject({ code: 'vault.passkey-unsupported' });
  });

  it.each([
    ['NotAllowedError', 'vault.passkey-cancelled'],
    ['AbortError', 'vault.passkey-cancelled'],
    ['NotSupportedError', 'vault.passkey-unsupported'],
    ['ConstraintError', 'vault.passkey-unsupported'],
    ['SecurityError', 'vault.passkey-unsupported'],
    ['TypeError', 'unexpected'],
  ])('%s is %s', async (name, code) => {
    const { credentials } = authenticator({ create: named(name), get: named(name) });
    await expect(askPasskey(KNOWN, credentials)).rejects.toMatchObject({ code });
    await expect(createPasskey('Desk', credentials)).rejects.toMatchObject({ code });
  });

  it('takes no answer for a no', async () => {
    const { credentials } = authenticator({ get: null });
    await expect(askPasskey(KNOWN, credentials)).rejects.toMatchObject({ code: 'vault.passkey-cancelled' });
  });
});
