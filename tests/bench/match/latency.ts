import type { BenchRow } from '../report.ts';
import { startCrm } from '../sync/crm.ts';
import { fillCopy, otherWays, type Visit, visitingBrowser } from './measured-matches.ts';
import { latencyRows, type SizeTimes } from './latency-rows.ts';
import { emptyExtension, timedSidelight } from './timed-extensions.ts';

/** How often each thing is done. */
interface Counts {
  warm: number;
  cold: number;
  scans: number;
  queries: number;
}

const FULL: Counts = { warm: 200, cold: 20, scans: 3, queries: 10 };
const QUICK: Counts = { warm: 40, cold: 6, scans: 2, queries: 4 };
/** Before anything counts: compiled code, open files. */
const WARMING_UP = 10;

/**
 * A page visit in the built extension, in the real browser, with an awake worker and with one that was stopped, next to what a user
 * could pick instead. Both extensions run at once, and their cold visits take turns, so that a busy moment hits both.
 */
export async function measureLatency(sizes: readonly number[], quick: boolean): Promise<BenchRow[]> {
  const sidelight = await timedSidelight();
  const empty = emptyExtension();
  try {
    const rows: BenchRow[] = [];
    for (const size of sizes) {
      rows.push(...latencyRows(await measureSize(size, sidelight.dir, empty.dir, quick ? QUICK : FULL)));
    }
    return rows;
  } finally {
    sidelight.remove();
    empty.remove();
  }
}

/** Every other site is nobody's, as most are. */
async function hostsOf(crm: Awaited<ReturnType<typeof startCrm>>, count: number): Promise<string[]> {
  const known = await crm.ask('hosts', Math.ceil(count / 2));
  return known.flatMap((host, n) => [host, `www.nobody-${n}.home.arpa`]).slice(0, count);
}

async function measureSize(size: number, sidelightDir: string, emptyDir: string, counts: Counts): Promise<SizeTimes> {
  const crm = await startCrm(size, 'accounts');
  const own = await visitingBrowser(crm, sidelightDir);
  const other = await visitingBrowser(crm, emptyDir);
  try {
    const fillMs = await fillCopy(own, crm);
    console.log(`${size.toLocaleString('en')} accounts were copied in ${(fillMs / 1000).toFixed(1)} s`);
    const hosts = await hostsOf(crm, WARMING_UP + counts.warm + counts.cold);
    const warm: Visit[] = [];
    for (const [n, host] of hosts.slice(0, WARMING_UP + counts.warm).entries()) {
      const visit = await own.visit(host, false);
      if (visit.question.matched !== (n % 2 === 0)) throw new Error(`${host} was answered wrongly`);
      if (n >= WARMING_UP) warm.push(visit);
    }
    const emptyWarm: Visit[] = [];
    for (const host of hosts.slice(0, 20)) emptyWarm.push(await other.visit(host, false));
    const cold: Visit[] = [];
    const emptyCold: Visit[] = [];
    for (const host of hosts.slice(-counts.cold)) {
      cold.push(await own.visit(host, true));
      emptyCold.push(await other.visit(host, true));
    }
    const asked = hosts.slice(0, 100);
    const others = await otherWays(own, crm, {
      hosts: asked,
      scanned: asked.slice(0, counts.scans),
      queried: asked.slice(0, counts.queries),
    });
    return { size, fillMs, warm, cold, emptyWarm, emptyCold, ...others };
  } finally {
    await own.browser.close();
    await other.browser.close();
    crm.close();
  }
}
