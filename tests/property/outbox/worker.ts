import { IDBFactory } from 'fake-indexeddb';
import type { RecordWriter } from '@/lib/connectors/creation-contract';
import { createDraftBox, type DraftBox } from '@/lib/creation/outbox/draft-box';
import { createOutboxBox, type OutboxBox } from '@/lib/creation/outbox/outbox-box';
import { createOutboxRunner, type OutboxRunner } from '@/lib/creation/outbox/runner';
import type { Clock } from '@/lib/shared/clock';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { importRootKey, type RootKey } from '@/lib/vault/keys';

/** Everything that a worker's death leaves: what is on the disk, and its key. */
export interface Disk {
  db: ConnectionDatabase;
  root: RootKey;
}

export async function newDisk(): Promise<Disk> {
  const root = await importRootKey(crypto.getRandomValues(new Uint8Array(32)));
  return { db: new ConnectionDatabase(new IDBFactory()), root };
}

/** Where a worker may die: each await of a create is before or after one of these. */
export const MOMENTS = ['before-write', 'after-write', 'before-call', 'after-call'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Worker {
  box: OutboxBox;
  drafts: DraftBox;
  runner: OutboxRunner;
  isDead: () => boolean;
  /** Fulfilled when it dies. */
  died: Promise<void>;
}

interface Options {
  disk: Disk;
  clock: Clock;
  writer: RecordWriter;
  isOnline: () => boolean;
  /** Called at each moment; true kills the worker there. */
  dies: (moment: Moment) => boolean;
}

const NEVER = new Promise<never>(() => undefined);

/**
 * A worker on a disk. Dead, it does nothing any more: what it waits for never comes, what it would write is not written, and
 * its lease is free. A request that is on the wire arrives all the same.
 */
export function startWorker({ disk, clock, writer, isOnline, dies }: Options): Worker {
  const boxes = createSealedBoxes(disk.db, createCipher(disk.root), 'c1');
  let dead = false;
  const death = Promise.withResolvers<void>();
  function pass(moment: Moment): Promise<never> | null {
    if (!dead && dies(moment)) {
      dead = true;
      death.resolve();
    }
    return dead ? NEVER : null;
  }
  async function mortal<T>(before: Moment, after: Moment, work: () => Promise<T>): Promise<T> {
    await pass(before);
    const result = await work().then(
      (value) => () => value,
      (error) => () => {
        throw error;
      },
    );
    await pass(after);
    return result();
  }
  const dying = {
    get: boxes.get,
    put: (name: Parameters<typeof boxes.put>[0], value: unknown) =>
      mortal('before-write', 'after-write', () => boxes.put(name, value)),
  };
  const box = createOutboxBox(dying, clock.now);
  const runner = createOutboxRunner({
    requireAllowed: async () => undefined,
    box,
    writer: {
      ...writer,
      create: (...asked) => mortal('before-call', 'after-call', () => writer.create(...asked)),
      findCreated: (...asked) => mortal('before-call', 'after-call', () => writer.findCreated(...asked)),
      remove: (...asked) => mortal('before-call', 'after-call', () => writer.remove(...asked)),
    },
    clock,
    objections: async () => [],
    stillObjects: async () => true,
    withLease: (work) => work(),
    isOnline,
    onChange: () => undefined,
    onSettled: () => undefined,
  });
  return { box, drafts: createDraftBox(dying), runner, isDead: () => dead, died: death.promise };
}
