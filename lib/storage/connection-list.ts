import * as z from 'zod/mini';
import { CRMS } from '@/lib/crm/crm-kind';
import type { ShareStore } from '@/lib/vault/root-key';
import { type MarkStore, readMarks, withMark } from './box-marks';

/**
 * Which connections exist. This stands outside the sealed buckets, so it holds nothing personal: a random id, the CRM,
 * and whether a disconnect has begun. Who and where is sealed in the connection's own bucket.
 */
const entry = z.object({
  id: z.string(),
  crm: z.enum(CRMS),
  connectedAt: z.string(),
  disconnecting: z.boolean(),
  /** A copy that is encrypted anew is made beside the old one and takes its place when it is whole. */
  copy: z._default(z.number(), 0),
  /** When this copy was made; null for the first. */
  copiedAt: z._default(z.nullable(z.string()), null),
});
export type ConnectionEntry = z.infer<typeof entry>;

/** The name of the bucket that holds the copy which counts: lower case letters, digits, - and _ only (Storage Buckets, bucket names). */
export function copyName({ id, copy }: Pick<ConnectionEntry, 'id' | 'copy'>): string {
  return copy === 0 ? id : `${id}_${copy}`;
}

/** The part of the extension's storage that is needed here. */
export interface ListArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  setAll(values: Record<string, unknown>): Promise<void>;
  rewrite(change: (all: Record<string, unknown>) => Record<string, unknown>): Promise<void>;
}

/** Where the number of a copy's last write stands, outside the copy: one that was put back in an older state is noticed. */
export interface AnchorStore {
  load(): Promise<number>;
  save(commits: number): Promise<void>;
}

const KEY = 'connections';
/** A commit a second for ten thousand years; times the tables it still is a whole number without loss. */
const MOST_COMMITS = 2 ** 38;
/** What is kept for each copy beside the list, by the copy's name. */
const PER_COPY = ['share', 'anchor', 'marks'] as const;
const shareKey = (name: string) => `share:${name}`;
const anchorKey = (name: string) => `anchor:${name}`;
const marksKey = (name: string) => `marks:${name}`;

export interface ConnectionList {
  list(): Promise<ConnectionEntry[]>;
  put(connection: ConnectionEntry): Promise<void>;
  /** Removes the entry and its key shares so that neither's bytes stay on the disk. */
  remove(id: string): Promise<void>;
  /** From one moment to the next other copies count, and `also` is stored with them. */
  switchTo(copies: ReadonlyMap<string, { copy: number; copiedAt: string }>, also?: Record<string, unknown>): Promise<void>;
  /** Takes shares, anchors and marks of copies that no entry names off the disk. */
  tidy(): Promise<void>;
  share(name: string): ShareStore;
  anchor(name: string): AnchorStore;
  marks(name: string): MarkStore;
}

function entriesIn(stored: unknown): ConnectionEntry[] {
  return Array.isArray(stored) ? stored.flatMap((row) => entry.safeParse(row).data ?? []) : [];
}

/** `all` without what belongs to copies that are not in `entries`; `all` itself when there is nothing of the kind. */
function withoutStrays(all: Record<string, unknown>, entries: readonly ConnectionEntry[]): Record<string, unknown> {
  const names = new Set(entries.map(copyName));
  const isStray = (key: string) => {
    const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    return PER_COPY.some((known) => known === kind) && !names.has(name);
  };
  const kept = Object.entries(all).filter(([key]) => !isStray(key));
  return kept.length === Object.keys(all).length ? all : Object.fromEntries(kept);
}

/** The list kept in `area`; entries that cannot be read are left out. */
export function createConnectionList(area: ListArea): ConnectionList {
  const list = async () => entriesIn(await area.get(KEY));
  /** Each change reads what is there and writes it back, so they wait for each other. */
  let queue: Promise<unknown> = Promise.resolve();
  function inLine(work: () => Promise<void>): Promise<void> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }
  return {
    list,
    put: (connection) =>
      inLine(async () => {
        const others = (await list()).filter(({ id }) => id !== connection.id);
        await area.set(KEY, [...others, connection]);
      }),
    remove: (id) =>
      inLine(() =>
        area.rewrite((all) => {
          const others = entriesIn(all[KEY]).filter((connection) => connection.id !== id);
          return { ...withoutStrays(all, others), [KEY]: others };
        }),
      ),
    switchTo: (copies, also = {}) =>
      inLine(async () => {
        const entries = (await list()).map((known) => ({ ...known, ...copies.get(known.id) }));
        await area.setAll({ [KEY]: entries, ...also });
      }),
    tidy: () => inLine(() => area.rewrite((all) => withoutStrays(all, entriesIn(all[KEY])))),
    share: (name) => ({
      async load() {
        const stored = await area.get(shareKey(name));
        return typeof stored === 'string' ? stored : null;
      },
      save: (share) => inLine(() => area.set(shareKey(name), share)),
    }),
    anchor: (name) => ({
      async load() {
        const stored = await area.get(anchorKey(name));
        // What can be no count of writes is as good as none: from it no number of a run could be made.
        return Number.isSafeInteger(stored) && Number(stored) > 0 && Number(stored) < MOST_COMMITS ? Number(stored) : 0;
      },
      save: (commits) => inLine(() => area.set(anchorKey(name), commits)),
    }),
    marks: (name) => ({
      load: async () => readMarks(await area.get(marksKey(name))),
      save: (box, n) => inLine(async () => area.set(marksKey(name), withMark(await area.get(marksKey(name)), box, n))),
    }),
  };
}
