import * as z from 'zod/mini';
import { CRMS } from '@/lib/crm/crm-kind';
import { OBJECTS } from '@/lib/crm/records';

/**
 * A receipt that waits to be seen: the view that asked for the disconnect may be gone, or the browser was closed in the middle.
 * It stands in the clear, so it says neither who nor which organisation nor where: `id` is random, the rest are numbers.
 */
const receipt = z.object({
  id: z.string(),
  crm: z.enum(CRMS),
  /** The name of the copy that goes. */
  copy: z.string(),
  startedAt: z.string(),
  /** Null while it is under way. */
  finishedAt: z.nullable(z.string()),
  counts: z.partialRecord(z.enum(OBJECTS), z.number()),
  bytes: z.number(),
  revocation: z.enum(['confirmed', 'failed', 'nothing-to-revoke']),
  verified: z.nullable(z.object({ bucketGone: z.boolean(), keyGone: z.boolean() })),
});
export type UnseenReceipt = z.infer<typeof receipt>;

/** The part of the extension's own storage that is needed here. */
interface ReceiptArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

const KEY = 'receipts';
/** Who has not looked at so many does not look at the first of them either. */
const MOST = 20;

export interface UnseenReceipts {
  /** The oldest first; also of disconnects that are under way. What cannot be read is left out. */
  list(): Promise<UnseenReceipt[]>;
  put(receipt: UnseenReceipt): Promise<void>;
  dismiss(id: string): Promise<void>;
}

/** The receipts in `area`. */
export function createUnseenReceipts(area: ReceiptArea): UnseenReceipts {
  /** Each change reads what is there and writes it back, so they wait for each other. */
  let queue: Promise<unknown> = Promise.resolve();

  async function list(): Promise<UnseenReceipt[]> {
    const stored = await area.get(KEY);
    return Array.isArray(stored) ? stored.flatMap((one) => receipt.safeParse(one).data ?? []) : [];
  }

  function change(how: (all: UnseenReceipt[]) => UnseenReceipt[]): Promise<void> {
    const done = queue.then(async () => {
      const left = how(await list()).slice(-MOST);
      await (left.length > 0 ? area.set(KEY, left) : area.remove(KEY));
    });
    queue = done.catch(() => undefined);
    return done;
  }

  return {
    list,
    put: (one) => change((all) => [...all.filter(({ id }) => id !== one.id), one]),
    dismiss: (id) => change((all) => all.filter((one) => one.id !== id)),
  };
}
