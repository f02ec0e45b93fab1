/** What the background asks for at least. It decides; this is only said beforehand. */
const SHORTEST = 12;

export type Strength = { kind: 'empty' | 'repeats' | 'long' | 'words' } | { kind: 'short'; missing: number };

/**
 * What can be said of a passphrase while it is typed. Words rather than a bar: a bar would promise to know how a guesser
 * goes about it.
 */
export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase];
  if (letters.length === 0) return { kind: 'empty' };
  if (letters.length < SHORTEST) return { kind: 'short', missing: SHORTEST - letters.length };
  if (new Set(letters.map((letter) => letter.toLocaleLowerCase())).size < 6) return { kind: 'repeats' };
  const words = new Set(
    passphrase
      .toLocaleLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2),
  );
  return { kind: words.size >= 4 ? 'words' : 'long' };
}
