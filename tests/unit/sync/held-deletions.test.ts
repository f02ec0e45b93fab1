import { beforeEach, describe, expect, it } from 'vitest';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createHeldDeletions, type HeldDeletions } from '@/lib/sync/held-deletions';
import { heldRecords } from '@/lib/sync/held-items';
import type { RunReport } from '@/lib/sync/run-report';
import { createCipher } from '@/lib/vault/cipher';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

const FIRST = '2026-05-01T00:00:00.000Z';
const LATER = '2026-05-02T00:00:00.000Z';
const contacts = (count: number): RunReport['held'][number] => ({ object: 'contact', count, of: 900, ids: ['c1', 'c2'] });
const whole = { whole: true, approved: new Set<never>(), at: LATER };

describe('held deletions', () => {
  let held: HeldDeletions;
  beforeEach(async () => {
    const { db, root } = await testStore();
    held = createHeldDeletions(createSealedBoxes(db, createCipher(root), 'c1'));
    await held.settle([contacts(400)], { ...whole, at: FIRST });
  });
  const first = async () => (await held.list())[0];

  it('wait for an answer once a run has reported them', async () => {
    expect(await held.list()).toEqual([
      { object: 'contact', count: 400, of: 900, at: FIRST, answer: null, answeredAt: null, ids: ['c1', 'c2'] },
    ]);
    expect(await held.approved()).toEqual(new Set());
  });

  it('keep the day they were found, while their number follows the last run', async () => {
    await held.settle([contacts(410)], whole);
    expect(await first()).toMatchObject({ count: 410, at: FIRST, answer: null });
  });

  it('are settled when a whole run no longer reports them', async () => {
    await held.settle([], whole);
    expect(await held.list()).toEqual([]);
  });

  it('stay after a run that failed, which may not have got there', async () => {
    await held.settle([{ ...contacts(90), object: 'task' }], { ...whole, whole: false });
    expect((await held.list()).map(({ object }) => object)).toEqual(['contact', 'task']);
  });

  it('cannot be answered when nothing of the object is held', async () => {
    expect(await held.answer('lead', 'remove')).toBe(false);
    expect(await held.approved()).toEqual(new Set());
  });

  describe('given the answer "keep"', () => {
    beforeEach(async () => {
      expect(await held.answer('contact', 'keep')).toBe(true);
    });

    it('stay listed with it, and are not asked about again', async () => {
      await held.settle([contacts(440)], whole);
      expect(await first()).toMatchObject({ count: 440, answer: 'keep' });
      expect(await held.approved()).toEqual(new Set());
    });

    it('are asked about again when their number has grown by more than a tenth', async () => {
      await held.settle([contacts(441)], whole);
      expect(await first()).toMatchObject({ count: 441, answer: null, at: LATER });
    });

    it('are asked about again when it grew slowly, day by day', async () => {
      await held.settle([contacts(425)], whole);
      await held.settle([contacts(450)], whole);
      expect(await first()).toMatchObject({ answer: null });
    });

    it('can be answered otherwise later', async () => {
      await held.answer('contact', 'remove');
      expect(await held.approved()).toEqual(new Set(['contact']));
    });
  });

  describe('given the answer "remove"', () => {
    beforeEach(async () => {
      await held.answer('contact', 'remove');
    });

    it('are let go in the next run, and settled when it no longer reports them', async () => {
      const approved = await held.approved();
      expect(approved).toEqual(new Set(['contact']));
      await held.settle([], { ...whole, approved });
      expect(await held.list()).toEqual([]);
    });

    it('stay approved when that run failed before it got there', async () => {
      await held.settle([], { ...whole, whole: false, approved: await held.approved() });
      expect(await held.approved()).toEqual(new Set(['contact']));
    });

    it('stay approved when the answer came while a run was ending that had not heard of it', async () => {
      await held.settle([contacts(400)], whole);
      expect(await first()).toMatchObject({ answer: 'remove' });
      await held.settle([], whole);
      expect(await held.approved()).toEqual(new Set(['contact']));
    });

    it('are asked about again when the run that was allowed to remove them reports them all the same', async () => {
      await held.settle([contacts(400)], { ...whole, approved: await held.approved() });
      expect(await first()).toMatchObject({ answer: null });
    });
  });

  it('lose no answer that comes while a run ends', async () => {
    await Promise.all([held.settle([contacts(400), { ...contacts(80), object: 'task' }], whole), held.answer('contact', 'keep')]);
    expect((await held.list()).map(({ object, answer }) => [object, answer])).toEqual([
      ['contact', 'keep'],
      ['task', null],
    ]);
  });
});

describe('held records by name', () => {
  it.each([
    ['user', record('user', 'x', { name: 'Uma' }), 'Uma', null],
    ['account', record('account', 'x', { name: 'Acme', website: 'acme.com' }), 'Acme', 'acme.com'],
    ['contact', record('contact', 'x', { name: 'Cora', title: 'CFO' }), 'Cora', 'CFO'],
    ['lead', record('lead', 'x', { name: 'Leo', company: 'Initech' }), 'Leo', 'Initech'],
    ['opportunity', record('opportunity', 'x', { name: 'Deal', stage: 'Won' }), 'Deal', 'Won'],
    ['task', record('task', 'x', { subject: 'Call', status: 'Open' }), 'Call', 'Open'],
    ['task', record('task', 'x', { subject: null, status: null }), '', null],
  ] as const)('tell of a %s what a person recognises it by', async (object, row, name, detail) => {
    const { store } = await testStore();
    await store.apply({ object, upserts: [row], deletions: [], newBefore: null });
    expect(await heldRecords(store, object, ['x'])).toEqual([{ id: 'x', name, detail }]);
  });

  it('come in the order asked for, without those that the copy no longer has', async () => {
    const { store } = await testStore();
    const upserts = ['a', 'b', 'c'].map((id) => record('lead', id, { name: id }));
    await store.apply({ object: 'lead', upserts, deletions: [], newBefore: null });
    expect((await heldRecords(store, 'lead', ['c', 'gone', 'a'])).map(({ id }) => id)).toEqual(['c', 'a']);
  });
});
