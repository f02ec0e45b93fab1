import { describe, expect, it } from 'vitest';
import {
  contentOf,
  DAY,
  expectedOf,
  expectEqual,
  HOUR,
  type Report,
  rowOf,
  type Scene,
  salesforceScene,
  SMALL,
  storedOf,
  textOnDisk,
  whole,
} from './salesforce-scene';

const IDLE_CALLS = 4;
const WEEK = 7 * DAY;
/** Queries for records, beyond those inside of composite calls. */
const pagesOf = ({ crm }: Scene, object: string) =>
  crm.sandbox.log.matching(/\/query\?/).filter(({ search }) => search.includes(`FROM%20${object}`));

async function wholeScene(change: (scene: Scene) => void = () => undefined): Promise<Scene> {
  const scene = await salesforceScene();
  change(scene);
  scene.crm.sandbox.org.clock.advance(HOUR);
  await whole(scene.sync());
  scene.crm.sandbox.org.clock.advance(HOUR);
  scene.crm.sandbox.log.clear();
  return scene;
}

/** Records that came, of the objects of which any came. */
const receivedOf = ({ objects }: Report) =>
  Object.fromEntries(Object.entries(objects).flatMap(([object, { received }]) => (received > 0 ? [[object, received]] : [])));

/** Changes a right without moving the date of any description, as changing a profile may do. */
function silently({ crm: { sandbox } }: Scene, change: () => void): void {
  const now = sandbox.org.clock.now();
  sandbox.org.clock.set(now - 2 * HOUR);
  change();
  sandbox.org.clock.set(now);
}

describe('fields of Salesforce', () => {
  describe('given that a field is hidden from the user', () => {
    it('takes its values out of the copy and off the disk, and refills nothing', async () => {
      const scene = await wholeScene();
      const phone = String(rowOf(scene, 'contact', ({ MobilePhone }) => Boolean(MobilePhone)).MobilePhone);
      expect(await textOnDisk(scene)).toContain(phone);
      scene.crm.sandbox.org.schema.hideField('Contact', 'MobilePhone');
      const report = await whole(scene.sync());
      expect(report).toMatchObject({ received: 0, calls: IDLE_CALLS + 1 });
      await expectEqual(scene, { without: ['mobile'] });
      expect(await textOnDisk(scene)).not.toContain(phone);
      expect((await storedOf(scene, 'contact')).checkpoint.fields).not.toContain('MobilePhone');
    });

    it('finds out by the refused query when the description says that nothing has changed', async () => {
      const scene = await wholeScene();
      silently(scene, () => scene.crm.sandbox.org.schema.hideField('Contact', 'MobilePhone'));
      expect(await whole(scene.sync())).toMatchObject({ received: 0, calls: IDLE_CALLS + 2 });
      await expectEqual(scene, { without: ['mobile'] });
      scene.crm.sandbox.org.clock.advance(30 * 60_000);
      expect(await whole(scene.sync())).toMatchObject({ received: 0, calls: IDLE_CALLS });
    });

    it('makes a hidden flag false, not unknown', async () => {
      const scene = await wholeScene();
      const flagged = rowOf(scene, 'contact');
      scene.crm.sandbox.org.update('Contact', flagged.Id, { DoNotCall: true });
      await whole(scene.sync());
      scene.crm.sandbox.org.schema.hideField('Contact', 'DoNotCall');
      await whole(scene.sync());
      expect((await scene.store.get('contact', flagged.Id))?.fields.doNotCall).toBe(false);
    });

    it('still takes what has changed in the other fields, in the same run', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      org.schema.hideField('Contact', 'MobilePhone');
      org.update('Contact', rowOf(scene, 'contact').Id, { Title: 'Chief Tester' });
      org.remove('Contact', rowOf(scene, 'contact', ({ Title }) => Title !== 'Chief Tester').Id);
      org.clock.advance(HOUR / 2);
      expect(await whole(scene.sync())).toMatchObject({ received: 1, deleted: 1 });
      await expectEqual(scene, { without: ['mobile'] });
    });

    it('works with few writes, however many records have to be rewritten', async () => {
      const scene = await salesforceScene({ ...SMALL, contacts: 2000, pageSize: 2000 });
      await whole(scene.sync());
      scene.crm.sandbox.org.clock.advance(HOUR);
      const before = await scene.store.writes();
      scene.crm.sandbox.org.schema.hideField('Contact', 'MobilePhone');
      await whole(scene.sync());
      await expectEqual(scene, { without: ['mobile'] });
      expect((await scene.store.writes()) - before).toBeLessThan(20);
    });
  });

  describe('given that a field becomes visible', () => {
    it('refills this object, and nothing else', async () => {
      const scene = await wholeScene(({ crm }) => crm.sandbox.org.schema.hideField('Contact', 'MobilePhone'));
      await expectEqual(scene, { without: ['mobile'] });
      scene.crm.sandbox.org.schema.showField('Contact', 'MobilePhone');
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(receivedOf(report)).toEqual({ contact: expectedOf(scene.crm, 'contact').size });
    });

    it('tells how many records the refill will bring', async () => {
      const scene = await wholeScene(({ crm }) => crm.sandbox.org.schema.hideField('Contact', 'MobilePhone'));
      scene.crm.sandbox.org.schema.showField('Contact', 'MobilePhone');
      const totals: number[] = [];
      await whole(scene.sync({ onProgress: ({ overallTotal }) => totals.push(overallTotal) }));
      expect(new Set(totals)).toEqual(new Set([expectedOf(scene.crm, 'contact').size]));
    });

    it('notices within a week when the description says that nothing has changed', async () => {
      const scene = await wholeScene(({ crm }) => crm.sandbox.org.schema.hideField('Contact', 'MobilePhone'));
      silently(scene, () => scene.crm.sandbox.org.schema.showField('Contact', 'MobilePhone'));
      await whole(scene.sync());
      await expectEqual(scene, { without: ['mobile'] });
      scene.crm.sandbox.org.clock.advance(WEEK - 3 * HOUR);
      await whole(scene.sync());
      await expectEqual(scene, { without: ['mobile'] });
      scene.crm.sandbox.org.clock.advance(3 * HOUR);
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('is refilled to its end when the run is cut off', async () => {
      const scene = await wholeScene(({ crm }) => crm.sandbox.org.schema.hideField('Contact', 'MobilePhone'));
      const { org, faults } = scene.crm.sandbox;
      org.schema.showField('Contact', 'MobilePhone');
      const planted = faults.next({ kind: 'drop', match: { path: /\/query\/0r8/ }, skip: 1, times: Number.POSITIVE_INFINITY });
      expect((await scene.sync({ batchRecords: 10 })).failure).toMatchObject({ code: 'crm.offline' });
      planted.remove();
      scene.restart();
      await whole(scene.sync({ batchRecords: 10 }));
      await expectEqual(scene);
    });
  });

  describe('given a choice of fields', () => {
    it('refills only the object of an added field, with the type that the description names', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      const account = rowOf(scene, 'account');
      org.schema.addField('Account', { name: 'Potential__c', label: 'Potential', type: 'currency' });
      org.update('Account', account.Id, { Potential__c: 1234.5, SystemModstamp: String(account.SystemModstamp) });
      scene.selection.objects.account.extra = [
        { name: 'Potential__c', label: 'Potential' },
        { name: 'Rating', label: 'Rating' },
      ];
      const report = await whole(scene.sync());
      await expectEqual(scene, { extra: { account: ['Potential__c', 'Rating'] } });
      expect(receivedOf(report)).toEqual({ account: expectedOf(scene.crm, 'account').size });
      expect((await storedOf(scene, 'account')).checkpoint.types).toMatchObject({ Potential__c: 'number', Rating: 'text' });
      expect(await scene.store.get('account', account.Id)).toMatchObject({ custom: { Potential__c: 1234.5 } });
    });

    it('re-reads nothing when the org gets a field that nobody wants', async () => {
      const scene = await wholeScene();
      scene.crm.sandbox.org.schema.addField('Account', { name: 'Unwanted__c', label: 'Unwanted', type: 'string' });
      expect(await whole(scene.sync())).toMatchObject({ received: 0, calls: IDLE_CALLS });
      expect(pagesOf(scene, 'Account')).toEqual([]);
    });

    it('leaves a wanted field out that the org does not have, and takes it once it is there', async () => {
      const scene = await wholeScene(({ selection }) => {
        selection.objects.account.extra = [{ name: 'Later__c', label: 'Later' }];
      });
      await expectEqual(scene);
      const { org } = scene.crm.sandbox;
      org.schema.addField('Account', { name: 'Later__c', label: 'Later', type: 'string' });
      const [account] = org.rows('Account');
      org.update('Account', String(account?.Id), { Later__c: 'here' });
      await whole(scene.sync());
      expect((await scene.store.get('account', String(account?.Id)))?.custom).toEqual({ Later__c: 'here' });
    });

    it('takes a field that is left out from the copy and the disk, without asking for its records', async () => {
      const scene = await wholeScene(({ selection }) => {
        selection.objects.account.extra = [{ name: 'Rating', label: 'Rating' }];
      });
      const phone = String(rowOf(scene, 'account', ({ Phone }) => Boolean(Phone)).Phone);
      expect(await textOnDisk(scene)).toContain(phone);
      scene.selection.objects.account = { wanted: true, without: ['phone'], extra: [] };
      expect(await whole(scene.sync())).toMatchObject({ received: 0 });
      for (const account of (await contentOf(scene.store, 'account')).values()) {
        expect(account).toMatchObject({ phone: null });
        expect(account).not.toHaveProperty('Rating');
      }
      const disk = await textOnDisk(scene);
      expect(disk).not.toContain(phone);
      expect(disk).not.toContain('Rating');
    });

    it('asks the CRM for nothing that is left out', async () => {
      const scene = await salesforceScene();
      scene.selection.objects.contact.without = ['phone', 'mobile', 'email'];
      await whole(scene.sync());
      const queries = scene.crm.sandbox.log.requests.flatMap(
        ({ search, body }) => decodeURIComponent(search + body).match(/SELECT [\w, ]* FROM Contact/) ?? [],
      );
      expect(queries.length).toBeGreaterThan(0);
      for (const query of queries) expect(query).not.toMatch(/\b(?:Phone|MobilePhone|Email)\b/);
    });
  });
});
