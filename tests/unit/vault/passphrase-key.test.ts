import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  derivePassphraseKey,
  isWeakerThan,
  isWeakPassphrase,
  type KdfParameters,
  kdfParameters,
  newKdf,
} from '@/lib/vault/passphrase-key';

const SALT = Buffer.from('0123456789abcdef').toString('base64');
const argon = (memoryKiB: number, passes: number): KdfParameters => ({
  name: 'argon2id',
  memoryKiB,
  passes,
  lanes: 1,
  salt: SALT,
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the key of a passphrase', () => {
  it('is Argon2id with 64 MiB and three passes for a new one, with a salt of its own', () => {
    const [one, other] = [newKdf(), newKdf()];
    expect(one).toMatchObject({ name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 });
    expect(one.salt).not.toBe(other.salt);
  });

  it.each([
    [65_536, true],
    [256 * 1024, true],
    [256 * 1024 + 1, false],
    [1024 * 1024, false],
    [4, false],
  ])('may be one of %i KiB: %s. More than is ever written would only take the browser’s memory', (memoryKiB, isAccepted) => {
    expect(kdfParameters.safeParse(argon(memoryKiB, 3)).success).toBe(isAccepted);
  });

  it.each([
    [64, 1, 'correct horse battery staple'],
    [1024, 3, 'Straßenbahn über Öl'],
    [65_536, 3, 'four words that differ'],
  ])('is what OpenSSL derives with %i KiB and %i passes', async (memoryKiB, passes, passphrase) => {
    const expected = argon2Sync('argon2id', {
      message: passphrase,
      nonce: Buffer.from(SALT, 'base64'),
      parallelism: 1,
      tagLength: 32,
      memory: memoryKiB,
      passes,
    });
    expect(hex(await derivePassphraseKey(passphrase, argon(memoryKiB, passes)))).toBe(hex(expected));
  });

  it('is PBKDF2-HMAC-SHA-256 where that is what was used', async () => {
    const { pbkdf2Sync } = await import('node:crypto');
    const kdf: KdfParameters = { name: 'pbkdf2-sha256', rounds: 1000, salt: SALT };
    const expected = pbkdf2Sync('some passphrase', Buffer.from(SALT, 'base64'), 1000, 32, 'sha256');
    expect(hex(await derivePassphraseKey('some passphrase', kdf))).toBe(hex(expected));
  });

  it('does not depend on how the keyboard composes an umlaut', async () => {
    const [composed, decomposed] = await Promise.all(
      ['\u00fcber alle Berge', 'u\u0308ber alle Berge'].map((text) => derivePassphraseKey(text, argon(64, 1))),
    );
    expect(composed).toEqual(decomposed);
  });

  it.each([
    [argon(65_536, 3), false],
    [argon(131_072, 3), false],
    [argon(19_456, 3), true],
    [argon(65_536, 2), true],
    [newKdf('pbkdf2-sha256'), true],
  ])('with %o is to be raised: %s', (kdf, weaker) => {
    expect(isWeakerThan(kdf, newKdf())).toBe(weaker);
  });
});

describe('a passphrase that is too easy', () => {
  it.each(['', 'short', 'elevenchars', '            ', 'aaaaaaaaaaaaaaaa', 'abababababababab', '   eleven ch   '])(
    '%j',
    (text) => {
      expect(isWeakPassphrase(text)).toBe(true);
    },
  );

  it.each(['twelve chars', 'lamp river onion seven', 'сорок тысяч обезьян', '四つの言葉を選んでくださいね'])(
    'is not %j',
    (text) => {
      expect(isWeakPassphrase(text)).toBe(false);
    },
  );
});
