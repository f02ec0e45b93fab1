import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import { contentOf, espoScene, expectEqual, HOUR, rowOf, SMALL, storedOf, visibleRows, whole } from './espocrm-scene';

/** Who one is; for each object what its fields are, how many records there are and what has changed. */
const IDLE_CALLS = 1 + OBJECTS.length * 3;

describe('syncing EspoCRM', () => {
  describe('given an empty copy', () => {
    it('holds every record of the CRM after the first run, over several pages of 200', async () => {
      const scene = await espoScene();
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.skipped).toBe(0);
      const sizes = scene.crm.sandbox.log.requests.flatMap(({ search }) => /maxSize=(\d+)/.exec(search)?.[1] ?? []);
      expect(new Set(sizes)).toEqual(new Set(['1', '200']));
      expect(scene.crm.sandbox.log.matching(/Contact\?.*maxSize=200/)).toHaveLength(3);
    });

    it('ends when a page is exactly full, with one call that finds nothing more', async () => {
      const scene = await espoScene({ contacts: 400 });
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('sends the key in its header and nowhere else', async () => {
      const scene = await espoScene();
      await whole(scene.sync());
      const { apiKey } = scene.crm.sandbox.settings;
      for (const { headers, path, search } of scene.crm.sandbox.log.requests) {
        expect(headers['x-api-key']).toBe(apiKey);
        expect(path + search).not.toContain(apiKey);
      }
    });

    it('works where EspoCRM is installed in a folder', async () => {
      const scene = await espoScene({ folder: '/sales/crm' });
      await whole(scene.sync());
      await expectEqual(scene);
      expect(scene.crm.connector.recordUrl('account', 'abc')).toBe('https://crm.northwind-demo.com/sales/crm/#Account/view/abc');
    });

    it('leaves out portal users and converted Leads', async () => {
      const scene = await espoScene();
      await whole(scene.sync());
      const users = [...(await contentOf(scene.store, 'user')).values()].map(({ name }) => name);
      expect(users).not.toContain('A Customer');
      expect((await scene.store.counts()).lead).toBeLessThan(scene.crm.sandbox.store.rows('Lead').length);
    });
  });

  describe('given a copy that is whole', () => {
    const wholeScene = async (options = {}) => {
      const scene = await espoScene(options);
      await whole(scene.sync());
      scene.crm.sandbox.store.clock.advance(HOUR);
      scene.crm.sandbox.log.clear();
      return scene;
    };

    it('re-reads nothing when nothing has changed, and writes down how far it is', async () => {
      const scene = await wholeScene();
      expect(await whole(scene.sync())).toMatchObject({ received: 0, deleted: 0, calls: IDLE_CALLS });
      expect((await storedOf(scene, 'contact')).checkpoint.coveredUntil).toBe('2026-06-01T09:50:00.000Z');
    });

    it('follows changes, additions and deletions', async () => {
      const scene = await wholeScene();
      const { store } = scene.crm.sandbox;
      const account = rowOf(scene, 'account');
      store.update('Account', account.id, { name: 'Renamed', website: 'https://renamed-co.com' });
      const added = store.insert('Account', { name: 'Brand New', website: 'brand-new-co.com' });
      store.remove('Account', rowOf(scene, 'account', ({ id }) => id !== account.id).id);
      store.remove('Contact', rowOf(scene, 'contact').id);
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report).toMatchObject({ received: 2, deleted: 2 });
      expect(await scene.store.accountsAt('renamed-co.com')).toEqual([account.id]);
      expect(await scene.store.accountsAt('brand-new-co.com')).toEqual([added.id]);
    });

    it('finds a deletion by comparing all ids, also when as many records were added', async () => {
      const scene = await wholeScene();
      const { store } = scene.crm.sandbox;
      store.remove('Lead', rowOf(scene, 'lead').id);
      store.insert('Lead', { lastName: 'Fresh', accountName: 'Fresh AG' });
      await whole(scene.sync());
      await expectEqual(scene);
      expect(scene.crm.sandbox.log.matching(/Lead\?select=id&.*orderBy=id/).length).toBeGreaterThan(1);
    });

    it('finds deletions where EspoCRM is set not to count', async () => {
      const scene = await espoScene();
      for (const type of ['Account', 'Contact', 'Lead']) scene.crm.sandbox.settings.uncounted.add(type);
      await whole(scene.sync());
      const { store, settings } = scene.crm.sandbox;
      store.clock.advance(HOUR);
      store.remove('Contact', rowOf(scene, 'contact').id);
      expect(settings.uncounted.has('Contact')).toBe(true);
      expect(await whole(scene.sync())).toMatchObject({ deleted: 1 });
      await expectEqual(scene);
    });

    it('brings back a record that was restored without a new stamp', async () => {
      const scene = await wholeScene();
      const { store } = scene.crm.sandbox;
      const { id } = rowOf(scene, 'opportunity');
      store.remove('Opportunity', id);
      await whole(scene.sync());
      store.restore('Opportunity', id);
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('drops a Lead that was converted', async () => {
      const scene = await wholeScene();
      scene.crm.sandbox.store.update('Lead', rowOf(scene, 'lead').id, { status: 'Converted' });
      expect(await whole(scene.sync())).toMatchObject({ deleted: 1 });
      await expectEqual(scene);
    });

    it.each([0, -7, 9])('compares times as they are stored, whatever zone the server is set to: %i', async (zoneHours) => {
      const scene = await wholeScene();
      scene.crm.sandbox.settings.zoneHours = zoneHours;
      scene.crm.sandbox.store.update('Account', rowOf(scene, 'account').id, { name: 'Renamed' });
      expect(await whole(scene.sync())).toMatchObject({ received: 1 });
      await expectEqual(scene);
    });

    it('takes a change that was committed late, under a stamp from before the last run', async () => {
      const scene = await wholeScene();
      await whole(scene.sync());
      scene.crm.sandbox.store.update('Account', rowOf(scene, 'account').id, {
        name: 'Late',
        modifiedAt: '2026-06-01 09:51:00',
      });
      expect((await whole(scene.sync())).received).toBe(1);
      await expectEqual(scene);
    });

    it('loses no record of an import that stamped all of them alike, over many pages', async () => {
      const scene = await wholeScene();
      for (const { id } of visibleRows(scene.crm, 'contact')) scene.crm.sandbox.store.update('Contact', id, { title: 'Loaded' });
      expect((await whole(scene.sync())).received).toBe(SMALL.contacts);
      await expectEqual(scene);
    });

    it('loses no record among equal stamps when it is cut off between two of them', async () => {
      const scene = await wholeScene();
      const { store, faults } = scene.crm.sandbox;
      for (const { id } of visibleRows(scene.crm, 'contact')) store.update('Contact', id, { title: 'Loaded' });
      const planted = faults.next({ kind: 'drop', match: { path: /Contact\?.*maxSize=200/ }, skip: 1, times: 99 });
      expect((await scene.sync({ batchRecords: 10 })).failure).toMatchObject({ code: 'crm.offline' });
      expect((await storedOf(scene, 'contact')).checkpoint.pull?.after).toMatchObject({ stamp: '2026-06-01T10:00:00.000Z' });
      planted.remove();
      scene.restart();
      await whole(scene.sync());
      await expectEqual(scene);
    });
  });

  describe('given rights that change', () => {
    it('drops the values of a field that the role hides now', async () => {
      const scene = await espoScene();
      await whole(scene.sync());
      scene.crm.sandbox.rights.fields.Contact = { phoneNumber: { read: 'no', edit: 'no' } };
      await whole(scene.sync());
      const phones = [...(await contentOf(scene.store, 'contact')).values()].map(({ phone }) => phone);
      expect(new Set(phones)).toEqual(new Set([null]));
    });

    it('says which object it cannot see any more', async () => {
      const scene = await espoScene();
      await whole(scene.sync());
      const { Task } = scene.crm.sandbox.rights.scopes;
      if (Task) Task.read = 'no';
      expect((await scene.sync()).unavailable).toEqual(['task']);
    });

    it('drops a record that the API user may not see any more', async () => {
      const scene = await espoScene();
      await whole(scene.sync());
      scene.crm.sandbox.store.hide('Account', rowOf(scene, 'account').id);
      expect(await whole(scene.sync())).toMatchObject({ deleted: 1 });
      await expectEqual(scene);
    });
  });

  describe('given a choice of Accounts', () => {
    it('copies what hangs on those Accounts, and what they leave with', async () => {
      const scene = await espoScene();
      scene.selection = {
        ...scene.selection,
        scope: { owner: 'all', withWebsite: true, conditions: [{ field: 'cSegment', operator: 'is', values: ['Large'] }] },
      };
      const isChosen = (id: unknown) => {
        const account = scene.crm.sandbox.store.find('Account', String(id));
        return account?.cSegment === 'Large' && account.website !== null && account.deleted !== true;
      };
      const follows = ['contact', 'opportunity', 'task'];
      const within = (row: { id: string; accountId?: unknown }, object: string) =>
        object === 'account' ? isChosen(row.id) : !follows.includes(object) || isChosen(row.accountId);
      await whole(scene.sync());
      await expectEqual(scene, within);
      expect((await scene.store.counts()).contact).toBeGreaterThan(0);
      scene.crm.sandbox.store.clock.advance(HOUR);
      const leaving = rowOf(scene, 'account', ({ id }) => isChosen(id));
      scene.crm.sandbox.store.update('Account', leaving.id, { cSegment: 'Small' });
      await whole(scene.sync());
      await expectEqual(scene, within);
    });

    it('counts what a choice selects, and refuses one that cannot be asked for', async () => {
      const { connector } = (await espoScene()).crm;
      const scope = { owner: 'all', withWebsite: false, conditions: [] } as const;
      expect(await connector.preview({ ...scope, conditions: [] })).toEqual({ accounts: SMALL.accounts });
      const unknown = { ...scope, conditions: [{ field: 'nothing', operator: 'is' as const, values: ['x'] }] };
      await expect(connector.preview(unknown)).rejects.toMatchObject({ code: 'selection.invalid' });
    });
  });
});
