import { describe, expect, it } from 'vitest';
import { createSampleConnector } from '@/lib/connectors/sample';
import { isLeftOut, leftOutAt } from '@/lib/crm/leave-out';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { placement } from '@/lib/matching/placement';
import type { RecordStore } from '@/lib/storage/record-store';
import { asObjected } from '@/lib/privacy/objections';
import { runSync } from '@/lib/sync/engine';
import { type GatedStore, keepingOut } from '@/lib/sync/keep-out';
import { newReport } from '@/lib/sync/run-report';
import { sampleKeeper } from '../builders/sample';
import { testStore } from '../builders/store';
import { espoScene } from './espocrm-scene';
import { DAY, HOUR, salesforceScene, SMALL, whole } from './salesforce-scene';

/** What a user leaves out, in each CRM: it leaves the copy, stays out of it, and comes back when it is wanted again. */
interface World {
  selection: Selection;
  store: RecordStore;
  now(): number;
  wait(ms: number): void;
  /** One whole run; gives how many calls it took, and whether anything was held back for an answer. */
  run(): Promise<{ calls: number; held: number }>;
  /** The CRM's own people and Tasks, as far as they matter here. */
  people(object: 'contact' | 'lead'): { id: string; out: boolean }[];
  tasks(): { id: string; closed: boolean; changed: number }[];
  optOut(object: 'contact' | 'lead', id: string): void;
  /** Ids of those who have objected here alone. */
  objected: Set<string>;
}

/** The store as a connection has it: with the gate that keeps out what is left out. */
function gated(store: RecordStore, world: Pick<World, 'selection' | 'now' | 'objected'>): GatedStore {
  return keepingOut(store, async () => {
    const leftOut = leftOutAt(world.selection.leaveOut, world.now());
    return (record) => {
      const kept = world.objected.has(record.id) ? asObjected(record) : record;
      return isLeftOut(kept, leftOut) ? null : kept;
    };
  });
}

async function salesforce(): Promise<World> {
  const scene = await salesforceScene({ ...SMALL, pageSize: 2000 });
  const { org } = scene.crm.sandbox;
  const names = { contact: 'Contact', lead: 'Lead' };
  const world: World = {
    selection: scene.selection,
    store: scene.store,
    objected: new Set(),
    now: () => org.clock.now(),
    wait: (ms) => org.clock.advance(ms),
    async run() {
      const { calls, held } = await whole(scene.sync());
      return { calls, held: held.length };
    },
    people: (object) =>
      org
        .rows(names[object])
        .filter((row) => row.IsConverted !== true)
        .map((row) => ({ id: row.Id, out: row.HasOptedOutOfEmail === true || row.DoNotCall === true })),
    tasks: () =>
      org.rows('Task').map((row) => ({
        id: row.Id,
        closed: row.IsClosed === true,
        changed: Date.parse(String(row.SystemModstamp)),
      })),
    optOut: (object, id) => org.update(names[object], id, { DoNotCall: true }),
  };
  world.store = gated(scene.store, world);
  scene.store = world.store;
  return world;
}

async function espocrm(): Promise<World> {
  const scene = await espoScene();
  const { store } = scene.crm.sandbox;
  const names = { contact: 'Contact', lead: 'Lead' };
  const world: World = {
    selection: scene.selection,
    store: scene.store,
    objected: new Set(),
    now: () => store.clock.now(),
    wait: (ms) => store.clock.advance(ms),
    async run() {
      const report = await scene.sync();
      if (report.failure) throw report.failure;
      return { calls: report.calls, held: report.held.length };
    },
    people: (object) =>
      store
        .rows(names[object])
        .filter((row) => row.status !== 'Converted')
        .map((row) => ({ id: row.id, out: row.emailAddressIsOptedOut === true || row.doNotCall === true })),
    tasks: () =>
      store.rows('Task').map((row) => ({
        id: row.id,
        closed: row.status === 'Completed' || row.status === 'Canceled',
        changed: Date.parse(`${String(row.modifiedAt).replace(' ', 'T')}Z`),
      })),
    optOut: (object, id) => void store.update(names[object], id, { emailAddressIsOptedOut: true }),
  };
  world.store = gated(scene.store, world);
  scene.store = world.store;
  return world;
}

const idsIn = async (store: RecordStore, object: ObjectKind) => {
  const ids: string[] = [];
  for await (const group of store.all(object) as AsyncIterable<AnyRecord[]>) ids.push(...group.map(({ id }) => id));
  return ids.sort();
};
const idsOf = (all: readonly { id: string }[]) => all.map(({ id }) => id).sort();

describe.each([
  ['Salesforce', salesforce],
  ['EspoCRM', espocrm],
])('what is left out of a copy of %s', (_, open) => {
  const PEOPLE = ['contact', 'lead'] as const;

  async function expectPeople(world: World): Promise<void> {
    for (const object of PEOPLE) {
      const wanted = world.people(object).filter(({ out }) => !out || !world.selection.leaveOut.optedOut);
      expect(await idsIn(world.store, object), object).toEqual(idsOf(wanted));
    }
  }

  it('are people who have opted out, from the first run on', async () => {
    const world = await open();
    for (const object of PEOPLE) world.optOut(object, world.people(object).find(({ out }) => !out)?.id ?? '');
    world.selection.leaveOut.optedOut = true;
    await world.run();
    await expectPeople(world);
    expect(world.people('contact').some(({ out }) => out)).toBe(true);
  });

  it('leaves without a question when it is chosen, however much it is, and comes back when it is not any more', async () => {
    const world = await open();
    // Most of them: a deletion of the CRM's would wait for an answer.
    for (const { id } of world.people('lead').slice(3)) world.optOut('lead', id);
    await world.run();
    await expectPeople(world);
    world.selection.leaveOut.optedOut = true;
    world.wait(HOUR);
    expect((await world.run()).held).toBe(0);
    await expectPeople(world);
    expect(await idsIn(world.store, 'lead')).not.toEqual(idsOf(world.people('lead')));
    world.selection.leaveOut.optedOut = false;
    world.wait(HOUR);
    await world.run();
    await expectPeople(world);
  });

  it.each(PEOPLE)('is a %s who has objected here alone too, whatever the CRM says, without a question', async (object) => {
    const world = await open();
    await world.run();
    const { id = '' } = world.people(object).find(({ out }) => !out) ?? {};
    world.objected.add(id);
    await (world.store as GatedStore).rejudge(object, [id]);
    expect((await world.store.get(object, id))?.fields).toMatchObject({ doNotCall: true });
    world.selection.leaveOut.optedOut = true;
    for (let run = 0; run < 2; run += 1) {
      world.wait(HOUR);
      expect((await world.run()).held).toBe(0);
      expect(await world.store.get(object, id)).toBeNull();
    }
  });

  it('is whoever opts out later, with the next sync, and costs no comparison of ids', async () => {
    const world = await open();
    world.selection.leaveOut.optedOut = true;
    await world.run();
    world.wait(HOUR);
    await world.run();
    world.wait(HOUR);
    const usual = (await world.run()).calls;
    world.wait(HOUR);
    for (const object of PEOPLE) world.optOut(object, world.people(object).find(({ out }) => !out)?.id ?? '');
    expect((await world.run()).calls).toBe(usual);
    await expectPeople(world);
  });

  it('are closed Tasks that are older than chosen, day by day without comparing ids, and open ones never', async () => {
    const world = await open();
    const closed = world.tasks().filter((task) => task.closed);
    const [next] = closed.sort((one, other) => one.changed - other.changed).slice(closed.length / 2);
    if (!next) throw new Error('There is no closed Task.');
    // It is old enough within two days.
    world.selection.leaveOut.closedTaskDays = Math.ceil((world.now() - next.changed) / DAY);
    const expectTasks = async () => {
      const { closedBefore } = leftOutAt(world.selection.leaveOut, world.now());
      const kept = world.tasks().filter((task) => !task.closed || task.changed >= Date.parse(closedBefore ?? ''));
      expect(await idsIn(world.store, 'task')).toEqual(idsOf(kept));
    };
    await world.run();
    await expectTasks();
    expect((await idsIn(world.store, 'task')).length).toBeLessThan(world.tasks().length);
    expect(await world.store.get('task', next.id)).not.toBeNull();
    world.wait(HOUR);
    await world.run();
    world.wait(HOUR);
    const usual = (await world.run()).calls;
    world.wait(2 * DAY);
    expect((await world.run()).calls).toBe(usual);
    await expectTasks();
    expect(await world.store.get('task', next.id)).toBeNull();
    world.selection.leaveOut.closedTaskDays = null;
    world.wait(HOUR);
    await world.run();
    expect(await idsIn(world.store, 'task')).toEqual(idsOf(world.tasks()));
  });
});

describe('what is left out of a copy of the sample', () => {
  it('are people who have opted out and old closed Tasks, and it comes back', async () => {
    let now = Date.parse('2026-06-01T09:00:00.000Z');
    const clock = { now: () => now };
    const connector = createSampleConnector({
      ...{ connectionId: 'c1', since: '2026-06-01T08:00:00.000Z', keeper: sampleKeeper(), clock },
    });
    const disk = await testStore(placement);
    const selection = defaultSelection();
    const store = gated(disk.store, { selection, now: () => now, objected: new Set() });
    const run = async () => {
      now += HOUR;
      const report = newReport();
      await runSync({
        ...{ connector, store, clock, selection, batchRecords: 20_000, approved: new Set<ObjectKind>(), report },
        ...{ overtaken: () => false, onProgress: () => undefined, signal: new AbortController().signal },
      });
      return report;
    };
    const counts = async () => {
      const { contact = 0, task = 0 } = await disk.store.counts();
      return { contact, task };
    };
    await run();
    const whole = await counts();
    selection.leaveOut = { optedOut: true, closedTaskDays: 30 };
    expect((await run()).held).toEqual([]);
    const less = await counts();
    expect(less.contact).toBeLessThan(whole.contact);
    expect(less.task).toBeLessThanOrEqual(whole.task);
    for await (const group of disk.store.all('contact'))
      for (const { fields } of group) expect(fields.doNotCall || fields.emailOptOut).toBe(false);
    selection.leaveOut = { optedOut: false, closedTaskDays: null };
    await run();
    expect(await counts()).toEqual(whole);
  });
});
