import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { decodeEnvelope } from '@/lib/vault/envelope';
import { deriveCipherKey, deriveMacKey } from '@/lib/vault/keys';
import { bytesOf, rootKey } from '../../builders/keys';

/** RFC 5869 by Node's own implementation, which shares no code with the one under test. */
const hkdf = (seed: number, info: string) => Buffer.from(hkdfSync('sha256', bytesOf(seed), Buffer.alloc(32), info, 32));

async function encryptedWith(key: CryptoKey): Promise<string> {
  const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
  return Buffer.from(await crypto.subtle.encrypt(algorithm, key, new Uint8Array(32))).toString('hex');
}

describe('key hierarchy', () => {
  it('derives the cell key as HKDF-SHA-256 of the root', async () => {
    expect(Buffer.from(await deriveMacKey(await rootKey(5), 'cell'))).toEqual(hkdf(5, 'sidelight/v1/cell'));
  });

  it('derives the record key as HKDF-SHA-256 of the root, for table and generation', async () => {
    const expected = await crypto.subtle.importKey('raw', hkdf(5, 'sidelight/v1/record/lead/2'), 'AES-GCM', false, ['encrypt']);
    const derived = await deriveCipherKey(await rootKey(5), 'record/lead', 2);
    expect(await encryptedWith(derived)).toBe(await encryptedWith(expected));
  });

  it('gives every purpose, generation and root a key of its own', async () => {
    const keys = await Promise.all([
      deriveCipherKey(await rootKey(1), 'record/lead', 0),
      deriveCipherKey(await rootKey(1), 'record/lead', 1),
      deriveCipherKey(await rootKey(1), 'record/contact', 0),
      deriveCipherKey(await rootKey(1), 'token', 0),
      deriveCipherKey(await rootKey(1), 'token', 1),
      deriveCipherKey(await rootKey(2), 'record/lead', 0),
    ]);
    const outputs = await Promise.all(keys.map(encryptedWith));
    expect(new Set(outputs).size).toBe(keys.length);
    const macs = await Promise.all([deriveMacKey(await rootKey(1), 'cell'), deriveMacKey(await rootKey(1), 'ledger')]);
    expect(Buffer.from(macs[0])).not.toEqual(Buffer.from(macs[1]));
  });

  it('never gives a key object whose bytes can be exported', async () => {
    const root = await rootKey();
    const key = await deriveCipherKey(root, 'token', 0);
    expect([root.extractable, key.extractable]).toEqual([false, false]);
  });

  it('seals tokens under the token key and not under that of a record table', async () => {
    const root = await rootKey(9);
    const place = { connectionId: 'c', table: 'token', key: 'token', schema: 1 };
    const { nonce, ciphertext } = decodeEnvelope(await createCipher(root).seal(place, new Uint8Array(3)));
    const additionalData = new TextEncoder().encode('["sidelight",1,0,"c","token","token",1]');
    const key = await crypto.subtle.importKey('raw', hkdf(9, 'sidelight/v1/token/0'), 'AES-GCM', false, ['decrypt']);
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, ciphertext);
    expect(opened.byteLength).toBe(256);
  });
});

describe('cell hash', () => {
  const values = ['001000000000001AAA', 'acme.co.uk', '', 'Ünïcödé', 'contact:003x', 'acme.co.uk'];

  it('is the first 32 bits of HMAC-SHA-256 under the cell key', async () => {
    const expected = values.map((value) =>
      createHmac('sha256', hkdf(3, 'sidelight/v1/cell')).update(value, 'utf8').digest().readUInt32BE(0),
    );
    expect(await createCellHash(await rootKey(3)).many(values)).toEqual(expected);
  });

  it('is the same whatever is hashed with it and before it', async () => {
    const hash = createCellHash(await rootKey());
    const [together] = await hash.many(['a', 'b']);
    expect(await hash.many(['a'])).toEqual([together]);
  });

  it('gives nothing for nothing', async () => {
    expect(await createCellHash(await rootKey()).many([])).toEqual([]);
  });

  it('differs between connections, so that places cannot be compared', async () => {
    const one = await createCellHash(await rootKey(1)).many(values.slice(0, 3));
    const other = await createCellHash(await rootKey(2)).many(values.slice(0, 3));
    expect(one.some((value, index) => value === other[index])).toBe(false);
  });

  it('spreads ids that differ in one character evenly over 64 cells', async () => {
    const ids = Array.from({ length: 6400 }, (_, index) => `001000000${String(index).padStart(6, '0')}AAA`);
    const cells = new Map<number, number>();
    for (const hash of await createCellHash(await rootKey()).many(ids)) cells.set(hash >>> 26, (cells.get(hash >>> 26) ?? 0) + 1);
    expect(cells.size).toBe(64);
    // Chi-squared with 63 degrees of freedom is below 120 in all but one of 100,000 fair draws; the key is fixed here.
    const chi = [...cells.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chi).toBeLessThan(120);
  });
});
