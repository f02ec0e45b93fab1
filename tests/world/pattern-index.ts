/** Length of the windows that are hashed; a pattern belongs to the longest one it can fill. */
const WINDOWS = [10, 6] as const;
const SHORTEST_PATTERN = 6;

const BASE = 0x2f0b4c47;
const FILTER_BITS = 24;
const RARITY_BITS = 22;
/** Windows looked at when the rarest one of a long pattern is chosen. */
const MOST_OFFSETS = 64;

/**
 * Finds hundreds of thousands of byte patterns in one pass each over the data.
 *
 * Aho-Corasick would need a node per pattern byte (some 10 million here, over 100 MB of tables and a cache miss per byte).
 * Instead a rolling hash (Rabin-Karp) runs over the data and asks a 2 MB bit filter; only what passes it is looked up
 * and compared. The window hashed of each pattern is the one fewest patterns share: not the "https://" they begin with.
 */
export class PatternIndex {
  readonly longest: number;
  readonly #tiers: readonly Tier[];

  constructor(patterns: readonly Uint8Array[]) {
    this.longest = patterns.reduce((most, pattern) => Math.max(most, pattern.length), 0);
    const tooShort = patterns.find((pattern) => pattern.length < SHORTEST_PATTERN);
    if (tooShort !== undefined) throw new RangeError(`A pattern of ${tooShort.length} bytes is too short to search for.`);
    this.#tiers = WINDOWS.map((window, at) => {
      const above = WINDOWS[at - 1] ?? Number.POSITIVE_INFINITY;
      const mine = patterns.flatMap((pattern, id) => (pattern.length >= window && pattern.length < above ? [id] : []));
      return new Tier(window, patterns, mine);
    }).filter((tier) => tier.size > 0);
  }

  /** Calls `found` with the number of each pattern and where it starts. */
  search(data: Uint8Array, found: (pattern: number, offset: number) => void): void {
    for (const tier of this.#tiers) tier.search(data, found);
  }
}

class Tier {
  readonly size: number;
  readonly #window: number;
  readonly #patterns: readonly Uint8Array[];
  readonly #filter = new Int32Array(1 << (FILTER_BITS - 5));
  readonly #leaving: Int32Array;
  readonly #heads: Int32Array;
  readonly #shift: number;
  readonly #next: Int32Array;
  readonly #ids: Int32Array;
  readonly #hashes: Int32Array;
  readonly #offsets: Int32Array;

  constructor(window: number, patterns: readonly Uint8Array[], ids: readonly number[]) {
    this.size = ids.length;
    this.#window = window;
    this.#patterns = patterns;
    this.#leaving = leavingTable(window);
    const bits = Math.max(10, Math.ceil(Math.log2(ids.length + 1)) + 1);
    this.#heads = new Int32Array(1 << bits).fill(-1);
    this.#shift = 32 - bits;
    this.#next = new Int32Array(ids.length);
    this.#ids = Int32Array.from(ids);
    this.#hashes = new Int32Array(ids.length);
    this.#offsets = new Int32Array(ids.length);
    const rarity = this.#countWindows();
    for (let entry = 0; entry < ids.length; entry++) this.#enter(entry, rarity);
  }

  search(data: Uint8Array, found: (pattern: number, offset: number) => void): void {
    const window = this.#window;
    if (data.length < window) return;
    const filter = this.#filter;
    const leaving = this.#leaving;
    const end = data.length;
    let hash = hashAt(data, 0, window);
    for (let at = window; ; at++) {
      const key = hash >>> (32 - FILTER_BITS);
      if (((filter[key >>> 5] as number) >>> (key & 31)) & 1) this.#lookUp(data, at - window, hash, found);
      if (at >= end) return;
      hash = (Math.imul(hash, BASE) + (data[at] as number) - (leaving[data[at - window] as number] as number)) | 0;
    }
  }

  #lookUp(data: Uint8Array, at: number, hash: number, found: (pattern: number, offset: number) => void): void {
    for (let entry = this.#heads[hash >>> this.#shift] ?? -1; entry >= 0; entry = this.#next[entry] ?? -1) {
      if (this.#hashes[entry] !== hash) continue;
      const id = this.#ids[entry] ?? 0;
      const start = at - (this.#offsets[entry] ?? 0);
      const pattern = this.#patterns[id];
      if (pattern !== undefined && standsAt(data, start, pattern)) found(id, start);
    }
  }

  #countWindows(): Uint8Array {
    const counts = new Uint8Array(1 << RARITY_BITS);
    for (const id of this.#ids) {
      this.#eachWindow(id, (hash) => {
        const key = hash >>> (32 - RARITY_BITS);
        const count = counts[key] ?? 0;
        if (count < 255) counts[key] = count + 1;
      });
    }
    return counts;
  }

  #enter(entry: number, rarity: Uint8Array): void {
    let fewest = Number.POSITIVE_INFINITY;
    this.#eachWindow(this.#ids[entry] ?? 0, (hash, offset) => {
      const count = rarity[hash >>> (32 - RARITY_BITS)] ?? 0;
      if (count >= fewest) return;
      fewest = count;
      this.#hashes[entry] = hash;
      this.#offsets[entry] = offset;
    });
    const hash = this.#hashes[entry] ?? 0;
    const key = hash >>> (32 - FILTER_BITS);
    this.#filter[key >>> 5] = (this.#filter[key >>> 5] ?? 0) | (1 << (key & 31));
    this.#next[entry] = this.#heads[hash >>> this.#shift] ?? -1;
    this.#heads[hash >>> this.#shift] = entry;
  }

  #eachWindow(id: number, visit: (hash: number, offset: number) => void): void {
    const pattern = this.#patterns[id] ?? new Uint8Array();
    const last = Math.min(pattern.length - this.#window, MOST_OFFSETS);
    for (let offset = 0; offset <= last; offset++) visit(hashAt(pattern, offset, this.#window), offset);
  }
}

function hashAt(data: Uint8Array, start: number, window: number): number {
  let hash = 0;
  for (let at = start; at < start + window; at++) hash = (Math.imul(hash, BASE) + (data[at] ?? 0)) | 0;
  return hash;
}

/** What a byte that leaves the window has added to the hash, for each of the 256 bytes. */
function leavingTable(window: number): Int32Array {
  let power = 1;
  for (let step = 0; step < window; step++) power = Math.imul(power, BASE);
  return Int32Array.from({ length: 256 }, (_, byte) => Math.imul(byte, power));
}

function standsAt(data: Uint8Array, start: number, pattern: Uint8Array): boolean {
  if (start < 0 || start + pattern.length > data.length) return false;
  for (let at = 0; at < pattern.length; at++) if (data[start + at] !== pattern[at]) return false;
  return true;
}
