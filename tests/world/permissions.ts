import type { BrowserContext } from '@playwright/test';

/**
 * Grants the host in advance, as if the user had added it on chrome://extensions, so that a later `permissions.request`
 * from a real click resolves `true` without the browser's own dialog, which no test can reach. Measured on Chromium 156:
 * `permissions.contains` stays false until the extension asks, so its way of asking is really exercised.
 *
 * A refusal cannot be driven this way: an unprepared request just hangs. Test refusals with a port of your own.
 */
export async function allowHost(context: BrowserContext, extensionId: string, ...patterns: readonly string[]): Promise<void> {
  const page = await context.newPage();
  try {
    await page.goto('chrome://extensions/');
    for (const pattern of patterns) {
      await page.evaluate(
        ([id, host]) =>
          new Promise<void>((resolve, reject) => {
            const chromeOfPage = globalThis.chrome as unknown as ChromeOfExtensionsPage;
            chromeOfPage.developerPrivate.addHostPermission(id, host, () => {
              const problem = chromeOfPage.runtime?.lastError?.message;
              if (problem === undefined) resolve();
              else reject(new Error(problem));
            });
          }),
        [extensionId, pattern] as const,
      );
    }
  } finally {
    await page.close();
  }
}

interface ChromeOfExtensionsPage {
  readonly runtime?: { readonly lastError?: { readonly message?: string } };
  readonly developerPrivate: { addHostPermission(id: string, host: string, done: () => void): void };
}
