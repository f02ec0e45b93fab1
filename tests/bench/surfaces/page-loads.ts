import type { Page } from '@playwright/test';
import { PAGE_KINDS, type PageKind, pathOf } from './pages.ts';

/** One load: until the page says that it is loaded, and how long its thread was at work until it had nothing to do. */
export interface Load {
  loaded: number;
  busy: number;
}

/** A tab of each browser that is compared. */
export type Tabs<Name extends string> = Record<Name, Page>;

/**
 * Loads every kind of page in every browser, `rounds` times. The browsers take turns within each round, each of them first as often
 * as the others, so that a busy moment hits all.
 */
export async function timeLoads<Name extends string>(
  tabs: Tabs<Name>,
  host: string,
  rounds: number,
): Promise<Record<PageKind, Record<Name, Load[]>>> {
  const names = Object.keys(tabs) as Name[];
  const times = Object.fromEntries(
    PAGE_KINDS.map((kind) => [kind, Object.fromEntries(names.map((name) => [name, []]))]),
  ) as unknown as Record<PageKind, Record<Name, Load[]>>;
  for (let round = -1; round < rounds; round += 1) {
    for (const kind of PAGE_KINDS) {
      for (const at of names.keys()) {
        const name = names[(at + round + names.length) % names.length];
        if (name === undefined) continue;
        const load = await timeLoad(tabs[name], `https://${host}${pathOf(kind)}`);
        // The first round only warms up: compiled code, open connections.
        if (round >= 0) times[kind][name].push(load);
      }
    }
  }
  return times;
}

async function timeLoad(page: Page, url: string): Promise<Load> {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const atWork = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await atWork();
  await page.goto(url, { waitUntil: 'load' });
  const loaded = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        // Twice: what an extension does after the page is idle has been done by then.
        const idle = (then: () => void) => requestIdleCallback(() => setTimeout(then, 50));
        idle(() =>
          idle(() => {
            const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
            resolve(navigation?.loadEventEnd ?? Number.NaN);
          }),
        );
      }),
  );
  const busy = (await atWork()) - before;
  await session.detach();
  return { loaded, busy };
}
