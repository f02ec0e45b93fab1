import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { brotliCompressSync } from 'node:zlib';
import { compress } from 'snappyjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanProfile } from '../../world/profile-scan.ts';

/** The forms in which Firefox keeps what it stores. Each hides the value from a search of the bytes, which is checked too. */
const CANARY = 'canary-of-firefox-4711';
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sidelight-parts-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const hits = (value = CANARY) => scanProfile(dir, [{ label: 'canary', value }]).hits.map(({ container }) => container);

/** A structured clone as Firefox stores it: header, then text that Snappy can shorten, with the value between. */
function clone(): Uint8Array {
  const text = (word: string) => Buffer.from(word, 'latin1');
  const header = Buffer.from([0x03, 0, 0, 0, 0, 0, 0xf1, 0xff]);
  // Half of the canary stood before, so that Snappy writes it as a copy and the value nowhere as a whole.
  return new Uint8Array(compress(Buffer.concat([header, text(`canary-of-fire. `), text(CANARY), text(' the end')])));
}

function database(file: string, values: readonly Uint8Array[]): DatabaseSync {
  mkdirSync(join(dir, 'storage', 'idb'), { recursive: true });
  const db = new DatabaseSync(join(dir, 'storage', 'idb', file));
  db.exec('PRAGMA secure_delete = OFF; PRAGMA page_size = 4096; CREATE TABLE object_data (data BLOB)');
  for (const value of values) db.prepare('INSERT INTO object_data VALUES (?)').run(value);
  return db;
}

describe('the scan of a Firefox profile', () => {
  it('reads files that are compressed as a whole', () => {
    // One LZ4 sequence of literals, a copy of 14 bytes, and the rest as literals.
    const start = Buffer.from('canary-of-fire. ', 'latin1');
    const rest = Buffer.from('fox-4711', 'latin1');
    const block = Buffer.concat([Buffer.from([0xfa, start.length - 15]), start, Buffer.from([16, 0, rest.length << 4]), rest]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(start.length + 14 + rest.length);
    writeFileSync(join(dir, 'sessionstore.jsonlz4'), Buffer.concat([Buffer.from('mozLz40\0', 'latin1'), size, block]));
    expect(hits()).toEqual(['mozlz4']);
  });

  it('reads IndexedDB values', () => {
    database('a.sqlite', [clone()]).close();
    expect(readFileSync(join(dir, 'storage', 'idb', 'a.sqlite')).includes(CANARY)).toBe(false);
    expect(hits()).toContain('structured clone');
  });

  it('reads values of a database that are cut at the border of a page', () => {
    // Wherever the border is, one of these stands across it.
    const values = Array.from({ length: 40 }, (_, at) => Buffer.concat([randomBytes(8120 + at), Buffer.from(CANARY)]));
    database('b.sqlite', values).close();
    const found = scanProfile(dir, [{ label: 'canary', value: CANARY }]).hits;
    expect(found.map(({ container }) => container)).toContain('sqlite record');
  });

  it('reads a row that was deleted, and one that is in the write-ahead log only', () => {
    const db = database('c.sqlite', [clone()]);
    db.exec('DELETE FROM object_data');
    db.close();
    expect(hits()).toContain('structured clone');
    rmSync(join(dir, 'storage', 'idb', 'c.sqlite'));
    const open = database('d.sqlite', []);
    open.exec('PRAGMA journal_mode = WAL');
    open.prepare('INSERT INTO object_data VALUES (?)').run(clone());
    const files = scanProfile(dir, [{ label: 'canary', value: CANARY }]).hits.map(({ file }) => file);
    expect(files.every((file) => file.endsWith('.sqlite-wal'))).toBe(true);
    expect(files.length).toBeGreaterThan(0);
    open.close();
  });

  it('reads IndexedDB keys, which are written one character higher', () => {
    database('e.sqlite', [Buffer.from(CANARY).map((byte) => byte + 1)]).close();
    expect(hits()).toEqual(['indexeddb key']);
  });

  it('reads bodies of the HTTP cache', () => {
    const body = brotliCompressSync(Buffer.from(`${CANARY} `.repeat(9)));
    const offset = Buffer.alloc(4);
    offset.writeUInt32BE(body.length);
    const headers = Buffer.from('response-head\0HTTP/2 200 OK\r\nContent-Encoding: br\r\n', 'latin1');
    writeFileSync(join(dir, 'A'.repeat(40)), Buffer.concat([body, headers, offset]));
    expect(hits()).toContain('cached body');
  });

  it('finds nothing where nothing is', () => {
    database('f.sqlite', [randomBytes(30_000), clone()]).close();
    expect(hits('canary-of-elsewhere')).toEqual([]);
  });
});
