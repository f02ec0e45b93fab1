import * as z from 'zod/mini';

/**
 * Which connections exist. This stands outside the sealed buckets, so it holds nothing personal: a random id, the CRM,
 * and whether a disconnect has begun. Who and where is sealed in the connection's own bucket.
 */
const entry = z.object({
  id: z.string(),
  crm: z.literal('salesforce'),
  connectedAt: z.string(),
  disconnecting: z.boolean(),
});
export type ConnectionEntry = z.infer<typeof entry>;

/** The part of the extension's storage that is needed here. */
export interface ListArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  all(): Promise<Record<string, unknown>>;
  replaceAll(rest: Record<string, unknown>): Promise<void>;
}

const KEY = 'connections';
const shareKey = (id: string) => `share:${id}`;

export interface ConnectionList {
  list(): Promise<ConnectionEntry[]>;
  put(connection: ConnectionEntry): Promise<void>;
  /** Removes the entry and its key share so that neither's bytes stay on the disk. */
  remove(id: string): Promise<void>;
  share(id: string): { load(): Promise<string | null>; save(share: string): Promise<void> };
}

/** The list kept in `area`; entries that cannot be read are left out. */
export function createConnectionList(area: ListArea): ConnectionList {
  const list = async () => {
    const stored = await area.get(KEY);
    return Array.isArray(stored) ? stored.flatMap((row) => entry.safeParse(row).data ?? []) : [];
  };
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
      inLine(async () => {
        const rest = await area.all();
        const others = (await list()).filter((connection) => connection.id !== id);
        delete rest[shareKey(id)];
        await area.replaceAll({ ...rest, [KEY]: others });
      }),
    share: (id) => ({
      async load() {
        const stored = await area.get(shareKey(id));
        return typeof stored === 'string' ? stored : null;
      },
      save: (share) => inLine(() => area.set(shareKey(id), share)),
    }),
  };
}
