import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { compress } from 'snappyjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeScan, type Needle, type ProfileScanOptions, scanProfile } from '../../world/profile-scan.ts';
import { levelDbLog, levelDbTable } from './leveldb-writer.ts';

const SECRET = 'Weyland-Yutani Kläranlagen';
const NEEDLE: Needle = { label: 'account name', value: SECRET };
/** Fills with bytes that neither compress nor hold the secret. */
const noise = (length: number) => {
  let state = 42;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  };
  return Buffer.from(Uint8Array.from({ length }, next));
};

describe('a scan of a browser profile', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sidelight-scan-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  describe('finds a value written as', () => {
    const text = Buffer.from(SECRET);
    const written: readonly (readonly [string, Buffer, string])[] = [
      ['UTF-8', text, 'utf-8'],
      ['Latin-1, as V8 does', Buffer.from(SECRET, 'latin1'), 'latin-1'],
      ['UTF-16 little-endian', Buffer.from(SECRET, 'utf16le'), 'utf-16'],
      ['UTF-16 big-endian, as IndexedDB keys are', Buffer.from(SECRET, 'utf16le').swap16(), 'utf-16'],
      ['hex', Buffer.from(text.toString('hex')), 'hex'],
      ['upper-case hex', Buffer.from(text.toString('hex').toUpperCase()), 'hex'],
      ['part of an address', Buffer.from(`https://x.example/?q=${encodeURIComponent(SECRET)}`), 'percent'],
      ['part of a form', Buffer.from(new URLSearchParams({ q: SECRET }).toString()), 'percent'],
      ...['', 'x', 'xy'].map(
        (before) =>
          [
            `base64 after ${before.length} bytes`,
            Buffer.from(Buffer.from(`${before}${SECRET} Ltd.`).toString('base64')),
            'base64',
          ] as const,
      ),
    ];
    it.each(written)('%s', (_form, bytes, encoding) => {
      plant('Default/Anything', Buffer.concat([noise(5000), bytes, noise(300)]));
      expect(found()).toEqual([`account name as ${encoding} in Default/Anything`]);
    });
  });

  it('finds base64url as well as base64', () => {
    const value = '?>?>?>?>?>~~~';
    plant('token', Buffer.from(Buffer.from(`a${value}b`).toString('base64url')));
    plant('token2', Buffer.from(Buffer.from(`a${value}b`).toString('base64')));
    expect(scanProfile(dir, [{ label: 'token', value }]).hits.map((hit) => hit.encoding)).toEqual(['base64', 'base64']);
  });

  it('finds raw key bytes, also written as base64 or hex', () => {
    const key = noise(32);
    plant('a', Buffer.concat([noise(10).reverse(), key]));
    plant('b', Buffer.from(key.toString('hex')));
    plant('c', Buffer.from(key.toString('base64')));
    const scan = scanProfile(dir, [{ label: 'root key', value: key }]);
    expect(scan.hits.map((hit) => `${hit.file} ${hit.encoding}`).sort()).toEqual(['a bytes', 'b hex', 'c base64']);
  });

  it('finds a value in the name of a file', () => {
    plant(`Default/${SECRET}.txt`, noise(10));
    expect(found()).toEqual([`account name as utf-8 in Default/${SECRET}.txt (file name)`]);
  });

  describe('looks inside a LevelDB', () => {
    const filler = Buffer.from(Array.from({ length: 300 }, (_, row) => `Weyland row ${row} Yutani `).join(''));

    it('table, decompressing its blocks', () => {
      const table = levelDbTable([
        [['first', filler]],
        [
          ['second', Buffer.concat([filler, Buffer.from('Weyland-Yu'), Buffer.from('tani Kläranlagen')])],
          ['third', filler],
        ],
      ]);
      expect(table.includes(SECRET)).toBe(false);
      plant('Default/IndexedDB/x.leveldb/000005.ldb', table);
      expect(found()).toEqual(['account name as utf-8 in Default/IndexedDB/x.leveldb/000005.ldb (leveldb table)']);
    });

    it('table, writing out keys that share their beginning with the one before', () => {
      const table = levelDbTable(
        [
          [
            ['Weyland-Yutani Abfall', '1'],
            ['Weyland-Yutani Kläranlagen', '2'],
          ],
        ],
        { snappy: false },
      );
      expect(table.includes(SECRET)).toBe(false);
      plant('000006.ldb', table);
      expect(found()).toEqual(['account name as utf-8 in 000006.ldb (leveldb table)']);
    });

    it('table, in its filter block too', () => {
      plant('000007.ldb', levelDbTable([[['a', 'b']]], { filter: Buffer.from(SECRET) }));
      expect(found()).toContain('account name as utf-8 in 000007.ldb (leveldb table)');
    });

    it('log, across the border of a block', () => {
      const log = levelDbLog([noise(200), Buffer.concat([noise(32 * 1024 - 200 - 7 - 7 - 9), Buffer.from(SECRET), noise(100)])]);
      expect(log.includes(SECRET)).toBe(false);
      plant('000003.log', log);
      expect(found()).toEqual(['account name as utf-8 in 000003.log (leveldb log)']);
    });

    it('log, in UTF-16 across the border of a block', () => {
      const border = 32 * 1024 - 7 - 21;
      plant('000004.log', levelDbLog([Buffer.concat([noise(border), Buffer.from(SECRET, 'utf16le'), noise(70_000)])]));
      expect(found()).toEqual(['account name as utf-16 in 000004.log (leveldb log)']);
    });

    it('value that IndexedDB compressed before it stored it', () => {
      const value = Buffer.concat([
        Buffer.from([0x01, 0xff, 0x11, 0x02]),
        compress(Buffer.concat([filler, Buffer.from(SECRET)])),
        noise(50),
      ]);
      expect(value.includes(SECRET)).toBe(false);
      plant('000008.ldb', levelDbTable([[['row', value]]]));
      plant('000009.log', levelDbLog([Buffer.concat([noise(32 * 1024 - 7 - 20), value])]));
      expect(found().sort()).toEqual([
        'account name as utf-8 in 000008.ldb (leveldb table > snappy value)',
        'account name as utf-8 in 000009.log (leveldb log > snappy value)',
      ]);
    });

    it('table that is broken: says so, and searches its bytes', () => {
      const table = levelDbTable([[['row', SECRET]]], { snappy: false });
      table.fill(0xff, table.length - 48, table.length - 8);
      plant('000010.ldb', table);
      expect(found()).toEqual(['account name as utf-8 in 000010.ldb']);
      expect(scanProfile(dir, [NEEDLE]).problems).toEqual([expect.stringContaining('000010.ldb')]);
    });
  });

  describe('unpacks an HTTP cache entry whose body is', () => {
    const body = Buffer.from(`{"name":"Weyland-Yutani ${'Abwasser '.repeat(40)}","next":"${SECRET}"}`);
    const packed: readonly (readonly [string, Buffer, string])[] = [
      ['gzip', gzipSync(body), 'gzip'],
      ['zlib', deflateSync(body), 'zlib'],
      ['br', brotliCompressSync(body), 'cached body'],
    ];
    it.each(packed)('%s', (encoding, bytes, container) => {
      plant('Default/Cache/Cache_Data/0123456789abcdef_0', simpleCacheEntry(bytes, encoding));
      expect(found()).toContain(`account name as utf-8 in Default/Cache/Cache_Data/0123456789abcdef_0 (${container})`);
    });

    it('gzip in the middle of a block file, cut off', () => {
      const long = Buffer.concat([body, noise(4000)]);
      plant('Default/Cache/Cache_Data/data_3', Buffer.concat([noise(9000), gzipSync(long).subarray(0, -500)]));
      expect(found()).toEqual(['account name as utf-8 in Default/Cache/Cache_Data/data_3 (gzip)']);
    });

    it('Brotli in a file of its own', () => {
      plant('Default/Cache/Cache_Data/f_00002a', brotliCompressSync(body));
      expect(found()).toEqual(['account name as utf-8 in Default/Cache/Cache_Data/f_00002a (cached body)']);
    });
  });

  it('finds nothing that is not there', () => {
    plant('Default/Noise', noise(300_000));
    plant('Default/Near', Buffer.from('Weyland-Yutani Kläranlage / eyland-Yutani Kläranlagen'));
    expect(found()).toEqual([]);
  });

  it('names the needles that are too short to search for', () => {
    plant('x', Buffer.from('Nokia'));
    const scan = scanProfile(dir, [{ label: 'account name', value: 'Nokia' }]);
    expect(scan).toMatchObject({ hits: [], skipped: [{ value: 'Nokia' }] });
  });

  it('sets aside what the caller excepted, by label and value, and reports it', () => {
    plant('Default/History', Buffer.from('https://www.weyland.example/ visited'));
    const domain = { label: 'domain', value: 'weyland.example' };
    const other = { label: 'website', value: 'weyland.example' };
    const scan = scanProfile(dir, [domain, other], { except: [domain] });
    expect(scan.excepted.map((hit) => hit.needle)).toEqual([domain]);
    expect(scan.hits.map((hit) => hit.needle)).toEqual([other]);
  });

  it('sets aside what a control profile holds as well', () => {
    const control = mkdtempSync(join(tmpdir(), 'sidelight-control-'));
    writeFileSync(join(control, 'Preferences'), 'the Public sector');
    plant('Preferences', Buffer.from('the Public sector'));
    plant('rows', Buffer.from(SECRET));
    const needles = [NEEDLE, { label: 'account name', value: 'Public' }];
    const scan = scanProfile(dir, needles, { baseline: scanProfile(control, needles) });
    expect(scan.inBaseline.map((hit) => hit.needle.value)).toEqual(['Public']);
    expect(scan.hits.map((hit) => hit.needle.value)).toEqual([SECRET]);
    expect(describeScan(scan)).toContain(`account name ${SECRET} as utf-8 in rows at 0`);
    rmSync(control, { recursive: true });
  });

  it('tells apart thousands of needles with the same beginning', () => {
    const needles = Array.from({ length: 5000 }, (_, at) => ({
      label: 'e-mail',
      value: `https://sales${at}@company${at * 7}.example`,
    }));
    const planted = [17, 1234, 4999].map((at) => needles[at]).filter((needle) => needle !== undefined);
    plant('mails', Buffer.from(planted.map((needle) => needle.value).join(' and ')));
    expect(scanProfile(dir, needles).hits.map((hit) => hit.needle)).toEqual(planted);
  });

  it('says what it went through', () => {
    plant('a/b', noise(1000));
    plant('c', gzipSync(Buffer.alloc(5000)));
    expect(scanProfile(dir, [NEEDLE])).toMatchObject({ files: 2, unpackedBytes: 5000, problems: [] });
  });

  function plant(file: string, content: Buffer): void {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), content);
  }

  function found(options: ProfileScanOptions = {}): string[] {
    return scanProfile(dir, [NEEDLE], options).hits.map(
      (hit) => `${hit.needle.label} as ${hit.encoding} in ${hit.file}${hit.container === '' ? '' : ` (${hit.container})`}`,
    );
  }
});

/** An entry of Chromium's simple cache: header, key, body, end mark, HTTP headers, end mark. */
function simpleCacheEntry(body: Buffer, encoding: string): Buffer {
  const key = Buffer.from('1/0/https://crm.example/rows');
  const header = Buffer.alloc(24);
  Buffer.from('305c72a71b6dfbfc', 'hex').copy(header);
  header.writeUInt32LE(5, 8);
  header.writeUInt32LE(key.length, 12);
  const end = Buffer.alloc(24);
  Buffer.from('d8410d97456ffaf4', 'hex').copy(end);
  return Buffer.concat([header, key, body, end, Buffer.from(`HTTP/1.1 200\0Content-Encoding: ${encoding}\0\0`), end]);
}
