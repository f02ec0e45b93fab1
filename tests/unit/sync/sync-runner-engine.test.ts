import { beforeEach, describe, expect, it } from 'vitest';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { tableNumber } from '@/lib/storage/tables';
import { DAY } from '@/lib/sync/schedule';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import { createCipher } from '@/lib/vault/cipher';
import { type TestStore, testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { createMemoryConnector, createMemoryCrm } from '../../fakes/memory-connector';

/** The runner with the real engine and a CRM in memory. */
describe('sync runner and engine', () => {
  let test: TestStore;
  let boxes: SealedBoxes;
  let crm: ReturnType<typeof createMemoryCrm>;
  let clock: ReturnType<typeof fakeClock>;
  let told: RunnerStatus[];
  beforeEach(async () => {
    test = await testStore();
    boxes = createSealedBoxes(test.db, createCipher(test.root), 'c1');
    crm = createMemoryCrm();
    clock = fakeClock();
    told = [];
    for (let n = 0; n < 7; n += 1) crm.save('lead', `l${n}`, {});
    for (let n = 0; n < 100; n += 1) crm.save('account', `a${n}`, { name: `Account ${n}`, website: `site${n}.com` });
  });
  const runner = (): SyncRunner =>
    createSyncRunner({
      connectionId: 'c1',
      connector: createMemoryConnector({ crm, pageSize: 20, deletionWindowMs: 30 * DAY }),
      store: test.reopen(),
      boxes,
      clock,
      withLease: (_, work) => work(),
      onStatus: (status) => told.push(structuredClone(status)),
    });

  it('fills the copy, and tells what came', async () => {
    const one = runner();
    await one.run('clock');
    expect((await one.status()).lastError).toBeNull();
    expect(await test.reopen().counts()).toMatchObject({ account: 100, lead: 7 });
    expect((await one.history())[0]).toMatchObject({ why: 'first', outcome: 'ok' });
    expect((await one.history())[0]?.objects).toEqual([
      { object: 'account', received: 100, deleted: 0 },
      { object: 'lead', received: 7, deleted: 0 },
    ]);
    expect(told.at(-1)).toMatchObject({ running: null, held: [] });
  });

  it('counts the parts of the copy that do not pass their check, fetches everything anew, and says so in the history', async () => {
    await runner().run();
    const cells = await test.db.cells.toArray();
    const damaged = cells.filter(({ t }) => t === tableNumber('account')).slice(0, 1);
    for (const row of damaged) {
      row.b[row.b.length - 1] = (row.b.at(-1) ?? 0) ^ 1;
      await test.db.cells.put(row);
    }
    const missing = cells.find(({ t }) => t === tableNumber('lead'));
    if (missing) await test.db.cells.delete([missing.t, missing.r, missing.c]);
    const one = runner();
    await one.run();
    expect((await one.status()).lastError).toBeNull();
    expect((await one.history()).map(({ refused }) => refused)).toEqual([2, 0]);
    expect(await test.reopen().counts()).toMatchObject({ account: 100, lead: 7 });
    expect((await test.reopen().get('account', 'a1'))?.fields.name).toBe('Account 1');
  });

  it('asks before it lets most of an object go, and then does as it is told', async () => {
    const one = runner();
    await one.run();
    crm.wait(DAY);
    clock.wait(DAY);
    for (let n = 0; n < 80; n += 1) crm.delete('account', `a${n}`);
    await one.run();
    expect((await one.status()).held).toMatchObject([{ object: 'account', count: 80, of: 100, answer: null }]);
    const { items } = await one.held('account');
    expect(items).toHaveLength(80);
    expect(items[0]?.name).toMatch(/^Account/);
    await one.answer('account', 'remove');
    await one.run();
    expect((await one.status()).held).toEqual([]);
    expect(await test.reopen().counts()).toMatchObject({ account: 20 });
  });

  it('takes out what is no longer wanted, in a run that starts with the choice', async () => {
    const one = runner();
    await one.run();
    const selection = await one.selection();
    selection.objects.lead.wanted = false;
    await one.select(selection);
    await one.run();
    expect((await one.status()).lastError).toBeNull();
    expect((await test.reopen().counts()).lead).toBe(0);
  });

  it('fetches the copy anew when a part of it does not pass its check', async () => {
    await runner().run();
    const row = await test.db.cells.toCollection().last();
    if (!row) throw new Error('no cell');
    await test.db.cells.put({ ...row, b: row.b.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) });
    crm.wait(DAY);
    for (let n = 0; n < 7; n += 1) crm.save('lead', `l${n}`, { name: `Renamed ${n}` });
    for (let n = 0; n < 100; n += 1) crm.save('account', `a${n}`, { name: `Renamed ${n}` });
    const one = runner();
    await one.run();
    expect((await one.status()).lastError).toBeNull();
    expect((await test.reopen().get('account', 'a3'))?.fields.name).toBe('Renamed 3');
  });

  it.each(['home', 'domain', 'account', 'lead'] as const)(
    'heals a cell of %s that nothing of this run would have touched',
    async (table) => {
      await runner().run();
      const rows = await test.db.cells.filter(({ t }) => t === tableNumber(table)).toArray();
      const [row] = rows;
      if (!row) throw new Error('no such cell');
      await test.db.cells.put({ ...row, b: row.b.slice(0, -1) });
      crm.wait(DAY);
      const one = runner();
      await one.run();
      expect((await one.status()).lastError).toBeNull();
      const reopened = test.reopen();
      await reopened.check(new AbortController().signal);
      expect(await reopened.counts()).toMatchObject({ account: 100, lead: 7 });
    },
  );

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['of which a bit was flipped', (bytes) => bytes.map((byte, index) => (index === 40 ? byte ^ 1 : byte))],
    ['whose version is a later one', (bytes) => bytes.map((byte, index) => (index === 0 ? 9 : byte))],
    ['that was emptied', () => new Uint8Array()],
  ])('runs as if it never had when it finds a status %s', async (_, damage) => {
    await runner().run();
    const row = await test.db.boxes.get('sync-status');
    if (row) await test.db.boxes.put({ ...row, b: damage(row.b) });
    const one = runner();
    expect(await one.status()).toMatchObject({ lastSuccessAt: null, lastError: null });
    await one.run('clock');
    expect(await runner().status()).toMatchObject({ lastSuccessAt: expect.any(String), lastError: null });
  });
});
