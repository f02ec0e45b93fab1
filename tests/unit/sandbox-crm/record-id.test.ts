import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumOf, makeId, toId18 } from '../../sandbox-crm/org/record-id.ts';

const id15 = fc.stringMatching(/^[0-9A-Za-z]{15}$/);

describe('the checksum of a record id', () => {
  it.each([
    ['001dM00003kRs59', 'QAC'],
    ['005dM00000awSFJ', 'QA2'],
    ['003dM00001wBXYD', 'QA4'],
    ['012000000000000', 'AAA'],
  ])('of %s is %s, as a real org says', (id, suffix) => {
    expect(checksumOf(id)).toBe(suffix);
  });

  it('tells apart ids that differ by case alone', () => {
    fc.assert(
      fc.property(id15, fc.nat(14), (id, at) => {
        const letter = id.charAt(at);
        const flipped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        fc.pre(flipped !== letter);
        expect(checksumOf(id)).not.toBe(checksumOf(id.slice(0, at) + flipped + id.slice(at + 1)));
      }),
    );
  });
});

describe('the 18-character form', () => {
  it('is the same from either form, and from one whose checksum lost its case', () => {
    fc.assert(
      fc.property(id15, (id) => {
        const long = toId18(id) ?? '';
        expect(long).toHaveLength(18);
        expect(toId18(long)).toBe(long);
        expect(toId18(id + long.slice(15).toLowerCase())).toBe(long);
      }),
    );
  });

  it.each(['', '001', '001dM00003kRs59QAX', '001dM00003kRs5-', '001dM00003kRs59QACX'])('does not exist for %o', (text) => {
    expect(toId18(text)).toBeUndefined();
  });

  it('sorts ids in the order they were made', () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), fc.integer({ min: 1, max: 1_000_000 }), (n, step) => {
        expect(makeId('003', n) < makeId('003', n + step)).toBe(true);
      }),
    );
  });
});
