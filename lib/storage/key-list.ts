/**
 * Under which keys a run of the index has entries, in eight bytes a key: enough to say of most keys that there is nothing,
 * and of the others that there is something, without opening a cell. Half of the eight are the keyed hash by which the run is
 * partitioned, half a plain one, so that two keys are not taken for one.
 */
export interface KeyList {
  /** False when no entry of the run has this hash. */
  mayHold(hash: number): boolean;
  /** What the run says of a key; `unsure` when it holds a deletion under it. */
  says(hash: number, key: string): 'nothing' | 'alive' | 'unsure';
}

/** The part of an entry that is needed here. */
interface ListedEntry {
  hash: number;
  home: string;
  values: unknown[] | null;
}

const DEAD = 1;

/** 31 bits of a key, and room for one more. */
function checkOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash << 1) >>> 0;
}

/** Takes entries in the order of their cells, and keeps each key once. */
export function createKeyListMaker() {
  /** Two numbers a key; always a power of two of them. */
  let pairs = new Uint32Array(2);
  let count = 0;

  function push(hash: number, check: number): void {
    if (count > 0 && pairs[count * 2 - 2] === hash && pairs[count * 2 - 1] === check) return;
    if (count * 2 === pairs.length) {
      const more = new Uint32Array(pairs.length * 2);
      more.set(pairs);
      pairs = more;
    }
    pairs[count * 2] = hash;
    pairs[count * 2 + 1] = check;
    count += 1;
  }

  return {
    /** All entries of the next cell, which have higher hashes than those before. */
    add(entries: readonly ListedEntry[]): void {
      const keys = entries
        .map(({ hash, home, values }) => ({ hash, check: (checkOf(home) | (values === null ? DEAD : 0)) >>> 0 }))
        .sort((a, b) => a.hash - b.hash || a.check - b.check);
      for (const { hash, check } of keys) push(hash, check);
    },
    count: () => count,
    /** Filled up to the next power of two, so that its size tells no more than the number of cells does. */
    bytes: (): Uint8Array<ArrayBuffer> => new Uint8Array(pairs.buffer),
  };
}

/** The list of `count` keys whose bytes these are, in parts. */
export function openKeyList(parts: readonly Uint8Array[], count: number): KeyList {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  const pairs = new Uint32Array(bytes.buffer).slice(0, count * 2);

  /** The first entry with at least this hash. */
  function firstAt(hash: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[middle * 2] ?? 0) < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    mayHold: (hash) => pairs[firstAt(hash) * 2] === hash,
    says(hash, key) {
      const wanted = checkOf(key);
      let found: 'nothing' | 'alive' = 'nothing';
      for (let at = firstAt(hash); pairs[at * 2] === hash; at += 1) {
        const check = pairs[at * 2 + 1];
        if (check === (wanted | DEAD) >>> 0) return 'unsure';
        if (check === wanted) found = 'alive';
      }
      return found;
    },
  };
}
