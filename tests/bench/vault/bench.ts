import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { ROOT } from '../../architecture/layers.ts';
import { findOrInstallChromium } from '../../world/chromium.ts';
import { type BenchRow, report } from '../report.ts';
import { measureUnlock } from './unlock.ts';

interface Measured {
  ms: number;
  bytes: number;
  readMs: number;
}

interface Result {
  plain: Measured;
  encrypted: Measured;
  sealed: Measured & { readP50: number; readP95: number };
}

/**
 * Sealed runs against plain Dexie `bulkPut` and against dexie-encrypted with the same records, in one real browser and one run;
 * then how long the built extension takes from a passphrase, or from a cold start, to the first match.
 */
export async function benchVault(quick: boolean): Promise<void> {
  const server = await createServer({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: { '@': ROOT } },
    server: { host: 'localhost', port: 0 },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: await findOrInstallChromium(), chromiumSandbox: false });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}tests/bench/vault/index.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    const rows: BenchRow[] = [];
    for (const count of quick ? [10_000] : [10_000, 100_000])
      rows.push(...rowsOf(count, (await page.evaluate(`bench(${count})`)) as Result));
    report('vault', [...rows, ...unlockRows(await measureUnlock(quick ? 3 : 10))]);
  } finally {
    await browser.close();
    await server.close();
  }
}

const MOST_UNLOCK_MS = 1000;
const MOST_COLD_MS = 150;

function unlockRows({ unlock, cold }: { unlock: number[]; cold: number[] }): BenchRow[] {
  const one = (what: string, times: readonly number[], most: number): BenchRow => {
    const value = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
    return { what, value, unit: 'ms', against: null, ratio: null, bar: `≤ ${most} ms`, holds: value <= most };
  };
  return [
    one(`from the passphrase to the first match, median of ${unlock.length}`, unlock, MOST_UNLOCK_MS),
    one(`from a stopped worker to the first match, device key, median of ${cold.length}`, cold, MOST_COLD_MS),
  ];
}

/** Next to what is compared with; `more` says what has to hold. */
function against(what: string, unit: string, value: number, other: number, more: Partial<BenchRow> = {}): BenchRow {
  return { what, value, unit, against: other, ratio: other / value, bar: null, holds: null, ...more };
}

function rowsOf(count: number, { plain, encrypted, sealed }: Result): BenchRow[] {
  const times = plain.ms / sealed.ms;
  const bytes = plain.bytes / sealed.bytes;
  const isBar = count >= 100_000;
  const label = `${count} records`;
  return [
    against(`first write next to dexie-encrypted, ${label}`, 'ms', sealed.ms, encrypted.ms),
    against(`on disk next to dexie-encrypted, ${label}`, 'bytes', sealed.bytes, encrypted.bytes),
    against(`every record read, next to plain Dexie, ${label}`, 'ms', sealed.readMs, plain.readMs),
    against(`every record read, next to dexie-encrypted, ${label}`, 'ms', sealed.readMs, encrypted.readMs),
    {
      what: `first write, ${count} records`,
      value: sealed.ms,
      unit: 'ms',
      against: plain.ms,
      ratio: times,
      bar: isBar ? '≥ 1.5 × plain Dexie' : null,
      holds: isBar ? times >= 1.5 : null,
    },
    {
      what: `on disk, ${count} records`,
      value: sealed.bytes,
      unit: 'bytes',
      against: plain.bytes,
      ratio: bytes,
      bar: isBar ? 'no more than plain' : null,
      holds: isBar ? bytes >= 1 : null,
    },
    {
      what: `contacts of one Account, p50, ${count} records`,
      value: sealed.readP50,
      unit: 'ms',
      against: null,
      ratio: null,
      bar: null,
      holds: null,
    },
    {
      what: `contacts of one Account, p95, ${count} records`,
      value: sealed.readP95,
      unit: 'ms',
      against: null,
      ratio: null,
      bar: null,
      holds: null,
    },
  ];
}
