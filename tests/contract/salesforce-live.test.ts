import { describe, expect, it } from 'vitest';
import type { KnownAccount, Want } from '@/lib/connectors/connector';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { createLiveRefresh } from '@/lib/sync/live-refresh';
import { createOvertaken } from '@/lib/sync/overtaken';
import type { SalesforceTestOptions } from '../builders/salesforce';
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

/** A whole copy, an hour ago, and one of its Accounts. */
async function liveScene(options = {}, test: SalesforceTestOptions = {}, before: (scene: Scene) => void = () => undefined) {
  const scene = await salesforceScene({ ...SMALL, pageSize: 2000, ...options }, test);
  before(scene);
  await whole(scene.sync());
  scene.crm.sandbox.org.clock.advance(HOUR);
  const account = rowOf(scene, 'account', ({ Id, Website }) => {
    const has = (object: ObjectKind) => visibleRows(scene.crm, object).some(({ AccountId }) => AccountId === Id);
    return Boolean(Website) && has('contact') && has('opportunity') && has('task');
  });
  const known: KnownAccount = { id: account.Id, domains: [], leadIds: [] };
  return { scene, account, known };
}

async function wantsOf(scene: Scene, leftOut: readonly ObjectKind[] = []): Promise<Want[]> {
  const { objects, scope } = scene.selection;
  const wanted = OBJECTS.filter((object) => objects[object].wanted && !leftOut.includes(object));
  return Promise.all(
    wanted.map(async (object) => ({
      object,
      selection: objects[object],
      scope,
      since: (await storedOf(scene, object)).checkpoint,
    })),
  );
}

const idsOf = (records: readonly { id: string }[] | undefined) => (records ?? []).map(({ id }) => id).sort();
const rowIds = ({ crm }: Scene, object: ObjectKind, accountId: string) =>
  visibleRows(crm, object)
    .filter(({ AccountId }) => AccountId === accountId)
    .map(({ Id }) => Id)
    .sort();

describe('an Account of Salesforce as it stands now', () => {
  it('costs one call, and brings what hangs on it as a sync would', async () => {
    const { scene, account, known } = await liveScene();
    const { org } = scene.crm.sandbox;
    org.update('Account', account.Id, { Phone: '+49 30 555 0142' });
    org.insert('Contact', { LastName: 'New', AccountId: account.Id });
    const before = scene.crm.connector.calls();
    const live = await scene.crm.connector.account(known, await wantsOf(scene));
    expect(scene.crm.connector.calls() - before).toBe(1);
    for (const object of ['contact', 'opportunity', 'task'] as const) {
      expect(idsOf(live?.records[object]), object).toEqual(rowIds(scene, object, account.Id));
      expect(live?.partial[object]).toBe(false);
    }
    expect(live?.records.account).toMatchObject([{ id: account.Id, fields: { phone: '+49 30 555 0142' } }]);
    expect(live?.records.user).toBeUndefined();
    org.clock.advance(HOUR);
    await whole(scene.sync());
    for (const object of ['account', 'contact', 'opportunity', 'task'] as const) {
      const synced = await scene.store.getMany(object, idsOf(live?.records[object]));
      expect(live?.records[object]?.map(({ id }) => synced.get(id))).toEqual(live?.records[object]);
    }
  });

  it('leaves out closed Tasks by the day that the copy goes by, wherever the user’s own day begins', async () => {
    const { scene, account, known } = await liveScene();
    const { org } = scene.crm.sandbox;
    const task = rowOf(scene, 'task', ({ AccountId }) => AccountId === account.Id);
    const { SystemModstamp } = org.update('Task', task.Id, { Status: 'Completed', IsClosed: true });
    const stamp = Date.parse(String(SystemModstamp));
    const idsFrom = async (closedBefore: number) => {
      const leftOut = { ...scene.selection.leaveOut, closedBefore: new Date(closedBefore).toISOString() };
      const wants = (await wantsOf(scene)).map((want) => ({ ...want, leftOut }));
      return idsOf((await scene.crm.connector.account(known, wants))?.records.task);
    };
    expect(scene.selection.leaveOut.closedTaskDays).not.toBeNull();
    expect(await idsFrom(stamp)).toContain(task.Id);
    expect(await idsFrom(stamp + 1000)).not.toContain(task.Id);
  });

  it('brings the Leads that the copy has at its domains, and those that came there since', async () => {
    const { scene, known } = await liveScene();
    const { org } = scene.crm.sandbox;
    const [held, gone] = visibleRows(scene.crm, 'lead').map(({ Id }) => Id);
    org.convert(String(gone));
    const fresh = org.insert('Lead', { LastName: 'F', Company: 'F', Email: 'f@a-domain.example' });
    const atSite = org.insert('Lead', { LastName: 'W', Company: 'W', Website: 'https://www.a-domain.example/x' });
    org.insert('Lead', { LastName: 'O', Company: 'O', Email: 'o@another.example' });
    org.insert('Lead', { LastName: 'P', Company: 'P', Email: 'p@axdomain.example' });
    const asked = { ...known, domains: ['a-domain.example', "o'neill_.example"], leadIds: [String(held), String(gone)] };
    const live = await scene.crm.connector.account(asked, await wantsOf(scene));
    expect(idsOf(live?.records.lead)).toEqual([String(held), fresh.Id, atSite.Id].sort());
    const none = await scene.crm.connector.account(known, await wantsOf(scene));
    expect(none?.records.lead).toEqual([]);
  });

  it('is gone when it was deleted, merged away or is no longer shared', async () => {
    for (const goAway of ['remove', 'hide'] as const) {
      const { scene, account, known } = await liveScene();
      scene.crm.sandbox.org[goAway]('Account', account.Id);
      expect(await scene.crm.connector.account(known, await wantsOf(scene))).toBeNull();
    }
  });

  it('is said to be partial when a list is too long for one answer', async () => {
    const { scene, account, known } = await liveScene({ accounts: 3 });
    for (let n = 0; n < 2100; n += 1) scene.crm.sandbox.org.insert('Contact', { LastName: `C${n}`, AccountId: account.Id });
    const live = await scene.crm.connector.account(known, await wantsOf(scene));
    expect(live?.partial).toMatchObject({ contact: true, opportunity: false, task: false });
    expect(live?.records.contact).toHaveLength(2000);
  });

  it('is said to be partial when the copy has more Leads at its domains than one question can name', async () => {
    const { scene, known } = await liveScene({ leads: 400 });
    const leadIds = visibleRows(scene.crm, 'lead').map(({ Id }) => Id);
    expect(leadIds.length).toBeGreaterThan(200);
    const live = await scene.crm.connector.account({ ...known, leadIds }, await wantsOf(scene));
    expect(live?.partial.lead).toBe(true);
    expect(live?.records.lead).toHaveLength(200);
  });

  it('is said to be partial when a record of it cannot be read, which is there all the same', async () => {
    const { scene, account, known } = await liveScene();
    const [contact] = rowIds(scene, 'contact', account.Id);
    scene.crm.sandbox.org.update('Contact', String(contact), { Title: 7 });
    const live = await scene.crm.connector.account(known, await wantsOf(scene));
    expect(live?.partial).toMatchObject({ contact: true, opportunity: false });
    expect(idsOf(live?.records.contact)).not.toContain(contact);
    scene.crm.sandbox.org.update('Account', account.Id, { Phone: 7 });
    expect(await scene.crm.connector.account(known, await wantsOf(scene))).toMatchObject({ partial: { account: true } });
  });

  it('has the scope and the fields that the copy has', async () => {
    const { scene, account, known } = await liveScene({}, {}, ({ selection }) => {
      selection.scope.withWebsite = true;
      selection.objects.contact = { wanted: true, without: ['phone'], extra: [{ name: 'Salutation', label: 'Salutation' }] };
    });
    const live = await scene.crm.connector.account(known, await wantsOf(scene));
    const [contact] = live?.records.contact ?? [];
    const row = visibleRows(scene.crm, 'contact').find(({ Id }) => Id === contact?.id);
    expect(contact?.custom).toEqual(row?.Salutation ? { Salutation: row.Salutation } : {});
    expect(live?.records.contact?.map(({ fields }) => 'phone' in fields && fields.phone)).toEqual(
      live?.records.contact?.map(() => null),
    );
    scene.crm.sandbox.org.update('Account', account.Id, { Website: null });
    expect(await scene.crm.connector.account(known, await wantsOf(scene))).toBeNull();
  });

  it('asks for no field that the user has left out since the last run', async () => {
    const { scene, known } = await liveScene();
    scene.selection.objects.contact.without = ['phone', 'mobile'];
    scene.crm.sandbox.log.clear();
    const live = await scene.crm.connector.account(known, await wantsOf(scene));
    expect(scene.crm.sandbox.log.requests[0]?.body).not.toMatch(/Phone[^"]*FROM(?:%20|\+)Contact/);
    for (const { fields } of live?.records.contact ?? []) expect(fields).toMatchObject({ phone: null, mobile: null });
  });

  it('leaves out what is not wanted, and what is not whole in the copy yet', async () => {
    const { scene, known } = await liveScene();
    const wants = await wantsOf(scene, ['task']);
    const halfWay = wants.map((want) =>
      want.object === 'contact' && want.since ? { ...want, since: { ...want.since, coveredUntil: null } } : want,
    );
    const live = await scene.crm.connector.account(known, halfWay);
    expect(Object.keys(live?.records ?? {}).sort()).toEqual(['account', 'lead', 'opportunity']);
  });

  it('asks for nothing before Accounts are whole in the copy', async () => {
    const { scene, known } = await liveScene();
    const wants = (await wantsOf(scene)).map((want) => (want.object === 'account' ? { ...want, since: null } : want));
    const before = scene.crm.connector.calls();
    expect(await scene.crm.connector.account(known, wants)).toEqual({ records: {}, partial: {} });
    expect(scene.crm.connector.calls()).toBe(before);
  });
});

describe('a record that a live refresh has written while a run was under way', () => {
  /** A run during which, between a page and its writing, the CRM changes and an Account is looked at live. */
  async function raced(
    meanwhile: (scene: Scene, accountId: string) => void,
    at: (request: string) => boolean,
    { days = 0, pageSize = 2000 } = {},
  ) {
    let look: (() => Promise<void>) | null = null;
    const { scene, account, known } = await liveScene(
      { pageSize },
      {
        async beforeRequest(request, body) {
          if (!look || !at(decodeURIComponent(request + body))) return;
          const once = look;
          look = null;
          await once();
        },
      },
    );
    const overtaken = createOvertaken(scene.crm.sandbox.org.clock);
    const live = createLiveRefresh({
      connector: scene.crm.another(),
      store: scene.store,
      clock: scene.crm.sandbox.org.clock,
      selection: async () => scene.selection,
      overtaken,
      lastUsage: async () => null,
      askedAt: { get: async () => null, set: async () => undefined },
      onAnswer: () => undefined,
    });
    scene.crm.sandbox.org.clock.advance(days * DAY);
    scene.crm.sandbox.org.update('Account', account.Id, { Phone: 'before' });
    scene.crm.sandbox.org.clock.advance(HOUR);
    let looked = false;
    look = async () => {
      scene.crm.sandbox.org.clock.advance(2000);
      meanwhile(scene, account.Id);
      await live.ask(known);
      looked = live.state(account.Id).state === 'live';
      scene.crm.sandbox.org.clock.advance(2000);
    };
    await whole(scene.sync({ overtaken: (object, id, since) => overtaken.since(object, id, since) }));
    expect(looked).toBe(true);
    return { scene, account };
  }

  // The counts are asked for behind the first page of changes, and before that is written.
  const behindThePage = (request: string) => request.includes('COUNT');

  it('is not overwritten by an older page', async () => {
    const { scene, account } = await raced(
      ({ crm }, id) => crm.sandbox.org.update('Account', id, { Phone: 'after' }),
      behindThePage,
    );
    expect((await scene.store.get('account', account.Id))?.fields.phone).toBe('after');
    await expectEqual(scene);
  });

  it('is not brought back by an older page when it was found gone', async () => {
    const { scene, account } = await raced(({ crm }, id) => crm.sandbox.org.remove('Account', id), behindThePage);
    expect(await scene.store.get('account', account.Id)).toBeNull();
    scene.crm.sandbox.org.clock.advance(HOUR);
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('is not taken for gone by an older list of all ids', async () => {
    let listing = false;
    const withinTheList = (request: string) => {
      listing ||= request.includes('SELECT Id FROM Contact');
      return listing && request.includes('/query/0r8');
    };
    const { scene, account } = await raced(
      ({ crm }, id) => void crm.sandbox.org.insert('Contact', { LastName: 'New', AccountId: id }),
      withinTheList,
      { days: 20, pageSize: 25 },
    );
    expect((await scene.store.at('contact', account.Id)).some(({ fields }) => fields.name === 'New')).toBe(true);
    scene.crm.sandbox.org.clock.advance(HOUR);
    await whole(scene.sync());
    await expectEqual(scene);
  });
});
