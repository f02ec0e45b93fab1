import type { BrowserContext, Worker } from '@playwright/test';
import { until, within } from './within.ts';

const WAIT_MS = 15_000;

/**
 * The extension's service worker that runs now. Chromium starts a new one after each stop and Playwright's handle of the
 * old one then hangs for ever instead of failing, so it is looked up anew for every use.
 */
export function currentWorker(context: BrowserContext, extensionId: string, timeoutMs = WAIT_MS): Promise<Worker> {
  return until(timeoutMs, 'a running service worker', () =>
    context
      .serviceWorkers()
      .filter((worker) => worker.url().startsWith(`chrome-extension://${extensionId}/`))
      .at(-1),
  );
}

/** Runs a function in the extension's worker; fails after `timeoutMs` instead of hanging on a worker that was stopped. */
export async function inWorker<A, R>(
  context: BrowserContext,
  extensionId: string,
  run: (argument: A) => R | Promise<R>,
  argument: A,
  timeoutMs = WAIT_MS,
): Promise<R> {
  const worker = await currentWorker(context, extensionId, timeoutMs);
  // Playwright's own type wants the serialised form of the argument; JSON values are their own serialised form.
  const evaluate = worker.evaluate.bind(worker) as unknown as (run: (argument: A) => R | Promise<R>, argument: A) => Promise<R>;
  return within(timeoutMs, 'evaluate in the service worker', evaluate(run, argument));
}

/** Kills the extension's worker, as the browser does when it was idle; the next event starts a new one. */
export async function stopWorker(context: BrowserContext, extensionId: string): Promise<void> {
  // Any page of the extension's origin reaches its workers; one without scripts wakes nothing up again.
  const page = await context.newPage();
  try {
    await page.goto(`chrome-extension://${extensionId}/manifest.json`);
    const session = await page.context().newCDPSession(page);
    await session.send('ServiceWorker.enable');
    const known = new Set<string>();
    // An open view may have started the next one before anybody looks: what counts is that it was seen to stop.
    const stopped = new Set<string>();
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, runningStatus } of versions) {
        known.add(versionId);
        if (runningStatus === 'stopped') stopped.add(versionId);
      }
    });
    await session.send('ServiceWorker.stopAllWorkers');
    await until(WAIT_MS, 'service worker to stop', () => (known.size > 0 && known.isSubsetOf(stopped) ? true : undefined));
  } finally {
    await page.close();
  }
}
