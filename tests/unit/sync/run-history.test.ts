import { beforeEach, describe, expect, it } from 'vitest';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createRunHistory, objectsOf, type RunHistory } from '@/lib/sync/run-history';
import { newReport } from '@/lib/sync/run-report';
import { createCipher } from '@/lib/vault/cipher';
import { type TestStore, testStore } from '../../builders/store';

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 0, minute)).toISOString();
const ok = (minute: number) => ({
  endedAt: at(minute),
  outcome: 'ok' as const,
  code: null,
  objects: [],
  calls: 6,
  skipped: 0,
  refused: 0,
  renewed: 0,
});

describe('history of runs', () => {
  let test: TestStore;
  let boxes: SealedBoxes;
  let history: RunHistory;
  beforeEach(async () => {
    test = await testStore();
    boxes = createSealedBoxes(test.db, createCipher(test.root), 'c1');
    history = createRunHistory(boxes);
  });

  it('is empty before the first run', async () => {
    expect(await history.list()).toEqual([]);
  });

  it('holds a run that has begun as interrupted, which it is if nobody comes to say more', async () => {
    await history.begin(at(0), 'first');
    expect(await createRunHistory(boxes).list()).toEqual([
      {
        startedAt: at(0),
        endedAt: null,
        why: 'first',
        outcome: 'interrupted',
        code: null,
        objects: [],
        calls: 0,
        skipped: 0,
        refused: 0,
        renewed: 0,
      },
    ]);
  });

  it('tells the newest first, each with how it ended', async () => {
    await history.begin(at(0), 'due');
    await history.end({ ...ok(1), outcome: 'failed', code: 'crm.offline' });
    await history.begin(at(5), 'asked');
    await history.end({ ...ok(6), objects: [{ object: 'lead', received: 3, deleted: 1 }] });
    expect(await history.list()).toEqual([
      { ...ok(6), startedAt: at(5), why: 'asked', objects: [{ object: 'lead', received: 3, deleted: 1 }] },
      { ...ok(1), startedAt: at(0), why: 'due', outcome: 'failed', code: 'crm.offline' },
    ]);
  });

  it('keeps the last fifty', async () => {
    for (let minute = 0; minute < 53; minute += 1) await history.begin(at(minute), 'due');
    const starts = (await history.list()).map(({ startedAt }) => startedAt);
    expect(starts).toHaveLength(50);
    expect(starts.at(0)).toBe(at(52));
    expect(starts.at(-1)).toBe(at(3));
  });

  it('lies sealed on the disk', async () => {
    await history.begin(at(0), 'resumed');
    const row = await test.db.boxes.get('sync-history');
    expect(new TextDecoder().decode(row?.b)).not.toContain('resumed');
  });

  it('begins anew when its box does not pass its check, so that no run fails for its history', async () => {
    await history.begin(at(0), 'due');
    const row = await test.db.boxes.get('sync-history');
    if (!row) throw new Error('no history');
    await test.db.boxes.put({ ...row, b: row.b.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) });
    expect(await history.list()).toEqual([]);
    await history.begin(at(1), 'due');
    expect(await history.list()).toHaveLength(1);
  });

  it('tells of an error that the table no longer has as of an unexpected one', async () => {
    await boxes.put('sync-history', [{ ...ok(1), startedAt: at(0), why: 'due', outcome: 'failed', code: 'crm.of-old' }]);
    expect((await history.list())[0]?.code).toBe('unexpected');
  });

  it('tells per object what came and went, in the usual order, and leaves out what did not change', () => {
    const report = newReport();
    report.objects = {
      task: { received: 2, deleted: 0 },
      account: { received: 0, deleted: 4 },
      lead: { received: 0, deleted: 0 },
    };
    expect(objectsOf(report)).toEqual([
      { object: 'account', received: 0, deleted: 4 },
      { object: 'task', received: 2, deleted: 0 },
    ]);
  });
});
