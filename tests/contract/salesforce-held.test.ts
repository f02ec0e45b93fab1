import { describe, expect, it } from 'vitest';
import type { ObjectKind } from '@/lib/crm/records';
import {
  DAY,
  expectEqual,
  HOUR,
  rowOf,
  type Scene,
  salesforceScene,
  SMALL,
  storedOf,
  visibleRows,
  whole,
} from './salesforce-scene';

const CONTACTS: ReadonlySet<ObjectKind> = new Set(['contact']);

/** A whole copy of an org with so many Contacts and no tasks, an hour ago. */
async function wholeScene(contacts: number): Promise<Scene> {
  const scene = await salesforceScene({ ...SMALL, contacts, tasks: 0, opportunities: 0, pageSize: 2000 });
  expect(visibleRows(scene.crm, 'contact')).toHaveLength(contacts);
  await whole(scene.sync());
  later(scene);
  return scene;
}

const later = ({ crm }: Scene, ms = HOUR) => crm.sandbox.org.clock.advance(ms);
const idsOf = ({ crm }: Scene, count: number) =>
  visibleRows(crm, 'contact')
    .slice(0, count)
    .map(({ Id }) => Id);

/** The ways in which many records may go at once. */
const WAYS: [string, (scene: Scene, ids: readonly string[]) => void][] = [
  ['the CRM lists as deleted', ({ crm }, ids) => ids.forEach((id) => void crm.sandbox.org.remove('Contact', id))],
  ['are no longer shared', ({ crm }, ids) => ids.forEach((id) => void crm.sandbox.org.hide('Contact', id))],
];

describe.each(WAYS)('records that %s', (_, goAway) => {
  const gone = async (contacts: number, count: number) => {
    const scene = await wholeScene(contacts);
    const ids = idsOf(scene, count);
    goAway(scene, ids);
    later(scene);
    return { scene, ids };
  };

  it.each([
    [50, 60, 'no more than fifty, whatever their share'],
    [51, 255, 'more than fifty, but a fifth and no more'],
  ])('go without a question: %i of %i, %s', async (count, contacts) => {
    const { scene } = await gone(contacts, count);
    expect(await whole(scene.sync())).toMatchObject({ held: [], objects: { contact: { deleted: count } } });
    await expectEqual(scene);
  });

  it.each([
    [51, 254, 'more than fifty and more than a fifth'],
    [60, 60, 'all of them'],
  ])('are held until the user has answered: %i of %i, %s', async (count, contacts) => {
    const { scene, ids } = await gone(contacts, count);
    const { held, deleted } = await whole(scene.sync());
    expect(held).toEqual([{ object: 'contact', count, of: contacts, ids: expect.any(Array) }]);
    expect([...(held[0]?.ids ?? [])].sort()).toEqual([...ids].sort());
    expect(deleted).toBe(0);
    expect((await scene.store.counts()).contact).toBe(contacts);
  });

  it('are named, the first hundred of them', async () => {
    const { scene, ids } = await gone(200, 150);
    const { held } = await whole(scene.sync());
    expect(held).toMatchObject([{ count: 150, of: 200 }]);
    expect(held[0]?.ids).toHaveLength(100);
    expect(ids).toEqual(expect.arrayContaining(held[0]?.ids ?? []));
  });

  it('are told again by every later run, without comparing all ids for it', async () => {
    const { scene } = await gone(100, 60);
    const { held } = await whole(scene.sync());
    for (let run = 0; run < 3; run += 1) {
      later(scene);
      scene.restart();
      scene.crm.sandbox.log.clear();
      expect((await whole(scene.sync())).held).toMatchObject(held.map(({ ids: _ids, ...rest }) => rest));
      expect(scene.crm.sandbox.log.matching(/SELECT%20Id%20FROM/)).toEqual([]);
    }
  });

  it('hold up nothing else: changes, additions and other objects go on', async () => {
    const { scene, ids } = await gone(100, 60);
    await whole(scene.sync());
    const { org } = scene.crm.sandbox;
    const contact = rowOf(scene, 'contact');
    org.update('Contact', contact.Id, { Title: 'Chief Tester' });
    const added = org.insert('Contact', { LastName: 'New', AccountId: rowOf(scene, 'account').Id });
    org.update('Lead', rowOf(scene, 'lead').Id, { Title: 'Changed' });
    later(scene);
    expect((await whole(scene.sync())).received).toBe(3);
    expect((await scene.store.get('contact', contact.Id))?.fields.title).toBe('Chief Tester');
    expect(await scene.store.get('contact', added.Id)).not.toBeNull();
    expect((await scene.store.getMany('contact', ids)).size).toBe(60);
  });

  it('go once the user has agreed, and only then', async () => {
    const { scene, ids } = await gone(100, 60);
    await whole(scene.sync());
    later(scene);
    expect(await whole(scene.sync({ approved: new Set(['lead', 'account']) }))).toMatchObject({ deleted: 0 });
    later(scene);
    const report = await whole(scene.sync({ approved: CONTACTS }));
    expect(report).toMatchObject({ held: [], objects: { contact: { deleted: 60 } } });
    await expectEqual(scene);
    expect((await scene.store.getMany('contact', ids)).size).toBe(0);
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ held: [], calls: 4 });
  });

  it.each([
    [60, true],
    [55, true],
    [54, false],
  ])('go only if they are about as many as the user was told of: told of %i, they go: %s', async (count, go) => {
    const { scene } = await gone(100, 60);
    await whole(scene.sync());
    later(scene);
    const { held } = await whole(scene.sync({ approved: CONTACTS, agreed: new Map([['contact', count]]) }));
    expect(held).toHaveLength(go ? 0 : 1);
    expect((await scene.store.counts()).contact).toBe(go ? 40 : 100);
  });

  it('go after months too, when the user was long in answering', async () => {
    const { scene } = await gone(100, 60);
    await whole(scene.sync());
    for (let week = 0; week < 5; week += 1) {
      later(scene, 8 * DAY);
      expect((await whole(scene.sync())).held).toMatchObject([{ count: 60 }]);
    }
    await whole(scene.sync({ approved: CONTACTS }));
    await expectEqual(scene);
  });
});

describe('deletions that wait for an answer', () => {
  const heldScene = async () => {
    const scene = await wholeScene(100);
    const ids = idsOf(scene, 60);
    for (const id of ids) scene.crm.sandbox.org.remove('Contact', id);
    later(scene);
    await whole(scene.sync());
    return { scene, ids };
  };

  it('keep the time up to which deletions are known where it was', async () => {
    const { scene } = await heldScene();
    const frozen = (await storedOf(scene, 'contact')).checkpoint;
    expect(frozen.deletedUntil).toBe('2026-06-01T09:00:00.000Z');
    expect((await storedOf(scene, 'lead')).checkpoint.deletedUntil).toBe('2026-06-01T11:00:00.000Z');
    later(scene);
    await whole(scene.sync());
    const after = (await storedOf(scene, 'contact')).checkpoint;
    expect(after.deletedUntil).toBe(frozen.deletedUntil);
    expect(after.coveredUntil).not.toBe(frozen.coveredUntil);
  });

  it('are no longer asked about when they were taken out of the recycle bin', async () => {
    const { scene, ids } = await heldScene();
    for (const id of ids) scene.crm.sandbox.org.undelete('Contact', id);
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ held: [], deleted: 0 });
    await expectEqual(scene);
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ held: [], calls: 4 });
  });

  it('are no longer asked about when the records came back into sight', async () => {
    const scene = await wholeScene(100);
    const ids = idsOf(scene, 60);
    for (const id of ids) scene.crm.sandbox.org.hide('Contact', id);
    expect((await whole(scene.sync())).held).toMatchObject([{ count: 60 }]);
    for (const id of ids) scene.crm.sandbox.org.show('Contact', id);
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ held: [], deleted: 0 });
    await expectEqual(scene);
  });

  it('are counted anew when some of them came back', async () => {
    const { scene, ids } = await heldScene();
    for (const id of ids.slice(0, 4)) scene.crm.sandbox.org.undelete('Contact', id);
    later(scene);
    expect((await whole(scene.sync())).held).toMatchObject([{ count: 56, of: 100 }]);
  });

  it('go without a question when so few are left that they are believed', async () => {
    const { scene, ids } = await heldScene();
    for (const id of ids.slice(0, 30)) scene.crm.sandbox.org.undelete('Contact', id);
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ held: [], objects: { contact: { deleted: 30 } } });
    await expectEqual(scene);
  });
});

describe('an object that the user can see no more', () => {
  it('is asked about when much would go, and stays as it is until then', async () => {
    const scene = await wholeScene(100);
    scene.crm.sandbox.org.hideObject('Contact');
    for (let run = 0; run < 2; run += 1) {
      const report = await whole(scene.sync());
      expect(report).toMatchObject({ unavailable: ['contact'], deleted: 0, held: [{ object: 'contact', count: 100, of: 100 }] });
      later(scene);
    }
    expect((await scene.store.counts()).contact).toBe(100);
    await whole(scene.sync({ approved: CONTACTS }));
    expect((await scene.store.counts()).contact).toBe(0);
  });

  it('goes with all of its records when they are few, and is brought anew when it comes back', async () => {
    const scene = await wholeScene(40);
    scene.crm.sandbox.org.hideObject('Contact');
    expect(await whole(scene.sync())).toMatchObject({ unavailable: ['contact'], held: [], deleted: 40 });
    expect((await scene.store.counts()).contact).toBe(0);
    expect(await scene.store.checkpoint('contact')).toBeNull();
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ unavailable: ['contact'], deleted: 0 });
    scene.crm.sandbox.org.showObject('Contact');
    expect((await whole(scene.sync())).received).toBe(40);
    await expectEqual(scene);
  });

  it('goes on where it was when it comes back before the user has answered', async () => {
    const scene = await wholeScene(100);
    scene.crm.sandbox.org.hideObject('Contact');
    await whole(scene.sync());
    scene.crm.sandbox.org.showObject('Contact');
    later(scene);
    expect(await whole(scene.sync())).toMatchObject({ received: 0, held: [], unavailable: [] });
    await expectEqual(scene);
  });
});
