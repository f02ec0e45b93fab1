import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProtecting } from '@/entrypoints/background/protecting';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { AppError } from '@/lib/shared/errors';
import { UNPACED } from '@/lib/shared/pace';
import { createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import { type ConnectionEntry, copyName, createConnectionList } from '@/lib/storage/connection-list';
import type { WantedProtection } from '@/lib/vault/pending-change';
import { DEVICE, type Protection } from '@/lib/vault/protection';
import { createVault } from '@/lib/vault/vault';
import { codeOf } from '../../builders/codes';
import { bytesOf } from '../../builders/keys';
import { record } from '../../builders/records';
import { plainPlacement } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { memoryArea } from '../../fakes/memory-area';
import { memoryBuckets } from '../../fakes/memory-buckets';

const getPlatformInfo = vi.hoisted(() => vi.fn());
vi.mock('wxt/browser', () => ({ browser: { runtime: { getPlatformInfo } } }));

const ENTRY: ConnectionEntry = {
  id: 'c1',
  crm: 'salesforce',
  connectedAt: '2026-05-01T00:00:00.000Z',
  disconnecting: false,
  copy: 0,
  copiedAt: null,
};
const wanted = (key: number): WantedProtection => {
  const kdf = { name: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1, salt: `${String(key).repeat(22)}==` } as const;
  const protection: Protection = { mode: 'passphrase', kdf, wrapped: 'AAAA', passkeys: [] };
  return { protection, vaultKey: bytesOf(key) };
};

/** Holds a lock until it is told to let go. */
function holdingOn(name: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = navigator.locks.request(name, () => promise);
  return () => {
    resolve();
    return held;
  };
}
const isWaitedFor = async (name: string) => (await navigator.locks.query()).pending?.some((one) => one.name === name) ?? false;

describe('changing the protection', () => {
  let disk: ReturnType<typeof memoryBuckets>;
  let local: ReturnType<typeof memoryArea>;
  let session: ReturnType<typeof memoryArea>;
  let clock: ReturnType<typeof fakeClock>;

  /** A worker that has just been started on what is in the storages. */
  function worker(buckets = disk.buckets) {
    const list = createConnectionList(local.area);
    const vault = createVault({ local: local.area, session: session.area, clock });
    const open = new Map<string, Promise<LiveConnection>>();
    async function live(id: string): Promise<LiveConnection> {
      const entry = (await list.list()).find((one) => one.id === id);
      if (!entry) throw new AppError('connection.missing');
      const copy = await openConnectionCopy({ ...place(entry, list), secret: await vault.secret() });
      const runner = { stop: async () => undefined, status: async () => ({ running: null }) };
      return { entry, copy, runner } as unknown as LiveConnection;
    }
    const get = (id: string) => {
      const known = open.get(id) ?? live(id);
      open.set(id, known);
      return known;
    };
    const connections = {
      get,
      entries: () => list.list(),
      ready: async () => Promise.all((await list.list()).map(({ id }) => get(id))),
      async close(id: string) {
        (await open.get(id))?.copy.close();
        open.delete(id);
      },
    } as unknown as Parameters<typeof createProtecting>[0]['connections'];
    const options = {
      clock,
      pace: UNPACED,
      buckets,
      list,
      vault,
      session: session.area,
      connections,
      onProgress: () => undefined,
    };
    return { protecting: createProtecting(options), vault, list, get };
  }

  const place = (entry: ConnectionEntry, list: ReturnType<typeof createConnectionList>) => ({
    buckets: disk.buckets,
    name: copyName(entry),
    connectionId: entry.id,
    shares: list.share(copyName(entry)),
    anchor: list.anchor(copyName(entry)),
    marks: list.marks(copyName(entry)),
    placement: plainPlacement,
  });

  beforeEach(async () => {
    disk = memoryBuckets();
    local = memoryArea();
    session = memoryArea();
    clock = fakeClock();
    const list = createConnectionList(local.area);
    const copy = await createConnectionCopy({ ...place(ENTRY, list), secret: { mode: 'device' } });
    await copy.store.apply({ object: 'lead', upserts: [record('lead', 'l1')], deletions: [], newBefore: null }, { at: 1 });
    copy.close();
    await list.put(ENTRY);
  });

  async function expectWhole(name: string, count = 1): Promise<void> {
    expect(await disk.buckets.list()).toEqual([`${name}`]);
    expect(Object.keys(local.held).filter((key) => key.startsWith('share:'))).toEqual([`share:${name}`]);
    expect(Object.keys(session.held)).not.toContain('pending-protection');
    const { get } = worker();
    expect(await (await get('c1')).copy.store.counts()).toMatchObject({ lead: count });
  }

  it('leaves one copy, under the new key', async () => {
    const { protecting, vault } = worker();
    await protecting.changeTo(wanted(1));
    expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey: bytesOf(1) });
    await expectWhole('c1_1');
  });

  it('is one at a time: who comes second is told so, and takes nothing from the first', async () => {
    const { protecting, vault } = worker();
    const first = protecting.changeTo(wanted(1));
    expect(await codeOf(protecting.changeTo(wanted(2)))).toBe('vault.busy');
    await first;
    expect(await vault.secret()).toEqual({ mode: 'passphrase', vaultKey: bytesOf(1) });
    await expectWhole('c1_1');
  });

  it('is not disturbed by a rotation that falls due meanwhile', async () => {
    const { protecting } = worker();
    const first = protecting.changeTo(wanted(1));
    clock.wait(40 * 24 * 60 * 60_000);
    await protecting.rotateDue();
    await first;
    await expectWhole('c1_1');
  });

  it('has happened when only the old bucket could not be deleted, which the next worker does', async () => {
    let refuses = true;
    const { protecting } = worker({
      ...disk.buckets,
      delete: (name) => (refuses && name === 'c1' ? Promise.reject(new Error('busy')) : disk.buckets.delete(name)),
    });
    await protecting.changeTo(wanted(1));
    expect((await disk.buckets.list()).sort()).toEqual(['c1', 'c1_1']);
    refuses = false;
    await worker().protecting.sweep();
    await expectWhole('c1_1');
  });

  it('leaves everything as it was when it is stopped, and can be asked for again', async () => {
    const { protecting, vault } = worker();
    const change = codeOf(protecting.changeTo(wanted(1)));
    await protecting.stop();
    expect(await change).toBe('vault.change-failed');
    expect(await vault.protection()).toEqual(DEVICE);
    await expectWhole('c1');
    await protecting.changeTo(wanted(2));
    await expectWhole('c1_1');
  });

  it('is finished by the next worker, before that one opens anything, when it was killed behind the switch', async () => {
    const { protecting } = worker();
    await protecting.changeTo(wanted(1));
    // As it was at that moment: the new key is only in what was pending.
    session.held['pending-protection'] = {
      protection: local.held.protection,
      vaultKey: Buffer.from(bytesOf(1)).toString('base64'),
    };
    delete session.held.vault;
    const next = worker();
    expect(await next.vault.locked()).toBeNull();
    expect(await (await next.get('c1')).copy.store.counts()).toMatchObject({ lead: 1 });
    expect(await next.protecting.resume()).toBe(true);
    expect(await next.protecting.resume()).toBe(false);
    await expectWhole('c1_1');
  });

  it('does not take the key of a change that did not get to its switch', async () => {
    const { protecting } = worker();
    await protecting.changeTo(wanted(1));
    const { protection, vaultKey } = wanted(2);
    session.held['pending-protection'] = { protection, vaultKey: Buffer.from(vaultKey ?? []).toString('base64') };
    expect(await worker().vault.secret()).toEqual({ mode: 'passphrase', vaultKey: bytesOf(1) });
  });

  it('gives a copy new keys after a month, and only then', async () => {
    const { protecting, list } = worker();
    clock.set(Date.parse(ENTRY.connectedAt) + 30 * 24 * 60 * 60_000);
    await protecting.rotateDue();
    expect((await list.list()).map(copyName)).toEqual(['c1']);
    clock.wait(1);
    await protecting.rotateDue();
    expect((await list.list()).map(copyName)).toEqual(['c1_1']);
    await protecting.rotateDue();
    await expectWhole('c1_1');
  });

  describe('beside what else goes on', () => {
    const [SYNC, SESSION] = ['sidelight:sync:c1', 'sidelight:session:c1'];
    let letGo: () => Promise<void>;
    afterEach(async () => {
      vi.useRealTimers();
      await letGo();
    });

    it('waits in no circle with a run that begins meanwhile and needs the session', { timeout: 5000 }, async () => {
      letGo = holdingOn(SESSION);
      const change = worker().protecting.changeTo(wanted(1));
      await expect.poll(() => isWaitedFor(SESSION)).toBe(true);
      const run = navigator.locks.request(SYNC, { ifAvailable: true }, async (lease) => {
        if (lease) await navigator.locks.request(SESSION, async () => undefined);
      });
      await letGo();
      await Promise.all([change, run]);
      await expectWhole('c1_1');
    });

    it('stops at once though it waits for a run', { timeout: 5000 }, async () => {
      letGo = holdingOn(SYNC);
      const { protecting } = worker();
      const change = codeOf(protecting.changeTo(wanted(1)));
      await expect.poll(() => isWaitedFor(SYNC)).toBe(true);
      await protecting.stop();
      expect(await change).toBe('vault.change-failed');
      await expectWhole('c1');
    });

    it('waits until records are placed by the rules of now: one that moves meanwhile would be left behind', async () => {
      letGo = async () => undefined;
      const { protecting, get } = worker();
      const { copy } = await get('c1');
      const [asked, renewal] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      copy.store.placed = () => {
        asked.resolve();
        return renewal.promise;
      };
      const shut = vi.spyOn(copy.writes, 'shut');
      const change = protecting.changeTo(wanted(1));
      await asked.promise;
      expect(shut).not.toHaveBeenCalled();
      // A renewal that fails begins anew with the next opening.
      renewal.reject(new AppError('storage.quota'));
      await change;
      await expectWhole('c1_1');
    });

    it('stops at once though it waits until records are placed', async () => {
      letGo = async () => undefined;
      const { protecting, get } = worker();
      const { copy } = await get('c1');
      const asked = Promise.withResolvers<void>();
      copy.store.placed = () => {
        asked.resolve();
        return new Promise(() => undefined);
      };
      const change = codeOf(protecting.changeTo(wanted(1)));
      await asked.promise;
      await protecting.stop();
      expect(await change).toBe('vault.change-failed');
    });

    it.each(['a rotation', 'a change of a worker that was killed'])('keeps the worker awake for %s', async (which) => {
      letGo = holdingOn(SESSION);
      const { protecting } = worker();
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      getPlatformInfo.mockClear();
      clock.wait(40 * 24 * 60 * 60_000);
      const { protection } = wanted(1);
      session.held['pending-protection'] = { protection, vaultKey: Buffer.from(bytesOf(1)).toString('base64') };
      const work = which === 'a rotation' ? protecting.rotateDue() : protecting.resume();
      await expect.poll(() => isWaitedFor(SESSION)).toBe(true);
      vi.advanceTimersByTime(25_000);
      expect(getPlatformInfo).toHaveBeenCalled();
      await letGo();
      await work;
    });
  });
});
