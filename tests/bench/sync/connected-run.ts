import type { BrowserContext, Page } from '@playwright/test';
import { logIn } from '../../e2e/scene.ts';

/** How the extension itself tells of the run that connecting has started. Times in milliseconds since 1970. */
export interface ToldRun {
  startedAt: number;
  endedAt: number;
  calls: number;
  /** In the copy, by object. */
  records: number;
  bytes: number;
}

/** What the extension's pages exchange with the background, as far as it is needed here. */
interface Summary {
  id: string;
  counts: Record<string, number>;
  sync: { running: unknown; lastSuccessAt: string | null; lastError: { code: string } | null; calls: number };
}

type Buckets = { open(name: string): Promise<{ estimate(): Promise<StorageEstimate> }> };

/** Presses Connect as a person does and signs in; the first sync starts by itself. */
export async function connect(context: BrowserContext, options: Page, clientId: string): Promise<void> {
  const login = context.waitForEvent('page', {
    predicate: async (page) => {
      await page.waitForURL(/salesforce\.com/, { timeout: 10_000 }).catch(() => undefined);
      return page.url().includes('salesforce.com');
    },
  });
  await options.getByLabel(/Consumer key/).fill(clientId);
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
  await logIn(await login);
}

/** To be called before connecting. @returns what waits until the first run has ended; it throws when that has failed */
export async function watchForEnd(options: Page): Promise<() => Promise<void>> {
  await options.evaluate(() => {
    const ended = new Promise<string | null>((resolve) => {
      chrome.runtime.onMessage.addListener((message: { event?: string; payload?: { status?: Summary['sync'] } }) => {
        const status = message.event === 'sync.progress' ? message.payload?.status : undefined;
        if (status && status.running === null && (status.lastSuccessAt ?? status.lastError))
          resolve(status.lastError?.code ?? null);
      });
    });
    Object.assign(globalThis, { sidelightEnded: ended });
  });
  return async () => {
    const code = await options.evaluate(
      () => (globalThis as unknown as { sidelightEnded: Promise<string | null> }).sidelightEnded,
    );
    if (code !== null) throw new Error(`the first sync failed: ${code}`);
  };
}

/** What the extension says about the run that has just ended, and what the browser says that its bucket holds. */
export async function toldRun(options: Page): Promise<ToldRun> {
  return options.evaluate(async () => {
    const ask = async (name: string, payload: unknown) =>
      (await chrome.runtime.sendMessage({ sidelight: 1, name, payload })).value;
    const [connection] = (await ask('connections.list', {})) as Summary[];
    if (!connection) throw new Error('nothing is connected');
    const [run] = (await ask('sync.history', { connectionId: connection.id })) as { startedAt: string; endedAt: string }[];
    const { storageBuckets } = navigator as unknown as { storageBuckets: Buckets };
    const bucket = await storageBuckets.open(`connection-${connection.id}`);
    return {
      startedAt: Date.parse(run?.startedAt ?? ''),
      endedAt: Date.parse(run?.endedAt ?? ''),
      calls: connection.sync.calls,
      records: Object.values(connection.counts).reduce((sum, count) => sum + count, 0),
      bytes: (await bucket.estimate()).usage ?? 0,
    };
  });
}
