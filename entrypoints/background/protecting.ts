import { holding } from '@/lib/browser/locks';
import { keepAwake } from '@/lib/browser/self';
import type { StorageArea } from '@/lib/browser/storage-area';
import type { ProtectionChange } from '@/lib/messaging/vault-protocol';
import type { Clock } from '@/lib/shared/clock';
import { AppError, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Pace } from '@/lib/shared/pace';
import type { Buckets } from '@/lib/storage/bucket';
import { createConnectionCopy } from '@/lib/storage/connection-copy';
import { type ConnectionList, copyName } from '@/lib/storage/connection-list';
import { sweepCopies } from '@/lib/storage/sweep';
import { transferCopy } from '@/lib/storage/transfer';
import { createPendingChange, isSame, type WantedProtection } from '@/lib/vault/pending-change';
import { PROTECTION_KEY, type Vault, type VaultSecret } from '@/lib/vault/vault';
import { type Connections, PROTECTION_LOCK } from './connections';
import type { LiveConnection } from './live-connection';
import { copyOptionsIn } from './copy-options';

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
  const optionsFor = copyOptionsIn({ buckets, list, pace });
  let change: ProtectionChange | null = null;
  /** From the moment a change is asked for, which is before there is anything to tell of it. */
  let taken = false;
  let abort = new AbortController();
  let current: Promise<void> = Promise.resolve();

  const sweep = () => sweepCopies(buckets, list);

  function take(): void {
    if (taken) throw new AppError('vault.busy');
    taken = true;
    abort = new AbortController();
  }

  async function makeCopy({ entry, copy: old }: LiveConnection, secret: VaultSecret, tell: (share: number) => void) {
    const next = { copy: entry.copy + 1, copiedAt: new Date(clock.now()).toISOString() };
    const place = { id: entry.id, copy: next.copy };
    await buckets.delete(copyName(place));
    const copy = await createConnectionCopy(optionsFor(place, secret));
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
    await placed(all, abort.signal);
    await withoutRuns(all, async () => {
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

  /**
   * Runs `work` while no run goes on and no session changes. Leases come first, as in a run, which takes its session when the CRM
   * asks for it: in another order both would wait for each other. Each is asked for before its run is ended, so that none begins.
   */
  function withoutRuns(all: readonly LiveConnection[], work: () => Promise<void>): Promise<void> {
    const sessions = all.map(({ entry }) => `sidelight:session:${entry.id}`);
    const held = all.reduceRight(
      (inner, { entry, runner }) =>
        () => {
          const lease = holding([`sidelight:sync:${entry.id}`], inner, abort.signal);
          void runner.stop();
          return lease;
        },
      () => holding(sessions, work, abort.signal),
    );
    return held();
  }

  /** One at a time (see `take`), and none while a connection is being made or removed: it would be left behind under the old keys. */
  function run(ids: () => Promise<readonly string[]>, wanted: WantedProtection | null): Promise<void> {
    const work = holding(
      [PROTECTION_LOCK],
      async () => {
        try {
          await vault.forChange(async () => rekey(await ids(), wanted));
        } finally {
          change = null;
          // What could not be deleted now is deleted by the next worker; the change itself has ended as it has.
          await sweep().catch((error) => logFailure(toAppError(error)));
        }
      },
      abort.signal,
    );
    current = work.catch(() => undefined);
    // Merging makes no call to the browser for as long as it takes.
    return keepAwake(work);
  }

  async function rotate(): Promise<void> {
    for (const { entry, copy, runner } of await connections.ready()) {
      const age = clock.now() - Date.parse(entry.copiedAt ?? entry.connectedAt);
      const isDue = age > ROTATED_EVERY_MS || (await copy.store.seals().catch(() => 0)) > MOST_SEALS;
      if (isDue && (await runner.status()).running === null) await run(async () => [entry.id], null);
    }
  }

  const allIds = async () => (await connections.entries()).map(({ id }) => id);

  return {
    change: () => change,
    isTaken: () => taken,
    /**
     * Brings everything under another protection. @throws AppError `vault.change-failed` with everything as it was,
     * `vault.busy`
     */
    async changeTo(wanted: WantedProtection): Promise<void> {
      take();
      try {
        await pending.put(wanted);
        await run(allIds, wanted);
      } catch (error) {
        throw error instanceof AppError ? error : new AppError('vault.change-failed', { cause: error });
      } finally {
        await pending.drop();
        taken = false;
      }
    },
    /** Goes on with a change whose worker was killed; the new key is in memory for as long as the browser runs. True when there was one. */
    async resume(): Promise<boolean> {
      const wanted = await pending.get();
      if (!wanted) return false;
      take();
      try {
        if (isSame(await vault.protection(), wanted.protection)) await vault.adopt(wanted.protection, wanted.vaultKey);
        else await run(allIds, wanted);
      } catch (error) {
        logFailure(toAppError(error));
      } finally {
        await pending.drop();
        taken = false;
      }
      return true;
    },
    /** New keys for the copies that have had theirs for a month, or have sealed very much. */
    async rotateDue(): Promise<void> {
      if ((await vault.locked()) !== null || taken) return;
      take();
      try {
        await rotate();
      } finally {
        taken = false;
      }
    },
    /** Ends a change that is under way, with everything as it was, unless it has got to its switch. */
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

/**
 * Waits until the records are where today's rules place them: what moves while a copy is read in the order of its places may be in
 * neither part. A renewal that fails does not keep the keys from being changed; it begins anew with the next opening.
 */
async function placed(all: readonly LiveConnection[], signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([Promise.allSettled(all.map(({ copy }) => copy.store.placed())), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
