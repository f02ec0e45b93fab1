import type { Page } from '@playwright/test';
import type { RunEntry } from '@/lib/sync/run-history';
import type { StoredStatus } from '@/lib/sync/sync-status';
import type { DiskContent, ReaderPage } from './reader-page';

/** What one connection has on the disk, read past the worker. */
export interface StoredCopy {
  /** What is remembered of its runs; null before the first one. */
  status(): Promise<StoredStatus | null>;
  /** Newest first. */
  history(): Promise<RunEntry[]>;
  content(): Promise<DiskContent>;
}

declare const reader: ReaderPage;

/** The copy as `page`, a reader page, sees it. */
export function storedCopy(page: Page): StoredCopy {
  return {
    status: async () => (await page.evaluate(() => reader.box('sync-status'))) as StoredStatus | null,
    history: async () => ((await page.evaluate(() => reader.box('sync-history'))) as RunEntry[] | null) ?? [],
    content: async () => JSON.parse(await page.evaluate(() => reader.content())) as DiskContent,
  };
}
