import { holding } from '@/lib/browser/locks';
import type { StorageArea } from '@/lib/browser/storage-area';
import { placement } from '@/lib/matching/placement';
import type { ProtectionChange } from '@/lib/messaging/vault-protocol';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Buckets } from '@/lib/storage/bucket';
import { createConnectionCopy } from '@/lib/storage/connection-copy';
import { type ConnectionList, copyName } from '@/lib/storage/connection-list';
import { sweepCopies } from '@/lib/storage/sweep';
import { transferCopy } from '@/lib/storage/transfer';
import { createPendingChange, type WantedProtection } from '@/lib/vault/pending-change';
import { PROTECTION_KEY, type Vault, type VaultSecret } from '@/lib/vault/vault';
import { type Connections, type LiveConnection, PROTECTION_LOCK } from './connections';

/** A month, after which a copy gets new keys; that also takes what LevelDB still has of old rows off the disk. */
const ROTATED_EVERY_MS = 30 * 24 * 60 * 60_000;
/** Far below the 2^32 at which random nonces of one key are too many (NIST SP 800-38D, 8.3). */
const MOST_SEALS = 2 ** 28;

interface ProtectingOptions {
  clock: Clock;
  pace: Pace;
  buckets: Buckets;
  list: ConnectionList;
  vault: Vault;
  session: StorageArea;
  connections: Connections;
  onProgress: (change: ProtectionChange) => void;
}

/**
 * Encrypts everything anew: for another protection, and once a month for new keys. New copies are made beside the old ones; one
 * write makes them count; then the old ones are deleted. A worker that is killed anywhere leaves either all old or all new.
 */
export function createProtecting(options: ProtectingOptions) {
  const { clock, pace, buckets, list, vault, session, connections, onProgress } = options;
  const pending = createPendingChange(session);
  let change: ProtectionChange | null = null;
  let abort = new AbortController();
  let current: Promise<void> = Promise.resolve();

  const sweep = () => sweepCopies(buckets, list);

  async function makeCopy({ entry, copy: old }: LiveConnection, secret: VaultSecret, tell: (share: number) => void) {
    const next = { copy: entry.copy + 1, copiedAt: new Date(clock.now()).toISOString() };
    const name = copyName({ id: entry.id, ...next });
    await buckets.delete(name);
    const copy = await createConnectionCopy({
      buckets,
      name,
      connectionId: entry.id,
      shares: list.share(name),
      anchor: list.anchor(name),
      secret,
      placement,
      pace,
    });
    try {
      await transferCopy(old, copy, { signal: abort.signal, onShare: tell });
    } finally {
      copy.close();
    }
    return next;
  }

  async function replaceCopies(all: readonly LiveConnection[], wanted: WantedProtection | null, tell: (share: number) => void) {
    const secret = wanted ? secretOf(wanted) : await vault.secret();
    const copies = new Map<string, { copy: number; copiedAt: string }>();
    for (const [index, connection] of all.entries()) {
      const next = await makeCopy(connection, secret, (share) => tell((index + share) / all.length));
      copies.set(connection.entry.id, next);
    }
    abort.signal.throwIfAborted();
    await list.switchTo(copies, wanted ? { [PROTECTION_KEY]: wanted.protection } : {});
    if (wanted) await vault.adopt(wanted.protection, wanted.vaultKey);
  }

  async function rekey(ids: readonly string[], wanted: WantedProtection | null): Promise<void> {
    const all = await Promise.all(ids.map((id) => connections.get(id)));
    const why = wanted ? 'asked' : 'rotation';
    const to = wanted?.protection.mode ?? (await vault.protection()).mode;
    const tell = (share: number) => {
      change = { to, why, share };
      onProgress(change);
    };
    tell(0);
    for (const { runner } of all) await runner.stop();
    const held = ids.flatMap((id) => [`sidelight:sync:${id}`, `sidelight:session:${id}`]);
    await holding(held, async () => {
      for (const { copy } of all) await copy.writes.shut();
      try {
        await replaceCopies(all, wanted, tell);
      } catch (error) {
        for (const { copy } of all) copy.writes.open();
        throw error;
      }
      for (const { copy, entry } of all) {
        copy.writes.discard(new AppError('vault.busy'));
        await connections.close(entry.id);
      }
    });
  }

  /** One at a time, and none while a connection is being made or removed: it would be left behind under the old keys. */
  function run(ids: () => Promise<readonly string[]>, wanted: WantedProtection | null): Promise<void> {
    if (change) throw new AppError('vault.busy');
    abort = new AbortController();
    const work = holding([PROTECTION_LOCK], async () => {
      try {
        await rekey(await ids(), wanted);
      } finally {
        change = null;
        await sweep();
      }
    });
    current = work.catch(() => undefined);
    return work;
  }

  const allIds = async () => (await connections.entries()).map(({ id }) => id);

  return {
    change: () => change,
    /**
     * Brings everything under another protection. @throws AppError `vault.change-failed` with everything as it was,
     * `vault.busy`
     */
    async changeTo(wanted: WantedProtection): Promise<void> {
      await pending.put(wanted);
      try {
        await run(allIds, wanted);
      } catch (error) {
        throw error instanceof AppError ? error : new AppError('vault.change-failed', { cause: error });
      } finally {
        await pending.drop();
      }
    },
    /** Goes on with a change whose worker was killed; the new key is in memory for as long as the browser runs. */
    async resume(): Promise<void> {
      const wanted = await pending.get();
      if (!wanted) return;
      const isDone = JSON.stringify(await vault.protection()) === JSON.stringify(wanted.protection);
      try {
        if (isDone) await vault.adopt(wanted.protection, wanted.vaultKey);
        else await run(allIds, wanted);
      } finally {
        await pending.drop();
      }
    },
    /** New keys for the copies that have had theirs for a month, or have sealed very much. */
    async rotateDue(): Promise<void> {
      if (change || (await vault.locked()) !== null) return;
      for (const { entry, copy, runner } of await connections.ready()) {
        const age = clock.now() - Date.parse(entry.copiedAt ?? entry.connectedAt);
        const isDue = age > ROTATED_EVERY_MS || (await copy.store.seals().catch(() => 0)) > MOST_SEALS;
        if (isDue && (await runner.status()).running === null) await run(async () => [entry.id], null);
      }
    },
    /** Ends a change that is under way, with everything as it was. */
    async stop(): Promise<void> {
      abort.abort();
      await current;
    },
    /** Deletes what no connection names. */
    sweep: () => holding([PROTECTION_LOCK], sweep),
  };
}

export type Protecting = ReturnType<typeof createProtecting>;

function secretOf({ vaultKey }: WantedProtection): VaultSecret {
  return vaultKey ? { mode: 'passphrase', vaultKey } : { mode: 'device' };
}
