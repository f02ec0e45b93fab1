import { chromium } from '@playwright/test';
import { findOrInstallChromium } from '../../world/chromium.ts';
import type { BenchRow } from '../report.ts';

interface Spread {
  p50: number;
  p95: number;
}

interface Measured {
  warm: Spread;
  cold: Spread;
  map: Spread;
  scan: Spread;
}

const row = (what: string, value: number, against: number | null, bar: string | null, holds: boolean | null): BenchRow => ({
  what,
  value,
  unit: 'ms',
  against,
  ratio: against === null ? null : against / value,
  bar,
  holds,
});

/** A match in the sealed copy, in the real browser, next to a scan of all Accounts and a Map in memory. `base` serves the page. */
export async function measureLatency(base: string, sizes: readonly number[]): Promise<BenchRow[]> {
  const browser = await chromium.launch({ executablePath: await findOrInstallChromium(), chromiumSandbox: false });
  try {
    const rows: BenchRow[] = [];
    for (const size of sizes) {
      const page = await browser.newPage();
      await page.goto(`${base}tests/bench/match/index.html`);
      await page.waitForFunction(() => 'benchMatch' in globalThis);
      rows.push(...rowsOf(size, (await page.evaluate(`benchMatch(${size})`)) as Measured));
      await page.close();
    }
    return rows;
  } finally {
    await browser.close();
  }
}

function rowsOf(size: number, { warm, cold, map, scan }: Measured): BenchRow[] {
  const many = size.toLocaleString('en');
  const awake = size === 100_000;
  const asleep = size === 1_000_000;
  return [
    row(`match, copy open, ${many} accounts, p50, against a scan`, warm.p50, scan.p50, null, null),
    row(
      `match, copy open, ${many}, p95, against a scan`,
      warm.p95,
      scan.p95,
      awake ? '≤ 5 ms' : null,
      awake ? warm.p95 <= 5 : null,
    ),
    row(`match, copy open, ${many}, p50, against a Map in memory`, warm.p50, map.p50, null, null),
    row(`opening the copy and the first match, ${many}, p50`, cold.p50, null, null, null),
    row(
      `opening the copy and the first match, ${many}, p95`,
      cold.p95,
      null,
      asleep ? '≤ 150 ms' : null,
      asleep ? cold.p95 <= 150 : null,
    ),
  ];
}
