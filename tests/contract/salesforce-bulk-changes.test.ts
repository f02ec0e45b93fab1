import { describe, expect, it } from 'vitest';
import {
  contentOf,
  DAY,
  expectedOf,
  expectEqual,
  HOUR,
  JOB_RESULTS as RESULTS,
  jobScene,
  jobsMade as created,
  rowOf,
  type Scene,
  whole,
} from './salesforce-scene';

const FOR_EVER = Number.POSITIVE_INFINITY;
const COUNTS = ['user', 'account', 'contact', 'lead', 'opportunity'];

describe('a large org of Salesforce', () => {
  describe('given that it has changed while a job was cut off', () => {
    const between = async () => {
      const scene = await jobScene();
      const { faults } = scene.crm.sandbox;
      const planted = faults.next({ kind: 'drop', match: { path: RESULTS }, skip: 1, times: FOR_EVER });
      await scene.sync({ batchRecords: 10 });
      planted.remove();
      scene.restart();
      return scene;
    };

    it('does not bring back what was deleted since, out of the older result', async () => {
      const scene = await between();
      const { org } = scene.crm.sandbox;
      org.clock.advance(HOUR);
      const accounts = [...expectedOf(scene.crm, 'account').keys()];
      for (const id of [accounts[0], accounts.at(-1)]) org.remove('Account', String(id));
      org.clock.advance(HOUR);
      await whole(scene.sync());
      await expectEqual(scene);
      // Not because all ids were compared in the end.
      expect(created(scene).filter(({ body }) => body.includes('SELECT Id FROM'))).toEqual([]);
      org.clock.advance(DAY);
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('has what was changed since one run later', async () => {
      const scene = await between();
      const { org } = scene.crm.sandbox;
      for (const id of expectedOf(scene.crm, 'account').keys()) org.update('Account', id, { Phone: '+49 30 555 0100' });
      org.clock.advance(HOUR);
      await whole(scene.sync());
      org.clock.advance(HOUR);
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('copies nothing of a field that was left out meanwhile, though the older result has it', async () => {
      const scene = await between();
      scene.selection.objects.account.without = ['phone'];
      await whole(scene.sync());
      const phones = [...(await contentOf(scene.store, 'account')).values()].map(({ phone }) => phone);
      expect(new Set(phones)).toEqual(new Set([null]));
      expect(phones).toHaveLength(expectedOf(scene.crm, 'account').size);
    });

    it('brings a field that was added meanwhile for every record', async () => {
      const scene = await between();
      scene.selection.objects.account.extra = [{ name: 'Rating', label: 'Rating' }];
      await whole(scene.sync());
      for (const { Id, Rating } of scene.crm.sandbox.org.rows('Account')) {
        expect((await scene.store.get('account', Id))?.custom.Rating ?? null).toBe(Rating ?? null);
      }
    });
  });

  it('reads a large number of changes by a job too, and then deletions', async () => {
    const scene = await jobScene();
    await whole(scene.sync());
    const { org, log } = scene.crm.sandbox;
    org.clock.advance(HOUR);
    const gone = rowOf(scene, 'contact');
    org.remove('Contact', gone.Id);
    for (const id of expectedOf(scene.crm, 'contact').keys()) org.update('Contact', id, { Title: 'Loaded' });
    org.clock.advance(10 * 60_000);
    log.clear();
    const report = await whole(scene.sync());
    expect(created(scene)).toHaveLength(1);
    expect(report).toMatchObject({ received: 129, objects: { contact: { deleted: 1 } } });
    await expectEqual(scene);
  });

  it('makes no job for the few changes of a large object one of whose fields was hidden', async () => {
    const scene = await jobScene();
    await whole(scene.sync());
    const { org, log } = scene.crm.sandbox;
    org.clock.advance(HOUR);
    org.schema.hideField('Contact', 'MobilePhone');
    log.clear();
    await whole(scene.sync());
    expect(created(scene)).toEqual([]);
    await expectEqual(scene, { without: ['mobile'] });
  });

  it('compares the ids of a large object by a job', async () => {
    const scene = await jobScene();
    await whole(scene.sync());
    const { org, log } = scene.crm.sandbox;
    org.remove('Contact', rowOf(scene, 'contact').Id);
    org.clock.advance(20 * DAY);
    log.clear();
    await whole(scene.sync());
    expect(created(scene).map(({ body }) => JSON.parse(body).query)).toContain('SELECT Id FROM Contact');
    await expectEqual(scene);
  });

  it('reads by a job what the CRM could not count in time', async () => {
    const scene: Scene = await jobScene();
    scene.crm.connector = scene.crm.another({ from: 1000, part: 40, group: 10 });
    const compositeResponse = COUNTS.map((object) => ({
      referenceId: `count_${object}`,
      httpStatusCode: 500,
      httpHeaders: {},
      body: [{ errorCode: 'QUERY_TIMEOUT', message: 'm' }],
    }));
    const fault = { kind: 'answer', status: 200, body: JSON.stringify({ compositeResponse }) } as const;
    const headers = { 'content-type': 'application/json', date: new Date(scene.crm.sandbox.org.clock.now()).toUTCString() };
    scene.crm.sandbox.faults.next({ ...fault, headers, match: { path: /composite$/ }, skip: 1 });
    await whole(scene.sync());
    expect(created(scene)).toHaveLength(COUNTS.length);
    await expectEqual(scene);
  });
});
