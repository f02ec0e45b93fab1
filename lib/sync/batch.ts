import type { Checkpoint, Page } from '@/lib/connectors/connector';
import type { AnyRecord } from '@/lib/crm/records';

/** What takes longer than this is written with as many records as have come. */
const BATCH_MS = 10_000;

/**
 * A page without records brings a checkpoint that must not be lost (the CRM's job for a large pull). Behind the last page
 * the connector throws away what it could go on with, so that one has to be on disk before it is asked for more.
 */
export function isNote(page: Page): boolean {
  return page.records.length === 0 || page.checkpoint.pull === null;
}

/** Pages that are written together, folded into what the copy has to become: the last word about each record counts. */
export class PageBatch {
  readonly #upserts = new Map<string, AnyRecord>();
  readonly #deletions = new Set<string>();
  checkpoint: Checkpoint | null = null;
  newBefore: string | null = null;
  received = 0;
  skipped = 0;
  readonly startedAt: number;

  /** A batch that begins at `startedAt`, in milliseconds. */
  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  /** A page's deletions were named after its records came, and before those of the next page. */
  add(page: Page, deletions: readonly string[]): void {
    for (const record of page.records) {
      this.#upserts.set(record.id, record);
      this.#deletions.delete(record.id);
    }
    for (const id of [...page.became, ...deletions]) {
      this.#upserts.delete(id);
      this.#deletions.add(id);
    }
    this.checkpoint = page.checkpoint;
    this.newBefore = page.newBefore;
    this.received += page.records.length;
    this.skipped += page.skipped;
  }

  /** How many records and deletions would be written. */
  get size(): number {
    return this.#upserts.size + this.#deletions.size;
  }

  /** Whether it is time to write it: `most` records have come, or none for long. `now` in milliseconds. */
  isFull(most: number, now: number): boolean {
    return this.size >= most || now - this.startedAt >= BATCH_MS;
  }

  /** What to write, without the records that `isOvertaken` says were written by somebody else since they were asked for. */
  content(isOvertaken: (id: string) => boolean): { upserts: AnyRecord[]; deletions: string[] } {
    return {
      upserts: [...this.#upserts.values()].filter(({ id }) => !isOvertaken(id)),
      deletions: [...this.#deletions].filter((id) => !isOvertaken(id)),
    };
  }
}
