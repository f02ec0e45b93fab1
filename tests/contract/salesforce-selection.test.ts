import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import type { Row } from '../sandbox-crm/org/table.ts';
import {
  contentOf,
  expectedOf,
  expectEqual,
  HOUR,
  rowOf,
  type Scene,
  salesforceScene,
  SMALL,
  storedOf,
  textOnDisk,
  visibleRows,
  whole,
} from './salesforce-scene';

const later = ({ crm }: Scene) => {
  crm.sandbox.org.clock.advance(HOUR);
  crm.sandbox.log.clear();
};

/** Rows that a scope selects, given which Accounts it does: what hangs on an Account follows it, Leads follow their owner. */
function within(scene: Scene, account: (row: Row) => boolean, lead: (row: Row) => boolean = () => true) {
  const ids = new Set(visibleRows(scene.crm, 'account').flatMap((row) => (account(row) ? [row.Id] : [])));
  return (row: Row, object: (typeof OBJECTS)[number]): boolean => {
    if (object === 'user') return true;
    if (object === 'lead') return lead(row);
    return ids.has(object === 'account' ? row.Id : String(row.AccountId));
  };
}

async function wholeScene(): Promise<Scene> {
  const scene = await salesforceScene({ ...SMALL, pageSize: 2000 });
  const { org } = scene.crm.sandbox;
  for (const { Id } of visibleRows(scene.crm, 'account').slice(0, 8)) org.update('Account', Id, { Website: null });
  await whole(scene.sync());
  await expectEqual(scene);
  later(scene);
  return scene;
}

describe('the selection of a Salesforce copy', () => {
  describe('given an object that is not wanted any more', () => {
    it('takes its records, and what finds them, from the copy and the disk, and asks the CRM nothing about it', async () => {
      const scene = await wholeScene();
      const names = visibleRows(scene.crm, 'contact').map(({ Email }) => String(Email));
      const ids = visibleRows(scene.crm, 'contact').map(({ Id }) => Id);
      expect(await textOnDisk(scene)).toContain(names.find((name) => name.includes('@')));
      scene.selection.objects.contact.wanted = false;
      const report = await whole(scene.sync());
      expect(report).toMatchObject({ held: [], objects: { contact: { deleted: ids.length } } });
      expect((await scene.store.counts()).contact).toBe(0);
      expect(await scene.store.checkpoint('contact')).toBeNull();
      const disk = await textOnDisk(scene);
      for (const id of ids) expect(disk.includes(`contact:${id}`)).toBe(false);
      for (const name of names.filter((one) => one.includes('@'))) expect(disk).not.toContain(name);
      expect(disk).not.toMatch(/^contact: \[\[/m);
      expect(scene.crm.sandbox.log.requests.some(({ body }) => body.includes('Contact'))).toBe(false);
    });

    it('brings it back whole when it is wanted again', async () => {
      const scene = await wholeScene();
      scene.selection.objects.contact.wanted = false;
      await whole(scene.sync());
      scene.selection.objects.contact.wanted = true;
      later(scene);
      expect((await whole(scene.sync())).received).toBe(visibleRows(scene.crm, 'contact').length);
      await expectEqual(scene);
    });

    it('removes the rest of it in the next run when the first was ended', async () => {
      const scene = await wholeScene();
      scene.selection.objects.contact.wanted = false;
      const ended = new AbortController();
      let writes = 0;
      const apply = scene.store.apply;
      scene.store.apply = (...args) => {
        writes += 1;
        if (writes === 3) ended.abort();
        return apply(...args);
      };
      expect((await scene.sync({ signal: ended.signal, batchRecords: 20 })).failure).toBe(ended.signal.reason);
      expect(ended.signal.aborted).toBe(true);
      const left = (await scene.store.counts()).contact ?? 0;
      expect(left).toBeGreaterThan(0);
      scene.restart();
      await whole(scene.sync());
      expect((await scene.store.counts()).contact).toBe(0);
      expect(await textOnDisk(scene)).not.toMatch(/^contact: \[\[/m);
    });
  });

  describe('given a scope', () => {
    it('copies only what is mine: Accounts and Leads by their owner, the rest by its Account', async () => {
      const scene = await salesforceScene(SMALL);
      const mine = ({ OwnerId }: Row) => OwnerId === scene.crm.session().userId;
      scene.selection.scope.owner = 'mine';
      await whole(scene.sync());
      const where = within(scene, mine, mine);
      for (const object of OBJECTS) {
        const { size } = expectedOf(scene.crm, object, { where });
        expect(size, object).toBeGreaterThan(0);
        if (object !== 'user') expect(size, object).toBeLessThan(visibleRows(scene.crm, object).length);
      }
      await expectEqual(scene, { where });
    });

    it('copies only Accounts that have a website, and what hangs on them', async () => {
      const scene = await wholeScene();
      scene.selection.scope.withWebsite = true;
      await whole(scene.sync());
      await expectEqual(scene, { where: within(scene, ({ Website }) => Boolean(Website)) });
    });

    it('removes without a question what a narrower one leaves out, and it is off the disk', async () => {
      const scene = await wholeScene();
      const left = visibleRows(scene.crm, 'contact').filter(({ AccountId }) => AccountId !== rowOf(scene, 'account').Id);
      scene.selection.scope.conditions = [{ field: 'Name', operator: 'is', values: [String(rowOf(scene, 'account').Name)] }];
      const report = await whole(scene.sync());
      expect(report.held).toEqual([]);
      const name = rowOf(scene, 'account').Name;
      await expectEqual(scene, { where: within(scene, (row) => row.Name === name) });
      const disk = await textOnDisk(scene);
      for (const { Id, Email } of left) {
        expect(disk).not.toContain(Id);
        if (Email) expect(disk).not.toContain(Email);
      }
    });

    it('brings in what a wider one adds, and re-reads nothing else', async () => {
      const scene = await wholeScene();
      scene.selection.scope.withWebsite = true;
      await whole(scene.sync());
      later(scene);
      scene.selection.scope.withWebsite = false;
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.objects.account).toEqual({ received: 8, deleted: 0 });
    });

    it('changes both ways at once', async () => {
      const scene = await wholeScene();
      const [first, second] = ['Germany', 'France'];
      const only = (country: string) => [{ field: 'BillingCountry', operator: 'is' as const, values: [country] }];
      scene.selection.scope.conditions = only(first ?? '');
      await whole(scene.sync());
      await expectEqual(scene, { where: within(scene, ({ BillingCountry }) => BillingCountry === first) });
      later(scene);
      scene.selection.scope.conditions = only(second ?? '');
      await whole(scene.sync());
      await expectEqual(scene, { where: within(scene, ({ BillingCountry }) => BillingCountry === second) });
    });

    it('costs four calls when nothing has changed, and compares nothing', async () => {
      const scene = await wholeScene();
      scene.selection.scope = {
        owner: 'mine',
        withWebsite: true,
        // A field that is copied, and one that is only asked by.
        conditions: ['Name', 'Rating'].map((field) => ({ field, operator: 'not-empty', values: [] })),
      };
      await whole(scene.sync());
      later(scene);
      await whole(scene.sync());
      later(scene);
      expect(await whole(scene.sync())).toMatchObject({ received: 0, deleted: 0, calls: 4 });
    });

    it('is finished in the next run when the first was cut off', async () => {
      const scene = await wholeScene();
      scene.selection.scope.withWebsite = true;
      const match = { path: /SELECT(?:%20|\+)Id(?:%20|\+)FROM(?:%20|\+)Contact/ };
      const planted = scene.crm.sandbox.faults.next({ kind: 'drop', match, times: Number.POSITIVE_INFINITY });
      expect((await scene.sync()).failure).toMatchObject({ code: 'crm.offline' });
      expect((await storedOf(scene, 'contact')).owed).toBe('scope');
      planted.remove();
      scene.restart();
      expect((await whole(scene.sync())).held).toEqual([]);
      await expectEqual(scene, { where: within(scene, ({ Website }) => Boolean(Website)) });
    });
  });

  describe('given that a record changes so that the scope', () => {
    const websiteScene = async () => {
      const scene = await wholeScene();
      scene.selection.scope.withWebsite = true;
      await whole(scene.sync());
      later(scene);
      return scene;
    };
    const where = (scene: Scene) => within(scene, ({ Website }) => Boolean(Website));

    it('no longer selects it, it goes with all that hangs on it', async () => {
      const scene = await websiteScene();
      const account = rowOf(scene, 'account', ({ Id, Website }) => {
        const hasContact = visibleRows(scene.crm, 'contact').some(({ AccountId }) => AccountId === Id);
        return Boolean(Website) && hasContact;
      });
      scene.crm.sandbox.org.update('Account', account.Id, { Website: null });
      later(scene);
      await whole(scene.sync());
      await expectEqual(scene, { where: where(scene) });
      expect(await scene.store.get('account', account.Id)).toBeNull();
      expect(await scene.store.at('contact', account.Id)).toEqual([]);
    });

    it('selects it now, it comes with all that hangs on it, unchanged as that is', async () => {
      const scene = await websiteScene();
      const account = rowOf(scene, 'account', ({ Id, Website }) => {
        const hasContact = visibleRows(scene.crm, 'contact').some(({ AccountId }) => AccountId === Id);
        return !Website && hasContact;
      });
      scene.crm.sandbox.org.update('Account', account.Id, { Website: 'https://late.example' });
      later(scene);
      await whole(scene.sync());
      await expectEqual(scene, { where: where(scene) });
      expect((await scene.store.at('contact', account.Id)).length).toBeGreaterThan(0);
    });

    it('swaps two Accounts with as many Contacts each, their Contacts are swapped too', async () => {
      const scene = await websiteScene();
      const { org } = scene.crm.sandbox;
      const [out] = visibleRows(scene.crm, 'account').filter(({ Website }) => Boolean(Website));
      const [into] = visibleRows(scene.crm, 'account').filter(({ Website }) => !Website);
      const size = (id: unknown) => visibleRows(scene.crm, 'contact').filter(({ AccountId }) => AccountId === id).length;
      for (let n = size(out?.Id); n < 9; n += 1) org.insert('Contact', { LastName: `Out ${n}`, AccountId: String(out?.Id) });
      for (let n = size(into?.Id); n < 9; n += 1) org.insert('Contact', { LastName: `In ${n}`, AccountId: String(into?.Id) });
      later(scene);
      await whole(scene.sync());
      await expectEqual(scene, { where: where(scene) });
      later(scene);
      org.update('Account', String(out?.Id), { Website: null });
      org.update('Account', String(into?.Id), { Website: 'https://swapped.example' });
      later(scene);
      await whole(scene.sync());
      expect(new Set((await contentOf(scene.store, 'contact')).keys())).toEqual(
        new Set(expectedOf(scene.crm, 'contact', { where: where(scene) }).keys()),
      );
    });
  });
});
