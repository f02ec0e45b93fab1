import { describe, expect, it } from 'vitest';
import { contentOf, expectEqual, HOUR, hubspotScene, rowOf, SMALL, storedOf, visibleRows, whole } from './hubspot-scene';

describe('syncing HubSpot', () => {
  describe('given an empty copy', () => {
    it('holds every record of the CRM after the first run, over several pages of 200', async () => {
      const scene = await hubspotScene();
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.skipped).toBe(0);
      const pages = scene.crm.sandbox.log.matching(/contacts\/search/).filter(({ body }) => JSON.parse(body).limit === 200);
      expect(pages).toHaveLength(3);
    });

    it('goes on behind the last id, so that no page lies beyond what a search shows', async () => {
      const scene = await hubspotScene({ contacts: 400 });
      await whole(scene.sync());
      await expectEqual(scene);
      for (const { body } of scene.crm.sandbox.log.matching(/search/)) expect(JSON.parse(body)).not.toHaveProperty('after');
    });

    it('sends the token in its header, to HubSpot alone, and asks once with it who it is of', async () => {
      const scene = await hubspotScene();
      await whole(scene.sync());
      const { settings, log } = scene.crm.sandbox;
      for (const { headers, path, search, body, host } of log.requests) {
        expect(host).toBe('api.hubapi.com');
        expect(headers.authorization).toBe(`Bearer ${settings.token}`);
        expect(path + search).not.toContain(settings.token);
        if (!path.endsWith('access-token-info')) expect(body).not.toContain(settings.token);
      }
      expect(log.matching(/access-token-info/)).toHaveLength(1);
    });

    it('copies an account that has no Leads, or whose token may not see an object', async () => {
      const scene = await hubspotScene();
      scene.crm.sandbox.settings.hasLeads = false;
      scene.crm.sandbox.settings.scopes.delete('crm.objects.deals.read');
      expect((await scene.sync()).unavailable.sort()).toEqual(['lead', 'opportunity']);
      expect((await scene.store.counts()).account).toBe(SMALL.accounts);
    });

    it('finds a company at its further domains too', async () => {
      const scene = await hubspotScene();
      const { id } = rowOf(scene, 'account');
      scene.crm.sandbox.store.update('companies', id, { hs_additional_domains: 'second-home.com;third-home.de' });
      await whole(scene.sync());
      expect(await scene.store.accountsAt('third-home.de')).toEqual([id]);
    });
  });

  describe('given a copy that is whole', () => {
    const wholeScene = async (options = {}) => {
      const scene = await hubspotScene(options);
      await whole(scene.sync());
      scene.crm.sandbox.store.clock.advance(HOUR);
      scene.crm.sandbox.log.clear();
      return scene;
    };

    it('re-reads nothing when nothing has changed, and writes down how far it is', async () => {
      const scene = await wholeScene();
      expect(await whole(scene.sync())).toMatchObject({ received: 0, deleted: 0, calls: 25 });
      expect((await storedOf(scene, 'contact')).checkpoint.coveredUntil).toBe('2026-06-01T09:50:00.000Z');
    });

    it('follows changes, additions and deletions without comparing ids', async () => {
      const scene = await wholeScene();
      const { store, log } = scene.crm.sandbox;
      const account = rowOf(scene, 'account');
      store.update('companies', account.id, { name: 'Renamed', domain: 'renamed-co.com' });
      const added = store.insert('companies', { name: 'Brand New', domain: 'brand-new-co.com' });
      store.archive('companies', rowOf(scene, 'account', ({ id }) => id !== account.id).id);
      store.archive('contacts', rowOf(scene, 'contact').id);
      expect(await whole(scene.sync())).toMatchObject({ received: 2, deleted: 2 });
      await expectEqual(scene);
      expect(await scene.store.accountsAt('renamed-co.com')).toEqual([account.id]);
      expect(await scene.store.accountsAt('brand-new-co.com')).toEqual([added.id]);
      expect(log.matching(/archived=true&limit/).length).toBe(5);
    });

    it('drops a record that was merged into another one', async () => {
      const scene = await wholeScene();
      const [winner, loser] = visibleRows(scene.crm, 'account');
      scene.crm.sandbox.store.merge('companies', winner?.id ?? '', loser?.id ?? '');
      expect(await whole(scene.sync())).toMatchObject({ deleted: 1 });
      await expectEqual(scene);
    });

    it('finds by the counts what is missing from the list of deleted records', async () => {
      const scene = await wholeScene();
      const { store } = scene.crm.sandbox;
      const { id } = rowOf(scene, 'lead');
      store.archive('leads', id);
      const gone = store.find('leads', id);
      if (gone) gone.archivedAt = '2020-01-01T00:00:00.000Z';
      expect(await whole(scene.sync())).toMatchObject({ deleted: 1 });
      await expectEqual(scene);
    });

    it('brings back a record that was restored without a new stamp', async () => {
      const scene = await wholeScene();
      const { store } = scene.crm.sandbox;
      const { id } = rowOf(scene, 'opportunity');
      store.archive('deals', id);
      await whole(scene.sync());
      store.restore('deals', id);
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('takes a change that a search shows late', async () => {
      const scene = await wholeScene();
      const { id } = rowOf(scene, 'account');
      const { store, settings } = scene.crm.sandbox;
      store.update('companies', id, { name: 'Late' });
      settings.unsearchable.add(id);
      await scene.sync();
      settings.unsearchable.clear();
      store.clock.advance(60_000);
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('loses no record of an import that stamped all of them alike, over many pages', async () => {
      const scene = await wholeScene();
      for (const { id } of visibleRows(scene.crm, 'contact'))
        scene.crm.sandbox.store.update('contacts', id, { jobtitle: 'Loaded' });
      expect((await whole(scene.sync())).received).toBe(SMALL.contacts);
      await expectEqual(scene);
    });

    it('goes on where it was cut off, and takes what changed behind it in the next run', async () => {
      const scene = await wholeScene();
      const { store, faults } = scene.crm.sandbox;
      const rows = visibleRows(scene.crm, 'contact');
      for (const { id } of rows) store.update('contacts', id, { jobtitle: 'Loaded' });
      const planted = faults.next({ kind: 'drop', match: { path: /contacts\/search/ }, skip: 2, times: 99 });
      expect((await scene.sync({ batchRecords: 10 })).failure).toMatchObject({ code: 'crm.offline' });
      expect((await storedOf(scene, 'contact')).checkpoint.pull?.after).toMatchObject({ id: rows[199]?.id });
      planted.remove();
      store.clock.advance(60_000);
      store.update('contacts', rows[0]?.id ?? '', { jobtitle: 'Once more' });
      scene.restart();
      await whole(scene.sync());
      await whole(scene.sync());
      await expectEqual(scene);
    });
  });

  it('drops the values of a property that is gone', async () => {
    const scene = await hubspotScene();
    await whole(scene.sync());
    const { defs } = scene.crm.sandbox.store;
    defs.contacts = (defs.contacts ?? []).filter(({ name }) => name !== 'phone');
    await whole(scene.sync());
    const phones = [...(await contentOf(scene.store, 'contact')).values()].map(({ phone }) => phone);
    expect(new Set(phones)).toEqual(new Set([null]));
  });

  describe('given a choice of Accounts', () => {
    it('copies what hangs on those Accounts, and what they leave with', async () => {
      const scene = await hubspotScene();
      scene.selection = {
        ...scene.selection,
        scope: { owner: 'all', withWebsite: true, conditions: [{ field: 'segment', operator: 'is', values: ['l'] }] },
      };
      const { store } = scene.crm.sandbox;
      const isChosen = (id: string | null | undefined) => {
        const row = store.find('companies', id ?? '');
        return row?.properties.segment === 'l' && Boolean(row.properties.domain) && !row.archived;
      };
      const accountOf = ({ id, properties }: { id: string; properties: Record<string, string | null> }, object: string) =>
        object === 'task'
          ? store.linked('tasks', id, 'companies')[0]
          : (properties.associatedcompanyid ?? properties.hs_primary_associated_company);
      const within = (row: ReturnType<typeof rowOf>, object: string) =>
        object === 'account' ? isChosen(row.id) : object === 'lead' || isChosen(accountOf(row, object));
      await whole(scene.sync());
      await expectEqual(scene, within);
      expect((await scene.store.counts()).contact).toBeGreaterThan(0);
      store.clock.advance(HOUR);
      store.update('companies', rowOf(scene, 'account', ({ id }) => isChosen(id)).id, { segment: 's' });
      await whole(scene.sync());
      await expectEqual(scene, within);
    });

    it('counts what a choice selects, and refuses one that cannot be asked for', async () => {
      const { connector } = (await hubspotScene()).crm;
      const scope = { owner: 'all' as const, withWebsite: false, conditions: [] };
      expect(await connector.preview(scope)).toEqual({ accounts: SMALL.accounts });
      const unknown = { ...scope, conditions: [{ field: 'nothing', operator: 'is' as const, values: ['x'] }] };
      await expect(connector.preview(unknown)).rejects.toMatchObject({ code: 'selection.invalid' });
      const mine = await connector.preview({ ...scope, owner: 'mine' });
      expect(mine).toMatchObject({ accounts: expect.any(Number) });
    });
  });
});
