import fc from 'fast-check';
import { compress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { PatternIndex } from '../../world/pattern-index.ts';
import { decodeSnappy } from '../../world/snappy.ts';

const words = fc.array(fc.constantFrom('Weyland', 'Yutani', ' ', 'aaaa', '\u0000', 'Öl'), { minLength: 1, maxLength: 400 });

describe('the Snappy decoder', () => {
  it('gives back what another library compressed, whatever stands before and after it', () => {
    fc.assert(
      fc.property(words, fc.uint8Array({ maxLength: 30 }), fc.uint8Array({ maxLength: 30 }), (parts, before, after) => {
        const text = Buffer.from(parts.join(''));
        const data = Buffer.concat([before, compress(text), after]);
        expect(Buffer.from(decodeSnappy(data, before.length) ?? [])).toEqual(text);
      }),
    );
  });

  it('never fails on bytes that are not Snappy', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void decodeSnappy(bytes)));
  });
});

describe('the pattern index', () => {
  it('finds every place a plain search finds, and no other', () => {
    // Few letters, so that patterns overlap, repeat and begin alike.
    const text = (length: number) => fc.array(fc.constantFrom(97, 98, 0), { minLength: length, maxLength: length + 14 });
    fc.assert(
      fc.property(
        fc.array(text(6), { minLength: 1, maxLength: 30 }),
        fc.array(fc.constantFrom(97, 98, 0), { maxLength: 600 }),
        (patterns, bytes) => {
          const data = Buffer.from(bytes);
          const wanted = patterns.flatMap((pattern, id) => placesOf(Buffer.from(pattern), data).map((at) => `${id} ${at}`));
          const found: string[] = [];
          new PatternIndex(patterns.map((pattern) => Uint8Array.from(pattern))).search(data, (id, at) =>
            found.push(`${id} ${at}`),
          );
          expect(found.sort()).toEqual(wanted.sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses patterns that are too short to hash', () => {
    expect(() => new PatternIndex([Buffer.from('short')])).toThrow('too short');
  });
});

function placesOf(pattern: Buffer, data: Buffer): number[] {
  const places: number[] = [];
  for (let at = data.indexOf(pattern); at >= 0; at = data.indexOf(pattern, at + 1)) places.push(at);
  return places;
}
