import type { BrowserContext } from '@playwright/test';
import { createServer } from 'vite';
import { ROOT } from '../../architecture/layers.ts';
import type { RecordQuery } from './crm-messages.ts';
import type { PlainWriting } from './plain/page.ts';

/** The same records written in pages of 2,000 by plain Dexie in the same browser. */
export async function writeWithDexie(context: BrowserContext, queries: readonly RecordQuery[]): Promise<PlainWriting> {
  const server = await createServer({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: { '@': ROOT } },
    server: { host: 'localhost', port: 0 },
  });
  await server.listen();
  const page = await context.newPage();
  try {
    await page.goto(`${server.resolvedUrls?.local[0]}tests/bench/sync/plain/index.html`);
    await page.waitForFunction(() => 'writePlain' in globalThis);
    return await page.evaluate(
      (wanted) => (globalThis as unknown as { writePlain(queries: RecordQuery[]): Promise<PlainWriting> }).writePlain(wanted),
      [...queries],
    );
  } finally {
    await page.close();
    await server.close();
  }
}
