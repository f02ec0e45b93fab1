import type { Checkpoint, Page } from '@/lib/connectors/connector';
import type { AnyRecord } from '@/lib/crm/records';

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

  /** What to write, without the records that `isOvertaken` says were written by somebody else since they were asked for. */
  content(isOvertaken: (id: string) => boolean): { upserts: AnyRecord[]; deletions: string[] } {
    return {
      upserts: [...this.#upserts.values()].filter(({ id }) => !isOvertaken(id)),
      deletions: [...this.#deletions].filter((id) => !isOvertaken(id)),
    };
  }
}
