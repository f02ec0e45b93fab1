import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { ROOT } from '../../architecture/layers.ts';
import { findOrInstallChromium } from '../../world/chromium.ts';
import { type BenchRow, report } from '../report.ts';

interface Spread {
  p50: number;
  p95: number;
}

interface Measured {
  cold: Spread;
  warm: Spread;
  typos: Spread;
  scan: Spread;
  stored: number;
  bytes: number;
  bytesWithout: number;
  built: number;
  miniWarm: Spread;
  miniTypos: Spread;
}

const BAR_MS = 50;
const SIZES = [10_000, 100_000];

function row(what: string, value: number, unit: string, against: number | null, isBarred = false): BenchRow {
  return {
    what,
    value,
    unit,
    against,
    ratio: against === null ? null : against / value,
    bar: isBarred ? `≤ ${BAR_MS} ms` : null,
    holds: isBarred ? value <= BAR_MS : null,
  };
}

function rowsOf(size: number, measured: Measured): BenchRow[] {
  const { cold, warm, typos, scan, stored, bytes, bytesWithout, built, miniWarm, miniTypos } = measured;
  const many = size.toLocaleString('en');
  const isBarred = size === 100_000;
  return [
    row(`first result, copy just opened, ${many} accounts, p50, against building MiniSearch`, cold.p50, 'ms', built),
    row(`first result, copy just opened, ${many}, p95`, cold.p95, 'ms', built, isBarred),
    row(`as you type, ${many}, p50, against MiniSearch in memory`, warm.p50, 'ms', miniWarm.p50),
    row(`as you type, ${many}, p95`, warm.p95, 'ms', miniWarm.p95, isBarred),
    row(`with a typo, ${many}, p50, against MiniSearch in memory`, typos.p50, 'ms', miniTypos.p50),
    row(`with a typo, ${many}, p95`, typos.p95, 'ms', miniTypos.p95, isBarred),
    row(`as you type, ${many}, p50, against reading all Accounts`, warm.p50, 'ms', scan.p50),
    row(`making and sealing the lines, ${many}`, stored, 'ms', null),
    row(`bytes that the lines add, ${many}`, (bytes - bytesWithout) / 1e6, 'MB', null),
    row(`bytes of the copy without them, ${many}`, bytesWithout / 1e6, 'MB', null),
  ];
}

/** A search over the sealed copy in the real browser, next to reading all records and to MiniSearch with everything in memory. */
export async function benchSearch(quick: boolean): Promise<void> {
  const server = await createServer({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: { '@': ROOT } },
    server: { host: 'localhost', port: 0 },
  });
  const browser = await chromium.launch({ executablePath: await findOrInstallChromium(), chromiumSandbox: false });
  try {
    await server.listen();
    const rows: BenchRow[] = [];
    for (const size of quick ? SIZES.slice(0, 1) : SIZES) {
      const page = await browser.newPage();
      await page.goto(`${server.resolvedUrls?.local[0] ?? ''}tests/bench/search/index.html`);
      await page.waitForFunction(() => 'benchSearch' in globalThis);
      rows.push(...rowsOf(size, (await page.evaluate(`benchSearch(${size})`)) as Measured));
      await page.close();
    }
    report('search', rows);
  } finally {
    await browser.close();
    await server.close();
  }
}
