import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import { type HubspotScene, hubspotScene, rowOf, whole } from './hubspot-scene';

async function liveScene() {
  const scene = await hubspotScene();
  await whole(scene.sync());
  const { store } = scene.crm.sandbox;
  const account = rowOf(scene, 'account', ({ id }) => store.linked('companies', id, 'contacts').length > 0);
  return { scene, account };
}

async function ask({ crm, store, selection }: HubspotScene, known: { id: string; domains?: string[]; leadIds?: string[] }) {
  const { objects, scope } = selection;
  const wants = await Promise.all(
    OBJECTS.map(async (object) => {
      const since = readCheckpoint(await store.checkpoint(object));
      return { object, selection: objects[object], scope, since };
    }),
  );
  return crm.connector.account({ domains: [], leadIds: [], ...known }, wants);
}

const ids = (rows: readonly { id: string }[] | undefined) => (rows ?? []).map(({ id }) => id).sort();

describe('an Account of HubSpot as it stands now', () => {
  it('brings the company and what hangs on it, also what no search knows yet', async () => {
    const { scene, account } = await liveScene();
    const { store, settings } = scene.crm.sandbox;
    const fresh = store.insert('contacts', { lastname: 'Fresh', email: 'fresh@just-now.com' });
    store.link('contacts', fresh.id, 'companies', account.id);
    settings.unsearchable.add(fresh.id);
    const live = await ask(scene, account);
    expect(live?.records.account).toMatchObject([{ id: account.id, fields: { name: account.properties.name } }]);
    for (const [object, type] of [
      ['contact', 'contacts'],
      ['opportunity', 'deals'],
      ['task', 'tasks'],
    ] as const)
      expect(ids(live?.records[object]), object).toEqual([...store.linked('companies', account.id, type)].sort());
    expect(ids(live?.records.contact)).toContain(fresh.id);
    expect(live?.partial).toMatchObject({ account: false, contact: false });
  });

  it('leaves a person to the primary company', async () => {
    const { scene, account } = await liveScene();
    const { store } = scene.crm.sandbox;
    const person = rowOf(
      scene,
      'contact',
      ({ properties }) => Boolean(properties.associatedcompanyid) && properties.associatedcompanyid !== account.id,
    );
    store.link('contacts', person.id, 'companies', account.id);
    expect(ids((await ask(scene, account))?.records.contact)).not.toContain(person.id);
  });

  it('brings Leads that the copy has, and new ones at the same domain', async () => {
    const { scene, account } = await liveScene();
    const { store } = scene.crm.sandbox;
    const lead = rowOf(scene, 'lead');
    store.clock.advance(60_000);
    const company = store.insert('companies', { name: 'Fresh', domain: 'fresh-domain.com' });
    const added = store.insert('leads', { hs_lead_name: 'New' });
    store.link('leads', added.id, 'companies', company.id);
    const live = await ask(scene, { id: account.id, domains: ['fresh-domain.com'], leadIds: [lead.id] });
    expect(ids(live?.records.lead)).toEqual([lead.id, added.id].sort());
  });

  it('says that the company is gone', async () => {
    const { scene, account } = await liveScene();
    scene.crm.sandbox.store.archive('companies', account.id);
    expect(await ask(scene, account)).toBeNull();
  });

  it('reads one record with the fields of the copy, and none that is gone', async () => {
    const { scene, account } = await liveScene();
    const { connector, sandbox } = scene.crm;
    expect(await connector.read('account', account.id, ['name', 'segment'])).toMatchObject({
      id: account.id,
      fields: { name: account.properties.name, website: null },
    });
    sandbox.store.archive('companies', account.id);
    expect(await connector.read('account', account.id, ['name'])).toBeNull();
  });

  it('leads to the records’ pages in the account’s own region', async () => {
    const { connector } = (await liveScene()).scene.crm;
    expect(connector.recordUrl('account', '7')).toBe('https://app-eu1.hubspot.com/contacts/147000111/record/0-2/7');
    expect(connector.recordUrl('lead', '7')).toBe('https://app-eu1.hubspot.com/contacts/147000111/record/0-136/7');
    expect(connector.recordUrl('task', '7')).toBe('https://app-eu1.hubspot.com/tasks/147000111/view/all/task/7');
  });

  it('offers properties beyond the model, by their labels, that are copied when they are chosen', async () => {
    const scene = await hubspotScene();
    expect(await scene.crm.connector.fields('account')).toContainEqual({
      name: 'segment',
      label: 'Segment',
      model: null,
      filterable: true,
      options: [
        { value: 's', label: 'Small' },
        { value: 'l', label: 'Large' },
      ],
    });
    scene.selection.objects.account.extra = [{ name: 'numberofemployees', label: 'Employees' }];
    await whole(scene.sync());
    const account = rowOf(scene, 'account');
    const [held] = (await scene.store.getMany('account', [account.id])).values();
    expect(held?.custom).toEqual({ numberofemployees: Number(account.properties.numberofemployees) });
  });
});
