import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createRecordStore, type RecordStore } from '@/lib/storage/record-store';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { rootKey } from '../../builders/keys';
import { record } from '../../builders/records';
import { plainPlacement } from '../../builders/store';
import { memoryArea } from '../../fakes/memory-area';

const contacts = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) =>
    record('contact', `c${from + n}`, { accountId: `a${n % 9}`, name: `Contact ${n}` }),
  );
const batch = (upserts: ReturnType<typeof contacts>) => ({ object: 'contact' as const, upserts, deletions: [], newBefore: null });

/** The mark of the last write stands outside the copy, so that an older state of the copy is not taken for the newest one. */
describe('a copy with a mark of its last write', () => {
  let db: ConnectionDatabase;
  let local: ReturnType<typeof memoryArea>;
  let store: RecordStore;
  /** The next worker. */
  async function open(): Promise<RecordStore> {
    const root = await rootKey(1);
    const anchor = createConnectionList(local.area).anchor('c1');
    const hash = createCellHash(root);
    return createRecordStore({ db, cipher: createCipher(root), hash, connectionId: 'c1', placement: plainPlacement, anchor });
  }
  const snapshot = async () => ({ cells: await db.cells.toArray(), boxes: await db.boxes.toArray() });
  async function putBack({ cells, boxes }: Awaited<ReturnType<typeof snapshot>>): Promise<void> {
    await db.cells.clear();
    await db.cells.bulkPut(cells);
    await db.boxes.bulkPut(boxes);
  }
  const runsOf = async () => new Set((await db.cells.toArray()).map(({ t, r }) => `${t}/${r}`));
  const mark = () => local.held['anchor:c1'];

  beforeEach(async () => {
    db = new ConnectionDatabase(new IDBFactory());
    local = memoryArea();
    store = await open();
    await store.apply(batch(contacts(0, 200)), { at: 1 });
  });

  it('moves the mark with every write', async () => {
    const before = mark();
    await store.apply(batch(contacts(0, 1)));
    expect(mark()).toBe(Number(before) + 1);
    expect((await (await open()).counts()).contact).toBe(200);
  });

  it('is refused with an older manifest, whatever its rows', async () => {
    const old = await db.boxes.get('manifest');
    await store.apply(batch(contacts(200, 300)), { at: 2 });
    if (old) await db.boxes.put(old);
    const next = await open();
    expect(await codeOf(next.counts())).toBe('vault.tampered');
    expect(await codeOf(next.get('contact', 'c1'))).toBe('vault.tampered');
    expect(await codeOf(next.apply(batch(contacts(0, 1))))).toBe('vault.tampered');
    expect(next.isDamaged()).toBe(true);
  });

  it('is refused when all of it was put back in an older state', async () => {
    const old = await snapshot();
    await store.apply(batch(contacts(200, 300)), { at: 2 });
    await putBack(old);
    expect(await codeOf((await open()).counts())).toBe('vault.tampered');
  });

  it('is refused without its manifest', async () => {
    await db.boxes.delete('manifest');
    expect(await codeOf((await open()).counts())).toBe('vault.tampered');
  });

  it('is refused without its manifest and rows, as if it were new', async () => {
    await db.boxes.clear();
    await db.cells.clear();
    expect(await codeOf((await open()).checkpoint('contact'))).toBe('vault.tampered');
  });

  it.each([undefined, 'text', null, {}, -3, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e308, Number.MAX_SAFE_INTEGER])(
    'is as it was when the mark is %j, and marks again',
    async (value) => {
      local.held['anchor:c1'] = value;
      const next = await open();
      expect((await next.counts()).contact).toBe(200);
      await next.apply(batch(contacts(0, 1)));
      expect(mark()).toBe(2);
    },
  );

  it('is not taken for damaged when it was killed between a write and its mark', async () => {
    const before = mark();
    await store.apply(batch(contacts(200, 300)));
    local.held['anchor:c1'] = before;
    expect((await (await open()).counts()).contact).toBe(300);
  });

  it('takes a write whose mark cannot be made', async () => {
    local.area.set = () => Promise.reject(new Error('no space'));
    await store.apply(batch(contacts(200, 300)));
    expect((await (await open()).counts()).contact).toBe(300);
  });

  describe('that starts over', () => {
    async function restarted(): Promise<RecordStore> {
      const next = await open();
      await next.startOver();
      return next;
    }

    it.each<[string, () => Promise<unknown>]>([
      [
        'a manifest of which a bit was flipped',
        async () => {
          const box = await db.boxes.get('manifest');
          if (box) await db.boxes.put({ ...box, b: box.b.map((byte, index) => (index === 20 ? byte ^ 1 : byte)) });
        },
      ],
      ['no manifest', () => db.boxes.delete('manifest')],
      ['a mark far ahead', async () => Object.assign(local.held, { 'anchor:c1': 100_000 })],
    ])('works again after %s, for the next worker too', async (_, damage) => {
      await damage();
      const next = await restarted();
      expect(next.isDamaged()).toBe(false);
      expect((await next.counts()).contact).toBe(0);
      expect(await next.checkpoint('contact')).toBeNull();
      await next.apply(batch(contacts(0, 50)), { at: 3 });
      const later = await open();
      expect((await later.counts()).contact).toBe(50);
      expect((await later.at('contact', 'a1')).length).toBeGreaterThan(0);
    });

    it('gives no run a number that one had before, also when the manifest that knew them is lost', async () => {
      const used = await runsOf();
      for (let n = 0; n < 12; n += 1) {
        await store.apply(batch(contacts(n * 10, n * 10 + 30)));
        for (const run of await runsOf()) used.add(run);
      }
      await store.compact();
      for (const run of await runsOf()) used.add(run);
      await db.boxes.delete('manifest');
      const next = await restarted();
      await next.apply(batch(contacts(0, 300)));
      expect([...(await runsOf())].filter((run) => used.has(run))).toEqual([]);
    });

    it('refuses an old cell in the place of a new one', async () => {
      const old = await snapshot();
      await db.boxes.delete('manifest');
      const next = await restarted();
      await next.apply(batch(contacts(0, 200)));
      for (const row of await db.cells.toArray()) {
        const before = old.cells.find(({ t, c }) => t === row.t && c === row.c);
        if (before) await db.cells.put({ ...row, b: before.b });
      }
      expect(await codeOf((await open()).get('contact', 'c1'))).toBe('vault.tampered');
    });

    it('refuses the state before, put back as a whole', async () => {
      const old = await snapshot();
      await restarted();
      await putBack(old);
      expect(await codeOf((await open()).counts())).toBe('vault.tampered');
    });
  });

  describe('that is looked through', () => {
    const check = async () => codeOf((await open()).check(new AbortController().signal));

    it('passes when it is as it was written', async () => {
      expect(await check()).toBe('it did not fail');
    });

    it('does not pass with one damaged cell of any table, and says so later', async () => {
      for (const row of await db.cells.toArray()) {
        await db.cells.put({ ...row, b: row.b.map((byte, index) => (index === row.b.length - 1 ? byte ^ 1 : byte)) });
        const next = await open();
        expect(await codeOf(next.check(new AbortController().signal))).toBe('vault.tampered');
        expect(next.isDamaged()).toBe(true);
        await db.cells.put(row);
      }
      expect(await check()).toBe('it did not fail');
    });

    it('does not pass with one row missing', async () => {
      const [row] = await db.cells.reverse().toArray();
      if (row) await db.cells.delete([row.t, row.r, row.c]);
      expect(await check()).toBe('vault.tampered');
    });

    it('ends when it is told to', async () => {
      const abort = new AbortController();
      abort.abort();
      await expect((await open()).check(abort.signal)).rejects.toThrow();
    });
  });
});
