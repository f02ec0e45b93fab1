import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Cipher, createCipher } from '@/lib/vault/cipher';
import type { BoxPlace } from '@/lib/vault/envelope';
import { pad, paddedSize, unpad } from '@/lib/vault/padding';
import { codeOf } from '../builders/codes';
import { rootKey } from '../builders/keys';

const REFUSED = ['vault.tampered', 'storage.newer-version'];
const contents = fc.uint8Array({ maxLength: 700, size: 'max' });
const places: fc.Arbitrary<BoxPlace> = fc.record({
  connectionId: fc.string({ maxLength: 12, size: 'max' }),
  table: fc.constantFrom('token', 'contact', 'lead', 'manifest'),
  key: fc.string({ maxLength: 12, unit: 'grapheme' }),
  schema: fc.nat({ max: 9 }),
});

describe('sealed boxes', () => {
  let cipher: Cipher;
  beforeAll(async () => {
    cipher = createCipher(await rootKey(), { generation: 0x0305 });
  });

  it('give back any content at any place', async () => {
    await fc.assert(
      fc.asyncProperty(places, contents, async (place, content) => {
        expect([...(await cipher.open(place, await cipher.seal(place, content)))]).toEqual([...content]);
      }),
      { numRuns: 150 },
    );
  });

  it('are refused whole, with a code, when any bit of any byte is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(places, contents, fc.nat(), fc.nat({ max: 7 }), async (place, content, at, bit) => {
        const box = await cipher.seal(place, content);
        // Every fourth flip falls into the header, which is small: version, generation, nonce.
        const index = at % 4 === 0 ? at % 15 : at % box.length;
        box[index] = (box[index] ?? 0) ^ (1 << bit);
        expect(REFUSED).toContain(await codeOf(cipher.open(place, box)));
      }),
      { numRuns: 300 },
    );
  });

  it('are refused whole, with a code, when they are cut or something is added', async () => {
    await fc.assert(
      fc.asyncProperty(
        places,
        contents,
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 40, size: 'max' }),
        async (place, content, at, more) => {
          const box = await cipher.seal(place, content);
          expect(await codeOf(cipher.open(place, box.slice(0, at % box.length)))).toBe('vault.tampered');
          expect(await codeOf(cipher.open(place, Uint8Array.from([...box, ...more])))).toBe('vault.tampered');
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are refused at every place but their own', async () => {
    await fc.assert(
      fc.asyncProperty(places, places, contents, async (place, other, content) => {
        fc.pre(JSON.stringify(place) !== JSON.stringify(other));
        expect(await codeOf(cipher.open(other, await cipher.seal(place, content)))).toBe('vault.tampered');
      }),
      { numRuns: 150 },
    );
  });

  it('made of arbitrary bytes are refused with a code', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.uint8Array({ maxLength: 100, size: 'max' }), async (place, bytes) => {
        expect(REFUSED).toContain(await codeOf(cipher.open(place, bytes)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('padding', () => {
  const lengths = fc.oneof(fc.nat({ max: 10_000 }), fc.nat({ max: 3_000_000 }));

  it('is undone exactly', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000, size: 'max' }), (content) => {
        expect(unpad(pad(content))).toEqual(content);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves at most 16 sizes for each power of two, so that a size tells little', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 24 }),
        fc.array(fc.nat(), { minLength: 50, maxLength: 300, size: 'max' }),
        (power, picks) => {
          // Content of the lengths whose padded sizes fall between 2^power (not included) and 2^(power+1).
          const sizes = picks.map((pick) => paddedSize(2 ** power - 3 + (pick % 2 ** power)));
          expect(new Set(sizes).size).toBeLessThanOrEqual(16);
          for (const size of sizes) expect(size).toBeGreaterThan(2 ** power);
          for (const size of sizes) expect(size).toBeLessThanOrEqual(2 ** (power + 1));
        },
      ),
    );
  });

  it('never shrinks, costs at most a sixteenth or 256 bytes, and grows with the content', () => {
    fc.assert(
      fc.property(lengths, (length) => {
        const size = paddedSize(length);
        expect(size).toBeGreaterThanOrEqual(length + 4);
        expect(size - length - 4).toBeLessThan(Math.max(256, (length + 4) / 16 + 1));
        expect(paddedSize(length + 1)).toBeGreaterThanOrEqual(size);
      }),
    );
  });

  it('is refused when the length in front cannot be true', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000, size: 'max' }),
        fc.oneof(fc.nat({ max: 2500 }), fc.nat({ max: 0xffff_ffff })),
        (content, claimed) => {
          const padded = pad(content);
          fc.pre(paddedSize(claimed) !== padded.length);
          new DataView(padded.buffer).setUint32(0, claimed);
          expect(unpad(padded)).toBeNull();
        },
      ),
    );
  });

  it.each([0, 1, 3])('is refused when only %i bytes are there', (length) => {
    expect(unpad(new Uint8Array(length))).toBeNull();
  });
});
