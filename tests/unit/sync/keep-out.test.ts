import { describe, expect, it } from 'vitest';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import { keepingOut } from '@/lib/sync/keep-out';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

const batch = (object: ObjectKind, upserts: readonly AnyRecord[]) => ({ object, upserts, deletions: [], newBefore: null });
const pia = record('contact', 'p1', { name: 'Pia' });
const otto = record('contact', 'p2', { name: 'Otto' });
const butPia = (one: AnyRecord) => (one.id === 'p1' ? null : one);

describe('the store’s gate for people who were erased', () => {
  it('writes the others, the checkpoint, and nothing of the person', async () => {
    const { store } = await testStore();
    const gated = keepingOut(store, async () => butPia);
    expect(await gated.apply(batch('contact', [pia, otto]), { at: 1 })).toMatchObject({ upserted: 1, deleted: 0 });
    expect(await store.get('contact', 'p1')).toBeNull();
    expect(await store.get('contact', 'p2')).not.toBeNull();
    expect(await store.counts()).toMatchObject({ contact: 1 });
    expect(await store.checkpoint('contact')).toEqual({ at: 1 });
  });

  it('takes an earlier version out that is there still', async () => {
    const { store } = await testStore();
    await store.apply(batch('contact', [pia]));
    await keepingOut(store, async () => butPia).apply(batch('contact', [pia]));
    expect(await store.get('contact', 'p1')).toBeNull();
    expect(await store.counts()).toMatchObject({ contact: 0 });
  });

  it('lets all through when nobody was erased, and nothing when the list cannot be read', async () => {
    const { store } = await testStore();
    await keepingOut(store, async () => null).apply(batch('contact', [pia]));
    expect(await store.get('contact', 'p1')).not.toBeNull();
    const damaged = keepingOut(store, async () => Promise.reject(new AppError('erased.damaged')));
    expect(await codeOf(damaged.apply(batch('contact', [otto])))).toBe('erased.damaged');
    expect(await store.get('contact', 'p2')).toBeNull();
  });

  it('has written what was judged before the person was erased, when their records are taken out', async () => {
    const { store } = await testStore();
    const judging = Promise.withResolvers<null>();
    const gated = keepingOut(store, () => judging.promise);
    const early = gated.apply(batch('contact', [pia]));
    const erasing = gated.apply({ ...batch('contact', []), deletions: ['p1'] });
    judging.resolve(null);
    await Promise.all([early, erasing]);
    expect(await store.get('contact', 'p1')).toBeNull();
  });

  it('makes what is there what it is to be now, without writing an older version over a newer one', async () => {
    const { store } = await testStore();
    const called = (one: AnyRecord) => (one.object === 'contact' ? { ...one, fields: { ...one.fields, doNotCall: true } } : one);
    let judged: ((one: AnyRecord) => AnyRecord | null) | null = null;
    const gated = keepingOut(store, async () => judged);
    await gated.apply(batch('contact', [pia, otto]));
    const newer = gated.apply(batch('contact', [record('contact', 'p1', { name: 'Pia Newer' })]));
    judged = called;
    await Promise.all([newer, gated.rejudge('contact', ['p1', 'nobody'])]);
    expect((await store.get('contact', 'p1'))?.fields).toMatchObject({ name: 'Pia Newer', doNotCall: true });
    expect((await store.get('contact', 'p2'))?.fields).toMatchObject({ doNotCall: false });
    judged = butPia;
    await gated.rejudge('contact', ['p1', 'p2']);
    expect([...(await store.getMany('contact', ['p1', 'p2'])).keys()]).toEqual(['p2']);
  });
});
