import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchWorldBrowser } from '../../world/browser.ts';
import { inWorker } from '../../world/extension-worker.ts';
import { describeScan, type ProfileScan, scanProfile } from '../../world/profile-scan.ts';
import { startWorldServer } from '../../world/server.ts';
import { throwawayExtension } from './throwaway-extension.ts';

interface Row {
  readonly text: string;
  /** Characters of filler stored beside the text. */
  readonly repeat?: number;
}

/** Functions that the throwaway extension's worker offers to tests. */
interface WorkerScope {
  store(rows: readonly Row[]): Promise<void>;
  call(url: string): Promise<string>;
}

const needle = (label: string) => ({ label, value: `Planted ${label} ${randomBytes(8).toString('hex')} GmbH` });

describe('a scan of a real Chromium profile', { timeout: 120_000 }, () => {
  const extensionDir = throwawayExtension();
  const small = needle('small row');
  const umlaut = { label: 'umlaut row', value: `Müller ${randomBytes(8).toString('hex')}` };
  const greek = { label: 'greek row', value: `Ελλάδα ${randomBytes(8).toString('hex')}` };
  const buried = needle('row below much else');
  const packed = needle('row that Chromium compresses');
  const cached = needle('answer of a server');
  const visited = needle('page title');
  const absent = needle('never written');
  const all = [small, umlaut, greek, buried, packed, cached, visited, absent];
  let profileDir: string;
  let scan: ProfileScan;

  beforeAll(async () => {
    const server = await startWorldServer({ handlerFor: () => page });
    const world = await launchWorldBrowser({ server, extensionDir });
    profileDir = world.profileDir;
    const tab = await world.context.newPage();
    await tab.goto('https://visited.example/');
    const store = (rows: readonly Row[]) =>
      inWorker(world.context, world.extensionId, (all) => (globalThis as unknown as WorkerScope).store(all), rows, 60_000);
    await store([
      { text: buried.value, repeat: 30_000 },
      { text: packed.value, repeat: 60_000 },
    ]);
    // Above 4 MB the log becomes a table, and the rows written first are only there.
    await store(Array.from({ length: 220 }, () => ({ text: 'filler', repeat: 60_000 })));
    await store([small, umlaut, greek].map(({ value }) => ({ text: value })));
    const call = (url: string) => (globalThis as unknown as WorkerScope).call(url);
    await inWorker(world.context, world.extensionId, call, 'https://server.example/cached');
    await world.close({ keepProfile: true });
    await server.close();
    scan = scanProfile(profileDir, all);
  }, 120_000);
  afterAll(() => {
    rmSync(profileDir, { recursive: true, force: true });
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it('finds a row in the write-ahead log of IndexedDB', () => {
    expect(placesOf(small.value)).toContainEqual(expect.stringMatching(/indexeddb\.leveldb\/\d+\.log/));
  });

  it('finds rows that are not plain ASCII, as V8 writes them', () => {
    expect(encodingsOf(umlaut.value)).toContain('latin-1');
    expect(encodingsOf(greek.value)).toContain('utf-16');
  });

  it('finds rows that were compacted into tables', () => {
    const tables = readdirSync(profileDir, { recursive: true }).filter((file) => /indexeddb\.leveldb.*\.ldb$/.test(String(file)));
    expect(tables.length).toBeGreaterThan(0);
    expect(placesOf(buried.value)).toContainEqual(expect.stringMatching(/\.ldb leveldb table/));
    expect(placesOf(packed.value).join()).toContain('.ldb');
  });

  it('finds the gzipped answer of a server in the HTTP cache', () => {
    expect(placesOf(cached.value)).toContainEqual(expect.stringMatching(/Cache_Data.* gzip/));
  });

  it('finds the title of a visited page in the history of the browser, which a caller may except', () => {
    expect(placesOf(visited.value)).toContainEqual(expect.stringContaining('History'));
    const excepting = scanProfile(profileDir, [visited, absent], { except: [visited] });
    expect(excepting.hits).toEqual([]);
    expect(excepting.excepted.length).toBeGreaterThan(0);
  });

  it('finds nothing of a value that was never written, and understands every file', () => {
    expect(placesOf(absent.value)).toEqual([]);
    expect(scan.problems, describeScan(scan)).toEqual([]);
  });

  function placesOf(value: string): string[] {
    return scan.hits.filter((hit) => hit.needle.value === value).map((hit) => `${hit.file} ${hit.container}`);
  }

  function encodingsOf(value: string): string[] {
    return scan.hits.filter((hit) => hit.needle.value === value).map((hit) => hit.encoding);
  }

  function page(request: Request): Response {
    if (new URL(request.url).pathname !== '/cached') {
      return new Response(`<!doctype html><title>${visited.value}</title>`, { headers: { 'content-type': 'text/html' } });
    }
    const body = new Blob([JSON.stringify({ filler: 'row '.repeat(500), name: cached.value })]).stream();
    return new Response(body.pipeThrough(new CompressionStream('gzip')), {
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'cache-control': 'max-age=600',
        'access-control-allow-origin': '*',
      },
    });
  }
});
