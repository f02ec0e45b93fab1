import { describe, expect, it } from 'vitest';
import { associatedData, decodeEnvelope, encodeEnvelope } from '@/lib/vault/envelope';
import { codeOf } from '../../builders/codes';

const ENVELOPE = {
  generation: 0x0102,
  nonce: Uint8Array.from({ length: 12 }, (_, index) => 100 + index),
  ciphertext: Uint8Array.from({ length: 16 }, (_, index) => 200 + index),
};

describe('envelope', () => {
  it('is laid out as documented: version, generation, nonce, ciphertext', () => {
    expect([...encodeEnvelope(ENVELOPE)]).toEqual([1, 1, 2, ...ENVELOPE.nonce, ...ENVELOPE.ciphertext]);
  });

  it('is read from a view into a larger buffer as from its own', () => {
    const larger = new Uint8Array(100);
    larger.set(encodeEnvelope(ENVELOPE), 7);
    expect(decodeEnvelope(larger.subarray(7, 7 + 31))).toEqual(ENVELOPE);
  });

  it.each([
    ['empty', 0],
    ['only a version', 1],
    ['cut inside the nonce', 10],
    ['without a whole tag', 30],
  ])('is refused as tampered when it is %s', async (_, length) => {
    expect(await codeOf(() => decodeEnvelope(encodeEnvelope(ENVELOPE).slice(0, length)))).toBe('vault.tampered');
  });

  it.each([undefined, null, 'text', 7, {}, [1, 0, 0]])('is refused as tampered when %j stands in its place', async (value) => {
    expect(await codeOf(() => decodeEnvelope(value as unknown as Uint8Array))).toBe('vault.tampered');
  });

  it('is refused as tampered when its version is 0', async () => {
    expect(await codeOf(() => decodeEnvelope(new Uint8Array(64)))).toBe('vault.tampered');
  });

  it.each([2, 77, 255])('is refused as written by a newer Sidelight when its version is %i', async (version) => {
    const bytes = encodeEnvelope(ENVELOPE);
    bytes[0] = version;
    expect(await codeOf(() => decodeEnvelope(bytes))).toBe('storage.newer-version');
  });
});

describe('associated data', () => {
  const place = { connectionId: 'c', table: 't', key: 'k', schema: 1 };
  const data = (change: Partial<typeof place>, generation = 0) =>
    new TextDecoder().decode(associatedData({ ...place, ...change }, generation));

  it('differs for places whose parts joined would be alike', () => {
    const all = [
      data({ connectionId: 'ab', table: 'c' }),
      data({ connectionId: 'a', table: 'bc' }),
      data({ connectionId: 'a","b', table: 'c' }),
      data({ key: 'k', schema: 11 }, 1),
      data({ key: 'k', schema: 1 }, 11),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('stays what it was, since boxes on disk depend on it', () => {
    expect(data({}, 3)).toBe('["sidelight",1,3,"c","t","k",1]');
  });
});
