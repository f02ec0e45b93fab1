import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { BOX_NAMES, createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { rootKey } from '../../builders/keys';
import { memoryArea } from '../../fakes/memory-area';

const NAMED = BOX_NAMES.filter((name) => name !== 'manifest');

/** The number of each box's last write stands outside the copy, so that one that is gone or older is not taken for the newest one. */
describe('named boxes with marks of their last writes', () => {
  let db: ConnectionDatabase;
  let local: ReturnType<typeof memoryArea>;
  let boxes: SealedBoxes;
  const marks = () => createConnectionList(local.area).marks('c1');
  /** The next worker. */
  const open = async () => createSealedBoxes(db, createCipher(await rootKey(1)), 'c1', marks());
  const held = () => local.held['marks:c1'] as Record<string, number>;

  beforeEach(async () => {
    db = new ConnectionDatabase(new IDBFactory());
    local = memoryArea();
    boxes = await open();
  });

  describe.each(NAMED)('%s', (name) => {
    beforeEach(async () => {
      await boxes.put(name, 'first');
      await boxes.put(name, 'second');
    });

    it('is what was written last, for the next worker too', async () => {
      expect(await boxes.get(name)).toBe('second');
      expect(await (await open()).get(name)).toBe('second');
      expect(held()[name]).toBe(2);
    });

    it('is refused when it is gone', async () => {
      await db.boxes.delete(name);
      expect(await codeOf(boxes.get(name))).toBe('vault.tampered');
      const next = await open();
      expect(await codeOf(next.get(name))).toBe('vault.tampered');
      expect(next.takeRefused()).toEqual([name]);
      expect(next.takeRefused()).toEqual([]);
    });

    it('is refused when an older one was put back', async () => {
      const old = await db.boxes.get(name);
      await boxes.put(name, 'third');
      if (old) await db.boxes.put(old);
      expect(await codeOf(boxes.get(name))).toBe('vault.tampered');
      expect(await codeOf((await open()).get(name))).toBe('vault.tampered');
    });

    it.each<[string, () => Promise<unknown>]>([
      ['gone', () => db.boxes.delete(name)],
      ['cut', () => db.boxes.put({ name, b: new Uint8Array(3) })],
      ['of a later version', () => db.boxes.put({ name, b: new Uint8Array(300).fill(200) })],
    ])('can be written anew when it is %s, under a number that it never had', async (_, damage) => {
      const before = await db.boxes.get(name);
      await damage();
      const next = await open();
      await next.put(name, 'anew');
      expect(await (await open()).get(name)).toBe('anew');
      expect(held()[name]).toBe(3);
      if (before) await db.boxes.put(before);
      expect(await codeOf((await open()).get(name))).toBe('vault.tampered');
    });
  });

  it('is nothing, and no damage, when nothing was ever written', async () => {
    await boxes.put('token', 'secret');
    expect(await boxes.get('selection')).toBeNull();
  });

  it('can hold nothing on purpose', async () => {
    await boxes.put('sync-status', null);
    expect(await boxes.get('sync-status')).toBeNull();
  });

  describe('given a kill between a write and its mark', () => {
    beforeEach(async () => {
      await boxes.put('selection', 'first');
      local.area.set = () => new Promise(() => undefined);
      void boxes.put('selection', 'second');
      await expect.poll(async () => (await codeOf(boxes.get('selection'))) && boxes.get('selection')).toBe('second');
      local = { ...memoryArea(), held: local.held };
      local.area.get = async (key) => structuredClone(local.held[key]);
      local.area.set = async (key, value) => void Object.assign(local.held, { [key]: structuredClone(value) });
      expect(held()).toEqual({ selection: 1 });
    });

    it('is no damage', async () => {
      expect(await (await open()).get('selection')).toBe('second');
    });

    it('gives the next write a number that no box had, also when nobody has read before', async () => {
      const unmarked = await db.boxes.get('selection');
      await (await open()).put('selection', 'third');
      expect(held()).toEqual({ selection: 3 });
      if (unmarked) await db.boxes.put(unmarked);
      expect(await codeOf((await open()).get('selection'))).toBe('vault.tampered');
    });
  });

  it('takes a write whose mark cannot be made', async () => {
    local.area.set = () => Promise.reject(new Error('no space'));
    await boxes.put('token', 'secret');
    expect(await boxes.get('token')).toBe('secret');
    expect(await (await open()).get('token')).toBe('secret');
  });

  it.each([
    ['QuotaExceededError', 'storage.quota'],
    ['AbortError', 'storage.quota'],
    ['UnknownError', 'storage.unreadable'],
  ])('says why the disk did not take it: %s is %s', async (name, code) => {
    db.boxes.put = (() => Promise.reject(Object.assign(new Error(), { name }))) as unknown as typeof db.boxes.put;
    expect(await codeOf(boxes.put('token', 'secret'))).toBe(code);
  });

  it('keeps the order of writes that come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => boxes.put('sync-status', n)));
    expect(await (await open()).get('sync-status')).toBe(19);
    expect(held()['sync-status']).toBe(20);
  });

  it('answers readers rightly while it is being written', async () => {
    const writes = Array.from({ length: 20 }, (_, n) => boxes.put('sync-status', n));
    const seen = await Promise.all(Array.from({ length: 50 }, () => boxes.get('sync-status')));
    await Promise.all(writes);
    expect(seen.every((value) => value === null || typeof value === 'number')).toBe(true);
  });

  it.each([undefined, null, 'text', 7, [], { token: 'text' }, { token: -1 }, { token: 0.5 }, { token: 1e308 }])(
    'notices nothing, and fails nothing, when the marks are %j',
    async (value) => {
      await boxes.put('token', 'secret');
      local.held['marks:c1'] = value;
      const next = await open();
      expect(await next.get('token')).toBe('secret');
      await next.put('token', 'fresh');
      expect(held().token).toBe(2);
    },
  );

  it('is refused with a mark that is ahead, and works again when it is written anew', async () => {
    await boxes.put('token', 'secret');
    local.held['marks:c1'] = { token: 1000 };
    const next = await open();
    expect(await codeOf(next.get('token'))).toBe('vault.tampered');
    await next.put('token', 'fresh');
    expect(await (await open()).get('token')).toBe('fresh');
  });

  describe('given a copy of the first builds, whose boxes have no number', () => {
    beforeEach(async () => {
      for (const name of NAMED) await db.boxes.put(await boxes.seal(name, `old ${name}`));
    });

    it('reads them as long as they have no mark', async () => {
      for (const name of NAMED) expect(await (await open()).get(name)).toBe(`old ${name}`);
    });

    it('numbers them with their next write and refuses the old one from then on', async () => {
      const old = await db.boxes.get('token');
      await boxes.put('token', 'new');
      expect(await (await open()).get('token')).toBe('new');
      if (old) await db.boxes.put(old);
      expect(await codeOf((await open()).get('token'))).toBe('vault.tampered');
    });
  });

  it('leaves the manifest to the store, which has a mark of its own', async () => {
    await db.boxes.put(await boxes.seal('manifest', { nextRun: 1 }));
    expect(await boxes.get('manifest')).toEqual({ nextRun: 1 });
    await db.boxes.delete('manifest');
    expect(await boxes.get('manifest')).toBeNull();
  });
});
