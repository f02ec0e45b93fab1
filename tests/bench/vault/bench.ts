import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { ROOT } from '../../architecture/layers.ts';
import { findOrInstallChromium } from '../../world/chromium.ts';
import { type BenchRow, report } from '../report.ts';

interface Result {
  plain: { ms: number; bytes: number };
  sealed: { ms: number; bytes: number; readP50: number; readP95: number };
}

/** Sealed runs against plain Dexie `bulkPut` of the same records, in one real browser and one run. */
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
    report('vault', rows);
  } finally {
    await browser.close();
    await server.close();
  }
}

function rowsOf(count: number, { plain, sealed }: Result): BenchRow[] {
  const times = plain.ms / sealed.ms;
  const bytes = plain.bytes / sealed.bytes;
  const isBar = count >= 100_000;
  return [
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
