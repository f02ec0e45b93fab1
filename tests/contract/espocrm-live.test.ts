import { describe, expect, it } from 'vitest';
import type { LeftOut } from '@/lib/crm/leave-out';
import { OBJECTS } from '@/lib/crm/records';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import { type EspoScene, espoScene, rowOf, whole } from './espocrm-scene';

async function liveScene() {
  const scene = await espoScene();
  await whole(scene.sync());
  const account = rowOf(scene, 'account', ({ id }) =>
    scene.crm.sandbox.store.rows('Contact').some((row) => row.accountId === id),
  );
  return { scene, account };
}

async function ask(
  { crm, store, selection }: EspoScene,
  known: { id: string; domains?: string[]; leadIds?: string[] },
  leftOut?: LeftOut,
) {
  const { objects, scope } = selection;
  const wants = await Promise.all(
    OBJECTS.map(async (object) => {
      const since = readCheckpoint(await store.checkpoint(object));
      return { object, selection: objects[object], scope, since, ...(leftOut ? { leftOut } : {}) };
    }),
  );
  return crm.connector.account({ domains: [], leadIds: [], ...known }, wants);
}

describe('an Account of EspoCRM as it stands now', () => {
  it('brings the Account and what hangs on it, and nothing of another one', async () => {
    const { scene, account } = await liveScene();
    const live = await ask(scene, account);
    const of = (type: string) => scene.crm.sandbox.store.rows(type).filter(({ accountId }) => accountId === account.id);
    const ids = (rows: readonly { id: string }[] | undefined) => (rows ?? []).map(({ id }) => id).sort();
    expect(live?.records.account).toMatchObject([{ id: account.id, fields: { name: account.name } }]);
    expect(ids(live?.records.contact)).toEqual(ids(of('Contact')));
    expect(ids(live?.records.opportunity)).toEqual(ids(of('Opportunity')));
    expect(ids(live?.records.task)).toEqual(ids(of('Task')));
    expect(live?.partial).toMatchObject({ account: false, contact: false });
  });

  it('leaves out closed Tasks by the day that the copy goes by, as long as that is what it was made with', async () => {
    const { scene } = await liveScene();
    const { store } = scene.crm.sandbox;
    const task = rowOf(scene, 'task', ({ accountId }) => Boolean(accountId));
    store.update('Task', task.id, { status: 'Completed' });
    const { modifiedAt } = rowOf(scene, 'task', ({ id }) => id === task.id);
    const stamp = Date.parse(`${String(modifiedAt).replace(' ', 'T')}Z`);
    const idsFrom = async (closedBefore: number, leaveOut = scene.selection.leaveOut) => {
      const leftOut = { ...leaveOut, closedBefore: new Date(closedBefore).toISOString() };
      return (await ask(scene, { id: String(task.accountId) }, leftOut))?.records.task?.map(({ id }) => id);
    };
    expect(await idsFrom(stamp)).toContain(task.id);
    expect(await idsFrom(stamp + 1000)).not.toContain(task.id);
    expect(await idsFrom(stamp + 1000, { ...scene.selection.leaveOut, closedTaskDays: 31 })).toContain(task.id);
  });

  it('brings Leads that the copy has, and new ones at the same domain', async () => {
    const { scene, account } = await liveScene();
    const lead = rowOf(scene, 'lead');
    scene.crm.sandbox.store.clock.advance(60_000);
    const added = scene.crm.sandbox.store.insert('Lead', { lastName: 'New', emailAddress: 'new@fresh-domain.com' });
    const live = await ask(scene, { id: account.id, domains: ['fresh-domain.com'], leadIds: [lead.id] });
    expect(live?.records.lead?.map(({ id }) => id).sort()).toEqual([lead.id, added.id].sort());
  });

  it('says that the Account is gone, whether it was deleted or hidden', async () => {
    const { scene, account } = await liveScene();
    scene.crm.sandbox.store.hide('Account', account.id);
    expect(await ask(scene, account)).toBeNull();
    scene.crm.sandbox.store.remove('Account', rowOf(scene, 'account').id);
    expect(await ask(scene, rowOf(scene, 'account'))).not.toBeNull();
  });

  it('reads one record with the fields of the copy, and none that is gone', async () => {
    const { scene, account } = await liveScene();
    const { connector, sandbox } = scene.crm;
    expect(await connector.read('account', account.id, ['name', 'cSegment'])).toMatchObject({
      id: account.id,
      fields: { name: account.name, website: null },
    });
    sandbox.store.remove('Account', account.id);
    expect(await connector.read('account', account.id, ['name'])).toBeNull();
  });

  it('knows by the organisation’s own stages which Opportunity is over', async () => {
    const scene = await espoScene();
    const { stage } = scene.crm.sandbox.store.defs.Opportunity?.fields ?? {};
    Object.assign(stage ?? {}, { options: ['Talking', 'Signed'], probabilityMap: { Talking: 30, Signed: 100 } });
    const deal = rowOf(scene, 'opportunity');
    scene.crm.sandbox.store.update('Opportunity', deal.id, { stage: 'Signed' });
    const record = await scene.crm.connector.read('opportunity', deal.id, ['name', 'stage']);
    expect(record?.fields).toMatchObject({ stage: 'Signed', closed: true, won: true });
  });

  it('offers fields beyond the model, by EspoCRM’s own labels, that are copied when they are chosen', async () => {
    const scene = await espoScene();
    const choices = await scene.crm.connector.fields('account');
    expect(choices).toContainEqual({
      name: 'cSegment',
      label: 'Segment',
      model: null,
      filterable: true,
      options: [
        { value: 'Small', label: 'Small' },
        { value: 'Large', label: 'Large' },
      ],
    });
    scene.selection.objects.account.extra = [{ name: 'cEmployees', label: 'Employees' }];
    await whole(scene.sync());
    const account = rowOf(scene, 'account');
    const [held] = (await scene.store.getMany('account', [account.id])).values();
    expect(held?.custom).toEqual({ cEmployees: account.cEmployees });
  });
});
