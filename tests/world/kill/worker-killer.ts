import type { BrowserContext } from '@playwright/test';
import { inWorker } from '../extension-worker.ts';
import { until } from '../within.ts';

/** A thread that spins is given up by Chromium after five seconds; a busy machine takes longer. */
const STOP_MS = 60_000;
const START_MS = 60_000;

export interface WorkerKiller {
  /** Stops the extension's worker by DevTools and waits until the browser says that it is gone. False when none was running. */
  kill(): Promise<boolean>;
  /** Waits until a worker runs: its script has been read, and what it does at its start is under way. */
  started(): Promise<void>;
  /** True when the worker that runs now was started after the last kill, so that nothing of the killed one is in memory. */
  isAnother(): Promise<boolean>;
}

/** A standing line to the browser, which a kill at an exact moment needs. It shows no page that could wake the worker. */
export async function workerKiller(context: BrowserContext, extensionId: string): Promise<WorkerKiller> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${extensionId}/manifest.json`);
  const session = await context.newCDPSession(page);
  const states = new Map<string, string>();
  let deaths = 0;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) {
      // One for which a message waits already is started again at once, and may never be told of as stopped.
      if (states.get(versionId) === 'stopping' && runningStatus !== 'stopping') deaths += 1;
      states.set(versionId, runningStatus);
    }
  });
  await session.send('ServiceWorker.enable');
  await until(STOP_MS, 'news of the service worker', () => (states.size > 0 ? true : undefined));
  const isGone = () => [...states.values()].every((state) => state === 'stopped');
  let killedAt = 0;
  return {
    async kill() {
      if (isGone()) return false;
      killedAt = Date.now();
      const before = deaths;
      await session.send('ServiceWorker.stopAllWorkers');
      await until(STOP_MS, 'the service worker to stop', () => (deaths > before ? true : undefined));
      return true;
    },
    async started() {
      await until(START_MS, 'the service worker to start', () => ([...states.values()].includes('running') ? true : undefined));
    },
    async isAnother() {
      const startedAt = await inWorker(context, extensionId, () => performance.timeOrigin, null);
      // Both are the machine's clock.
      return startedAt > killedAt;
    },
  };
}
