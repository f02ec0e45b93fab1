import { describe, expect, it } from 'vitest';
import {
  DAY,
  expectEqual,
  HOUR,
  MINUTE,
  rowOf,
  type Scene,
  salesforceScene,
  SMALL,
  storedOf,
  textOnDisk,
  visibleRows,
  whole,
} from './salesforce-scene';

const IDLE_CALLS = 4;

/** A whole copy of an org with 200 Contacts, an hour ago. */
async function wholeScene(): Promise<Scene> {
  const scene = await salesforceScene({ ...SMALL, contacts: 200, pageSize: 2000 });
  await whole(scene.sync());
  await later(scene);
  return scene;
}

async function later({ crm: { sandbox } }: Scene, ms = HOUR): Promise<void> {
  sandbox.org.clock.advance(ms);
  sandbox.log.clear();
}

const comparisons = ({ crm }: Scene) =>
  crm.sandbox.log.matching(/\/query\?/).filter(({ search }) => search.includes('SELECT%20Id%20FROM'));

/** Tasks hang on Contacts; without them only Contacts go. */
function removeContacts({ crm }: Scene, count: number): string[] {
  const ids = visibleRows(crm, 'contact')
    .slice(0, count)
    .map(({ Id }) => Id);
  for (const id of ids) crm.sandbox.org.remove('Contact', id);
  return ids;
}

describe('what goes away in Salesforce', () => {
  describe('given deletions that the CRM still lists', () => {
    it('removes them, and what hung on them, without comparing any ids', async () => {
      const scene = await wholeScene();
      const account = rowOf(scene, 'account');
      scene.crm.sandbox.org.remove('Account', account.Id);
      await later(scene, 5 * MINUTE);
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.calls).toBe(IDLE_CALLS);
      expect(report.objects.account?.deleted).toBe(1);
      expect(await scene.store.at('contact', account.Id)).toEqual([]);
      expect(comparisons(scene)).toEqual([]);
    });

    it('asks for each span of time once, and for the last minute again', async () => {
      const scene = await wholeScene();
      const until = async () => (await storedOf(scene, 'contact')).checkpoint.deletedUntil;
      const contact = rowOf(scene, 'contact');
      scene.crm.sandbox.org.clock.advance(30_000);
      scene.crm.sandbox.org.remove('Contact', contact.Id);
      scene.crm.sandbox.org.clock.advance(10_000);
      // The list has whole minutes: this deletion stands in none of it yet, and the counts tell.
      await whole(scene.sync());
      expect(await until()).toBe('2026-06-01T10:00:00.000Z');
      await expectEqual(scene);
      await later(scene);
      await whole(scene.sync());
      expect(await until()).toBe('2026-06-01T11:00:00.000Z');
      await expectEqual(scene);
    });

    it('keeps what was taken out of the recycle bin again', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      const contact = rowOf(scene, 'contact');
      org.remove('Contact', contact.Id);
      await later(scene);
      await whole(scene.sync());
      expect(await scene.store.get('contact', contact.Id)).toBeNull();
      org.undelete('Contact', contact.Id);
      await later(scene);
      await whole(scene.sync());
      await expectEqual(scene);
      expect(await scene.store.get('contact', contact.Id)).not.toBeNull();
    });

    it('keeps what was deleted and taken back between two runs', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      const contact = rowOf(scene, 'contact');
      org.remove('Contact', contact.Id);
      org.clock.advance(5 * MINUTE);
      org.undelete('Contact', contact.Id);
      await later(scene);
      expect(await whole(scene.sync())).toMatchObject({ deleted: 0, calls: IDLE_CALLS });
      await expectEqual(scene);
    });
  });

  describe('given deletions that the CRM does not list any more', () => {
    it('compares all ids after a browser that was not used for months', async () => {
      const scene = await wholeScene();
      const [gone] = removeContacts(scene, 3);
      scene.crm.sandbox.org.update('Lead', rowOf(scene, 'lead').Id, { Title: 'Changed long ago' });
      await later(scene, 20 * DAY);
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.objects.contact?.deleted).toBe(3);
      expect(await scene.store.get('contact', String(gone))).toBeNull();
      expect(comparisons(scene).length).toBeGreaterThan(4);
      await later(scene);
      expect(await whole(scene.sync())).toMatchObject({ calls: IDLE_CALLS });
    });

    it('compares all ids when the recycle bin was emptied', async () => {
      const scene = await wholeScene();
      removeContacts(scene, 3);
      scene.crm.sandbox.org.emptyRecycleBin();
      await later(scene);
      expect((await whole(scene.sync())).objects.contact?.deleted).toBe(3);
      await expectEqual(scene);
    });

    it('compares all ids once a week, whatever the counts say', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      const [lost, won] = visibleRows(scene.crm, 'contact');
      org.hide('Contact', String(won?.Id));
      await whole(scene.sync());
      await expectEqual(scene);
      // One is lost, another comes into sight: the counts are the same and no stamp has moved.
      org.hide('Contact', String(lost?.Id));
      org.show('Contact', String(won?.Id));
      await later(scene);
      expect(await whole(scene.sync())).toMatchObject({ received: 0, deleted: 0, calls: IDLE_CALLS });
      await later(scene, 7 * DAY);
      expect((await whole(scene.sync())).objects.contact).toEqual({ received: 1, deleted: 1 });
      await expectEqual(scene);
    });

    it('destroys what was deleted with the weekly comparison, which till then lies sealed below its deletion', async () => {
      const scene = await wholeScene();
      const { Id, Email } = rowOf(scene, 'contact', (row) => Boolean(row.Email));
      scene.crm.sandbox.org.remove('Contact', Id);
      await later(scene);
      await whole(scene.sync());
      await expectEqual(scene);
      await later(scene, 7 * DAY);
      await whole(scene.sync());
      // A task may still name it, as it does in the CRM.
      const disk = (await textOnDisk(scene)).split('\n').filter((line) => !line.startsWith('task: '));
      expect(disk.filter((line) => line.includes(Id) || line.includes(String(Email)))).toEqual([]);
    });

    it('goes on with the comparison in the next run when it was cut off', async () => {
      const scene = await wholeScene();
      removeContacts(scene, 3);
      await later(scene, 20 * DAY);
      const match = { path: /SELECT(?:%20|\+)Id(?:%20|\+)FROM(?:%20|\+)Contact/ };
      const planted = scene.crm.sandbox.faults.next({ kind: 'drop', match, times: Number.POSITIVE_INFINITY });
      expect((await scene.sync()).failure).toMatchObject({ code: 'crm.offline' });
      expect((await storedOf(scene, 'contact')).owed).toBe('sweep');
      planted.remove();
      scene.restart();
      await whole(scene.sync());
      await expectEqual(scene);
      expect((await storedOf(scene, 'contact')).owed).toBeNull();
    });
  });

  describe('given records that become something else', () => {
    it('follows a merge: the loser goes, what hung on it hangs on the winner', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      const [winner, loser] = visibleRows(scene.crm, 'account').filter(({ Id }) =>
        visibleRows(scene.crm, 'contact').some(({ AccountId }) => AccountId === Id),
      );
      const moved = visibleRows(scene.crm, 'contact').filter(({ AccountId }) => AccountId === loser?.Id);
      org.merge('Account', String(winner?.Id), String(loser?.Id), { Phone: '+49 30 555 0199' });
      await later(scene);
      await whole(scene.sync());
      await expectEqual(scene);
      expect(await scene.store.get('account', String(loser?.Id))).toBeNull();
      const at = (await scene.store.at('contact', String(winner?.Id))).map(({ id }) => id);
      expect(at).toEqual(expect.arrayContaining(moved.map(({ Id }) => Id)));
    });

    it('follows a conversion: the Lead leaves, its Account, Contact and Opportunity come', async () => {
      const scene = await wholeScene();
      const lead = rowOf(scene, 'lead', ({ Website }) => Boolean(Website));
      const made = scene.crm.sandbox.org.convert(lead.Id, { opportunity: 'First deal' });
      await later(scene);
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.calls).toBe(IDLE_CALLS);
      expect(await scene.store.get('lead', lead.Id)).toBeNull();
      expect((await scene.store.get('account', made.accountId))?.fields.name).toBe(lead.Company);
      expect((await scene.store.get('contact', made.contactId))?.fields.email).toBe(lead.Email);
      expect((await scene.store.get('opportunity', String(made.opportunityId)))?.fields.name).toBe('First deal');
    });

    it('asks nobody about Leads that were converted, however many they are', async () => {
      const scene = await salesforceScene({ ...SMALL, leads: 120 });
      await whole(scene.sync());
      for (const { Id } of visibleRows(scene.crm, 'lead')) scene.crm.sandbox.org.convert(Id);
      await later(scene);
      expect(await whole(scene.sync())).toMatchObject({ held: [] });
      await expectEqual(scene);
      expect((await scene.store.counts()).lead).toBe(0);
    });
  });

  describe('given that sharing changes', () => {
    it('finds by the counts that a record is no longer shared, and removes it', async () => {
      const scene = await wholeScene();
      const contact = rowOf(scene, 'contact');
      scene.crm.sandbox.org.hide('Contact', contact.Id);
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.objects.contact).toEqual({ received: 0, deleted: 1 });
      // Only the object whose counts differ is compared.
      expect(comparisons(scene)).toHaveLength(1);
    });

    it('brings a record that comes into sight without having been changed', async () => {
      const scene = await wholeScene();
      const contact = rowOf(scene, 'contact');
      scene.crm.sandbox.org.hide('Contact', contact.Id);
      await whole(scene.sync());
      scene.crm.sandbox.org.show('Contact', contact.Id);
      await later(scene);
      expect((await whole(scene.sync())).objects.contact).toEqual({ received: 1, deleted: 0 });
      await expectEqual(scene);
      await later(scene);
      expect(await whole(scene.sync())).toMatchObject({ calls: IDLE_CALLS, received: 0 });
    });

    it('brings more of them than one query can name', async () => {
      const scene = await salesforceScene({ ...SMALL, contacts: 900, pageSize: 2000 });
      const ids = visibleRows(scene.crm, 'contact').map(({ Id }) => Id);
      for (const id of ids.slice(10)) scene.crm.sandbox.org.hide('Contact', id);
      await whole(scene.sync());
      for (const id of ids) scene.crm.sandbox.org.show('Contact', id);
      await later(scene);
      expect((await whole(scene.sync())).objects.contact?.received).toBe(890);
      await expectEqual(scene);
      expect(scene.crm.sandbox.log.requests.filter(({ status }) => status !== 200)).toEqual([]);
    });
  });
});
