import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { cachedBody, streamsInside } from './compressed-streams.ts';
import { firefoxParts } from './firefox-parts.ts';
import { isLevelDbLogName, levelDbLogRecords } from './leveldb-log.ts';
import { isLevelDbTable, levelDbTableContents } from './leveldb-table.ts';
import { encodingsOf, type Needle, type NeedleEncoding } from './needle-encodings.ts';
import { PatternIndex } from './pattern-index.ts';

export type { Needle } from './needle-encodings.ts';

/** A needle that stands in the profile. Each combination is reported once per file, at its first place. */
interface ProfileHit {
  readonly needle: Needle;
  readonly encoding: NeedleEncoding;
  /** Path inside the profile. */
  readonly file: string;
  /** `''` for the bytes of the file itself, or what they were unpacked from, such as `leveldb table > snappy value`. */
  readonly container: string;
  /** Place inside the file, or inside what was unpacked. */
  readonly offset: number;
}

export interface ProfileScan {
  /** What stands there and has no explanation. */
  readonly hits: readonly ProfileHit[];
  /** Hits that the caller excepted: the browser's own record of the sites a test visited. */
  readonly excepted: readonly ProfileHit[];
  /** Hits whose value stands in the control profile as well. */
  readonly inBaseline: readonly ProfileHit[];
  /** Needles that were not searched for because they are too short to mean anything. */
  readonly skipped: readonly Needle[];
  /** Files that could not be read or understood; their raw bytes were still searched if they could be read. */
  readonly problems: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly unpackedBytes: number;
}

export interface ProfileScanOptions {
  /** Needles that may stand in the profile, by label and value: the hosts a test visited, which History must hold. */
  readonly except?: readonly Needle[];
  /**
   * Scan of a control profile with the same needles: the same browser and the same pages, but without sync or with an
   * empty CRM. A company called "Public" stands in any profile; what stands there without the CRM says nothing of the CRM.
   */
  readonly baseline?: ProfileScan;
  /** Shortest text searched for, in characters; shorter ones hit by chance. 6 unless told, and never less. */
  readonly shortest?: number;
}

const SHORTEST = 6;
const CHUNK_BYTES = 8 << 20;
/** Larger files are searched as raw bytes only, and that is said in `problems`. */
const DECODED_UP_TO = 512 << 20;
/** A stream inside a value inside a table, and one more. */
const DEEPEST = 4;

/** Looks for every needle, in every encoding, in every file of a browser profile that is not in use. */
export function scanProfile(dir: string, needles: readonly Needle[], options: ProfileScanOptions = {}): ProfileScan {
  const shortest = Math.max(SHORTEST, options.shortest ?? SHORTEST);
  const searched = needles.filter((needle) => needle.value.length >= shortest);
  const scanner = new Scanner(dir, searched);
  scanner.scan();
  const excepted = keysOf(options.except ?? []);
  const known = new Set(
    [...(options.baseline === undefined ? [] : allHits(options.baseline))].map((hit) => valueKey(hit.needle)),
  );
  const kind = (hit: ProfileHit) =>
    excepted.has(needleKey(hit.needle)) ? 'excepted' : known.has(valueKey(hit.needle)) ? 'known' : 'hit';
  const sorted = Map.groupBy(scanner.hits, kind);
  return {
    hits: sorted.get('hit') ?? [],
    excepted: sorted.get('excepted') ?? [],
    inBaseline: sorted.get('known') ?? [],
    skipped: needles.filter((needle) => needle.value.length < shortest),
    problems: scanner.problems,
    files: scanner.files,
    bytes: scanner.bytes,
    unpackedBytes: scanner.unpackedBytes,
  };
}

/** The scan in a few lines, for the message of a failed expectation or a report. */
export function describeScan(scan: ProfileScan, most = 20): string {
  const lines = scan.hits.slice(0, most).map((hit) => {
    const place = hit.container === '' ? hit.file : `${hit.file} (${hit.container})`;
    return `${hit.needle.label} ${String(hit.needle.value)} as ${hit.encoding} in ${place} at ${hit.offset}`;
  });
  return [
    `${scan.hits.length} hits in ${scan.files} files, ${scan.bytes} bytes and ${scan.unpackedBytes} unpacked; ` +
      `${scan.excepted.length} excepted, ${scan.inBaseline.length} in the baseline too, ${scan.skipped.length} needles too short`,
    ...lines,
    ...scan.problems,
  ].join('\n');
}

class Scanner {
  readonly hits: ProfileHit[] = [];
  readonly problems: string[] = [];
  files = 0;
  bytes = 0;
  unpackedBytes = 0;
  readonly #dir: string;
  readonly #patterns: { readonly needle: Needle; readonly encoding: NeedleEncoding; readonly what: number }[] = [];
  readonly #index: PatternIndex;
  /** Needle and encoding, file and container that were reported: one report of each is enough. */
  readonly #reported = new Set<string>();
  readonly #scopes = new Map<string, number>();

  constructor(dir: string, needles: readonly Needle[]) {
    this.#dir = dir;
    const encoded: Uint8Array[] = [];
    let what = 0;
    for (const needle of needles) {
      let before: NeedleEncoding | undefined;
      for (const { encoding, bytes } of encodingsOf(needle.value)) {
        if (encoding !== before) what++;
        before = encoding;
        this.#patterns.push({ needle, encoding, what });
        encoded.push(bytes);
      }
    }
    this.#index = new PatternIndex(encoded);
  }

  scan(): void {
    for (const entry of readdirSync(this.#dir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue; // locks and sockets of a running browser
      const path = join(entry.parentPath, entry.name);
      const file = relative(this.#dir, path);
      try {
        this.files++;
        this.#scanFile(path, file);
      } catch (error) {
        this.problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  #scanFile(path: string, file: string): void {
    const { size } = statSync(path);
    this.bytes += size;
    this.#search(Buffer.from(file), file, 'file name', 0);
    if (size > DECODED_UP_TO) {
      this.problems.push(`${file}: too large to unpack, only its raw bytes were searched`);
      this.#searchInChunks(path, file);
      return;
    }
    const content = readFileSync(path);
    this.#search(content, file, '', 0);
    this.#unpack(content, file, '', 1);
    for (const body of cachedBody(basename(file), content)) this.#visit(body.content, file, body.container, 1);
    for (const part of firefoxParts(file, content)) this.#visit(part.content, file, part.container, 1);
    if (isLevelDbTable(content)) {
      for (const block of levelDbTableContents(content)) this.#visit(block, file, 'leveldb table', 1);
    } else if (isLevelDbLogName(basename(file))) {
      for (const record of levelDbLogRecords(content)) this.#visit(record, file, 'leveldb log', 1);
    }
  }

  #visit(content: Uint8Array, file: string, container: string, depth: number): void {
    this.unpackedBytes += content.length;
    this.#search(content, file, container, 0);
    this.#unpack(content, file, container, depth + 1);
  }

  #unpack(content: Uint8Array, file: string, container: string, depth: number): void {
    if (depth > DEEPEST) return;
    for (const stream of streamsInside(content)) {
      this.#visit(stream.content, file, container === '' ? stream.container : `${container} > ${stream.container}`, depth);
    }
  }

  #searchInChunks(path: string, file: string): void {
    const handle = openSync(path, 'r');
    try {
      const overlap = this.#index.longest;
      const buffer = Buffer.alloc(CHUNK_BYTES + overlap);
      for (let start = 0; ; start += CHUNK_BYTES) {
        const read = readSync(handle, buffer, 0, buffer.length, start);
        this.#search(buffer.subarray(0, read), file, '', start);
        if (read < buffer.length) return;
      }
    } finally {
      closeSync(handle);
    }
  }

  #search(data: Uint8Array, file: string, container: string, start: number): void {
    const scope = this.#scopeOf(`${file}\0${container}`);
    this.#index.search(data, (id, offset) => {
      const pattern = this.#patterns[id];
      if (pattern === undefined) return;
      const key = `${pattern.what} ${scope}`;
      if (this.#reported.has(key)) return;
      this.#reported.add(key);
      this.hits.push({ needle: pattern.needle, encoding: pattern.encoding, file, container, offset: start + offset });
    });
  }

  #scopeOf(name: string): number {
    const scope = this.#scopes.get(name) ?? this.#scopes.size;
    this.#scopes.set(name, scope);
    return scope;
  }
}

function allHits(scan: ProfileScan): readonly ProfileHit[] {
  return [...scan.hits, ...scan.excepted, ...scan.inBaseline];
}

function keysOf(needles: readonly Needle[]): ReadonlySet<string> {
  return new Set(needles.map(needleKey));
}

function needleKey(needle: Needle): string {
  return `${needle.label}\0${valueKey(needle)}`;
}

function valueKey({ value }: Needle): string {
  return typeof value === 'string' ? value : `bytes ${Buffer.from(value).toString('hex')}`;
}
