import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { gateOf } from '@/entrypoints/background/gated-copy';
import { stillObjects } from '@/entrypoints/background/objection-here';
import { createPersonRightsHandlers } from '@/entrypoints/background/person-rights-handlers';
import { createDraftBox } from '@/lib/creation/outbox/draft-box';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { createOutboxBox } from '@/lib/creation/outbox/outbox-box';
import { createOutboxRunner } from '@/lib/creation/outbox/runner';
import { placement } from '@/lib/matching/placement';
import type { AnyRecord } from '@/lib/crm/records';
import { createSuppressionList } from '@/lib/privacy/suppression';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { AppError } from '@/lib/shared/errors';
import { UNPACED } from '@/lib/shared/pace';
import type { RecordStore } from '@/lib/storage/record-store';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { keepingOut } from '@/lib/sync/keep-out';
import { createOvertaken } from '@/lib/sync/overtaken';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';
import { memoryWriter } from '../../fakes/memory-writer';
import { fakeClock } from '../../fakes/fake-clock';

vi.mock('@/lib/browser/views', () => ({ tellViews: async () => undefined }));

const CALLER = { role: 'options', tabId: null, documentId: null } as never;
const PIA = { connectionId: 'c1', object: 'contact' as const, id: 'p1' };
const ERASE = { ...PIA, namesakes: false };

/** Pia is a Contact and a Lead, has a Task, and is in a draft and in the outbox. Otto works beside her. */
const RECORDS: AnyRecord[] = [
  record('account', 'a1', { name: 'Acme', website: 'acme.com' }),
  record('contact', 'p1', { accountId: 'a1', name: 'Pia Power', email: 'pia@acme.com', phone: '+49 711 4000123' }),
  record('contact', 'p2', { accountId: 'a1', name: 'Otto Olm', email: 'otto@acme.com', phone: '+49 711 4000123' }),
  record('lead', 'l1', { name: 'P. Power', email: 'PIA@acme.com', company: 'Acme' }),
  record('task', 't1', { accountId: 'a1', whoId: 'p1', subject: 'Call Pia' }),
  record('task', 't2', { accountId: 'a1', whoId: 'p2', subject: 'Call Otto' }),
];
const typedWith = (values: Record<string, string>) => ({
  recordTypeId: null,
  values,
  labels: {},
  basis: null,
  source: null,
  assign: false,
  followUp: null,
});
const entry = (id: string, label: string, kind: 'queued' | 'sending', email = ''): OutboxEntry => ({
  id,
  object: 'lead',
  label,
  sealedAt: 0,
  typed: typedWith({ LastName: label, Email: email }),
  records: null,
  way: { kind: 'create', allowDuplicate: false },
  open: null,
  attempts: 0,
  state: { kind },
});

async function fill(store: RecordStore): Promise<void> {
  for (const object of ['account', 'contact', 'lead', 'task'] as const)
    await store.apply({
      object,
      upserts: RECORDS.filter((one) => one.object === object),
      deletions: [],
      newBefore: null,
    });
}

async function world() {
  const clock = fakeClock();
  const disk = await testStore({ ...placement, lines: SEARCH_LINES });
  const boxes = createSealedBoxes(disk.db, createCipher(disk.root), 'c1');
  const store = keepingOut(disk.store, () => gateOf(boxes, clock.now()));
  await fill(store);
  const outbox = { box: createOutboxBox(boxes, clock.now), drafts: createDraftBox(boxes) };
  await outbox.box.change(() => [entry('e1', 'Pia Power', 'queued', 'Pia@acme.com'), entry('e2', 'Otto Olm', 'queued')]);
  await outbox.drafts.save({ draftId: 'd1', object: 'task', typed: typedWith({ Subject: 'Lunch', WhoId: 'p1' }) });
  await outbox.drafts.save({ draftId: 'd2', object: 'lead', typed: typedWith({ FirstName: 'Otto', LastName: 'Olm' }) });
  await boxes.put('notices', [
    { id: 't1', subject: 'Tell her', due: '2026-01-01' },
    { id: 't9', subject: 'Tell Otto Olm', due: '2026-01-01' },
  ]);
  const crm = memoryWriter(clock);
  for (const { object, id } of RECORDS)
    if (object === 'contact' || object === 'lead') crm.records.push({ id, object, values: {}, at: clock.now() });
  let online = true;
  const runner = createOutboxRunner({
    box: outbox.box,
    writer: crm.writer,
    clock,
    objections: async () => ['nobody is created here'],
    stillObjects: (one) => stillObjects(live, outbox.box, one),
    requireAllowed: async () => undefined,
    withLease: (work) => work(),
    isOnline: () => online,
    onChange: () => undefined,
    onSettled: () => undefined,
  });
  const compared: string[] = [];
  const live = {
    entry: { id: 'c1', crm: 'salesforce' },
    profile: { orgName: 'Org' },
    connector: { writer: crm.writer, recordUrl: (object: string, id: string) => `https://crm.example/${object}/${id}` },
    copy: { store, boxes },
    runner: { overtaken: createOvertaken(clock), compareAnew: async (objects: string[]) => void compared.push(...objects) },
  } as unknown as LiveConnection;
  const deeds: unknown[] = [];
  const handlers = createPersonRightsHandlers({
    connections: { get: async () => live, ready: async () => [live] },
    outboxes: { of: () => outbox as never, run: () => runner.run() },
    forms: { described: async () => Promise.reject(new Error('nothing is described here')) },
    clock,
    syncs: { startNow: () => void compared.push('kept awake') },
    logs: { add: async (_, deed) => void deeds.push(deed) },
    pace: UNPACED,
  });
  const setOnline = (to: boolean) => {
    online = to;
  };
  const { overtaken } = live.runner;
  return { disk, boxes, store, outbox, handlers, deeds, crm, runner, clock, compared, overtaken, setOnline };
}

/** All that the copy holds, as text. */
async function everything({
  store,
  boxes,
}: Pick<Awaited<ReturnType<typeof world>>, 'boxes'> & { store: RecordStore }): Promise<string> {
  const records = await Promise.all(
    (['account', 'contact', 'lead', 'task'] as const).map((object) => Array.fromAsync<unknown>(store.all(object))),
  );
  const lines = await Promise.all((['contact', 'lead'] as const).map((object) => Array.fromAsync(store.lines(object))));
  const notes = await Promise.all((['outbox', 'drafts', 'notices', 'erased'] as const).map((name) => boxes.get(name)));
  return JSON.stringify([records, lines, notes]);
}

describe('the rights of one person', () => {
  let scene: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    scene = await world();
  });

  it('finds everybody who is meant, in records and in what was typed', async () => {
    const byMail = await scene.handlers['rights.find']({ text: 'pia@acme.com' }, CALLER);
    expect(byMail.people.map(({ id }) => id)).toEqual(['p1', 'l1']);
    expect(byMail.people[0]).toMatchObject({ name: 'Pia Power', url: 'https://crm.example/contact/p1', orgName: 'Org' });
    const byName = await scene.handlers['rights.find']({ text: 'otto olm' }, CALLER);
    expect(byName.people.map(({ id }) => id)).toEqual(['p2']);
    expect(byName.typed.map(({ where }) => where)).toEqual(['outbox', 'draft']);
    const byNumber = await scene.handlers['rights.find']({ text: '0711 4000123' }, CALLER);
    expect(byNumber.people.map(({ id }) => id)).toEqual(['p1', 'p2']);
    expect(await scene.handlers['rights.find']({ text: 'nobody@acme.com' }, CALLER)).toEqual({
      people: [],
      typed: [],
      more: false,
    });
    expect(await codeOf(scene.handlers['rights.find']({ text: ' ' }, CALLER))).toBe('person.unclear');
  });

  it('says when there are more than can be shown', async () => {
    const many = Array.from({ length: 60 }, (_, at) => record('lead', `m${at}`, { name: 'Max Many' }));
    await scene.store.apply({ object: 'lead', upserts: many, deletions: [], newBefore: null });
    const { people, more } = await scene.handlers['rights.find']({ text: 'Max Many' }, CALLER);
    expect([people.length, more]).toEqual([50, true]);
  });

  it('gives out all that is held of the person and nothing of others, and counts it in the log', async () => {
    const file = await scene.handlers['rights.export'](PIA, CALLER);
    expect(file.records.map(({ id }) => id)).toEqual(['p1', 'l1', 't1']);
    expect(file.records[0]?.fields).toMatchObject({ email: 'pia@acme.com' });
    expect(file.typed.map(({ where }) => where)).toEqual(['outbox', 'draft']);
    expect(JSON.stringify(file)).not.toContain('Otto');
    expect(scene.deeds).toMatchObject([{ act: 'handed-out' }]);
    expect(JSON.stringify(scene.deeds)).not.toMatch(/Pia|p1|acme/i);
  });

  it('erases all of it and nothing of others, and leaves the counts right', async () => {
    expect(await everything(scene)).toMatch(/Pia/);
    const done = await scene.handlers['rights.erase'](ERASE, CALLER);
    expect(done.records.map(({ url }) => url)).toContain('https://crm.example/lead/l1');
    expect(done.typed).toBe(2);
    const left = await everything(scene);
    expect(left).not.toMatch(/pia|power/i);
    expect(left).toMatch(/Otto Olm/);
    expect(left.match(/Otto/g)?.length).toBeGreaterThan(4);
    expect(await scene.store.counts()).toMatchObject({ account: 1, contact: 1, lead: 0, task: 1 });
    expect((await scene.store.indexed(['@acme.com'])).get('@acme.com')?.map(({ id }) => id) ?? []).not.toContain('p1');
    expect((await scene.handlers['rights.find']({ text: 'pia@acme.com' }, CALLER)).people).toEqual([]);
    expect(scene.deeds).toMatchObject([
      {
        act: 'erased',
        records: [
          { object: 'contact', deed: 'erased', count: 1 },
          { object: 'lead', deed: 'erased', count: 1 },
          { object: 'task', deed: 'erased', count: 1 },
        ],
      },
    ]);
    expect(JSON.stringify(scene.deeds)).not.toMatch(/Pia|p1|acme/i);
  });

  it('has nothing of them after three more syncs, also from a worker that starts anew', async () => {
    await scene.handlers['rights.erase'](ERASE, CALLER);
    for (let sync = 0; sync < 3; sync += 1) {
      await fill(keepingOut(scene.disk.reopen(), () => gateOf(scene.boxes, scene.clock.now())));
    }
    expect(await everything({ ...scene, store: scene.disk.reopen() })).not.toMatch(/pia|power/i);
    expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ connectionId: 'c1', erased: 1, objections: 0 }]);
  });

  it('changes nothing while one of their records is on its way to the CRM', async () => {
    await scene.outbox.box.change(() => [entry('e1', 'Pia Power', 'sending', 'pia@acme.com')]);
    expect(await codeOf(scene.handlers['rights.erase'](ERASE, CALLER))).toBe('outbox.under-way');
    expect(await scene.store.get('contact', 'p1')).not.toBeNull();
    expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ erased: 0 }]);
  });

  it('erases nobody by a list that was damaged, says so, and begins anew when that is wanted', async () => {
    await scene.boxes.put('erased', 'nonsense');
    expect(await codeOf(scene.handlers['rights.erase'](ERASE, CALLER))).toBe('erased.damaged');
    expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ erased: null }]);
    await scene.handlers['rights.reset']({ connectionId: 'c1', list: 'erased' }, CALLER);
    expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ erased: 0 }]);
  });

  it('does not know a person who is not held', async () => {
    expect(await codeOf(scene.handlers['rights.export']({ ...PIA, id: 'x' }, CALLER))).toBe('record.missing');
  });

  it('says so when another search, maybe of another tab, takes the place of one', async () => {
    const [first, second] = [
      scene.handlers['rights.find']({ text: 'pia@acme.com' }, CALLER),
      scene.handlers['rights.find']({ text: 'otto@acme.com' }, CALLER),
    ];
    expect(await codeOf(first)).toBe('person.overtaken');
    expect((await second).people.map(({ id }) => id)).toEqual(['p2']);
  });

  describe('with a namesake', () => {
    beforeEach(async () => {
      await scene.outbox.box.change((all) => [...all, entry('e3', 'Pia Power', 'queued', 'pia.power@other.example')]);
    });
    const ids = async () => (await scene.outbox.box.list()).map(({ id }) => id);

    it('leaves what was typed with the same name alone, says how much that is, and gives it to nobody', async () => {
      const file = await scene.handlers['rights.export'](PIA, CALLER);
      expect(JSON.stringify(file.typed)).not.toContain('other.example');
      expect(await scene.handlers['rights.erase'](ERASE, CALLER)).toMatchObject({ typed: 2, left: 1 });
      expect(await ids()).toEqual(['e2', 'e3']);
    });

    it('drops it when that is wanted, and when it has their number', async () => {
      await scene.outbox.box.change((all) => [
        ...all,
        { ...entry('e4', 'Pia Power', 'queued'), typed: typedWith({ Name: 'Pia Power', Phone: '0711 4000123' }) },
      ]);
      expect(await scene.handlers['rights.export'](PIA, CALLER)).toMatchObject({ typed: { length: 3 } });
      expect(await scene.handlers['rights.erase']({ ...ERASE, namesakes: true }, CALLER)).toMatchObject({ typed: 4, left: 0 });
      expect(await ids()).toEqual(['e2']);
    });
  });

  describe('let back in', () => {
    const lists = async () => (await scene.handlers['rights.lists']({}, CALLER))[0];
    const letIn = (text: string, list: 'erased' | 'objections' = 'erased') =>
      scene.handlers['rights.letIn']({ connectionId: 'c1', list, text }, CALLER);

    it.each([' PIA@acme.com', '0711 4000123', 'power, Pia'])(
      'is by "%s", and all ids are compared so that the records come',
      async (text) => {
        await scene.handlers['rights.erase'](ERASE, CALLER);
        await letIn(text);
        expect(await lists()).toMatchObject({ erased: 0 });
        // Before as well: whatever ends it in the middle, the next sync compares.
        expect(scene.compared).toEqual(['contact', 'lead', 'task', 'contact', 'lead', 'task', 'kept awake']);
        await fill(scene.store);
        expect(await scene.store.get('contact', 'p1')).not.toBeNull();
        expect(scene.deeds.at(-1)).toEqual({ act: 'let-in' });
      },
    );

    it('is nobody else, nobody of several, and nobody without being named', async () => {
      await scene.handlers['rights.erase'](ERASE, CALLER);
      expect(await codeOf(letIn('otto@acme.com'))).toBe('person.not-kept-out');
      expect(await codeOf(letIn(' '))).toBe('person.unclear');
      await scene.handlers['rights.erase']({ ...ERASE, id: 'p2' }, CALLER);
      // Both have the number of the switchboard.
      expect(await codeOf(letIn('0711 4000123'))).toBe('person.several');
      expect(await lists()).toMatchObject({ erased: 2 });
      expect(scene.compared).toEqual([]);
    });

    it('takes an objection back here, and lets their records come as the CRM has them', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      await letIn('pia@acme.com', 'objections');
      expect(await lists()).toMatchObject({ objections: 0 });
      expect(await scene.store.get('contact', 'p1')).toBeNull();
      await fill(scene.store);
      expect((await scene.store.get('contact', 'p1'))?.fields).toMatchObject({ doNotCall: false, emailOptOut: false });
      expect(await createSuppressionList(scene.boxes).holds(['pia@acme.com'])).toBe(false);
    });

    it('takes an objection back that was noted twice, with another record of theirs in between', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      await scene.store.apply({
        object: 'lead',
        upserts: [record('lead', 'l2', { name: 'Pia P.', email: 'pia@acme.com' })],
        deletions: [],
        newBefore: null,
      });
      await scene.handlers['rights.object'](PIA, CALLER);
      expect(await lists()).toMatchObject({ objections: 1 });
      await letIn('pia@acme.com', 'objections');
      expect(await lists()).toMatchObject({ objections: 0 });
    });

    it('can be done again when it was broken off, and loses nothing of them in between', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      await scene.boxes.put('suppression', 'nonsense');
      expect(await codeOf(letIn('pia@acme.com', 'objections'))).toBe('suppression.damaged');
      expect(await lists()).toMatchObject({ objections: 1 });
      expect(await scene.store.get('contact', 'p1')).not.toBeNull();
      expect(scene.compared).toEqual(['contact', 'lead', 'task']);
      await createSuppressionList(scene.boxes).reset();
      await letIn('pia@acme.com', 'objections');
      expect(await lists()).toMatchObject({ objections: 0 });
      expect(await scene.store.get('contact', 'p1')).toBeNull();
      expect(scene.compared.at(-2)).toBe('task');
    });

    it('is not undone by a run that has asked for their records before', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      const openedAt = scene.clock.now();
      await letIn('pia@acme.com', 'objections');
      expect([scene.overtaken.since('contact', 'p1', openedAt), scene.overtaken.since('lead', 'l1', openedAt)]).toEqual([
        true,
        true,
      ]);
      expect(scene.overtaken.since('contact', 'p2', openedAt)).toBe(false);
    });

    it('takes off the list of people not to be stored again what the objection has put there, and leaves what the user has', async () => {
      const change = (fields: Parameters<typeof record<'contact'>>[2]) =>
        scene.store.apply({
          object: 'contact',
          upserts: [record('contact', 'p1', { accountId: 'a1', name: 'Pia Power', email: 'pia@acme.com', ...fields })],
          deletions: [],
          newBefore: null,
        });
      await change({ phone: '+49 711 5550001', mobile: '+49 170 5550002' });
      const list = createSuppressionList(scene.boxes);
      await list.add('+49 170 5550002');
      await scene.handlers['rights.object'](PIA, CALLER);
      expect(await list.holds(['+49 711 5550001'])).toBe(true);
      await letIn('Pia Power', 'objections');
      expect([await list.holds(['pia@acme.com', '+49 711 5550001']), await list.holds(['+49 170 5550002'])]).toEqual([
        false,
        true,
      ]);
    });

    it('takes what waits for the CRM along, and nothing of another person', async () => {
      scene.setOnline(false);
      await scene.handlers['rights.object'](PIA, CALLER);
      await scene.handlers['rights.object']({ ...PIA, id: 'p2' }, CALLER);
      await letIn('pia@acme.com', 'objections');
      expect((await scene.outbox.box.list()).flatMap(({ way }) => (way.kind === 'objection' ? [way.id] : []))).toEqual(['p2']);
      scene.setOnline(true);
      await scene.runner.run(true);
      expect(scene.crm.calls.filter((call) => call === 'noteObjection')).toHaveLength(1);
    });

    it('is not told to the CRM either by an entry that was left there', async () => {
      scene.setOnline(false);
      await scene.handlers['rights.object'](PIA, CALLER);
      const left = await scene.outbox.box.list();
      await letIn('pia@acme.com', 'objections');
      await scene.outbox.box.change(() => [...left]);
      scene.setOnline(true);
      await scene.runner.run(true);
      expect(scene.crm.calls).not.toContain('noteObjection');
      expect((await scene.outbox.box.list()).map(({ way }) => way.kind)).not.toContain('objection');
    });
  });

  describe('who objects to being contacted', () => {
    const flags = async (object: 'contact' | 'lead', id: string) => {
      const fields = (await scene.store.get(object, id))?.fields;
      return fields && [fields.doNotCall, fields.emailOptOut];
    };

    it('has the flags of the CRM in each of their records, and is counted, not named, in the log', async () => {
      const { entries } = await scene.handlers['rights.object'](PIA, CALLER);
      expect(entries.map(({ object, state }) => [object, state])).toEqual([
        ['contact', 'created'],
        ['lead', 'created'],
      ]);
      expect(scene.crm.calls.filter((call) => call === 'noteObjection')).toHaveLength(2);
      expect(scene.deeds).toMatchObject([{ act: 'objected', records: [{ count: 1 }, { count: 1 }, { count: 0 }] }]);
      expect(JSON.stringify(scene.deeds)).not.toMatch(/Pia|p1|acme/i);
    });

    it('is kept with both flags, whatever a later sync says, also under another record with the same address', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      expect([await flags('contact', 'p1'), await flags('lead', 'l1')]).toEqual([
        [true, true],
        [true, true],
      ]);
      for (let sync = 0; sync < 3; sync += 1) await fill(scene.store);
      await scene.store.apply({
        object: 'lead',
        upserts: [record('lead', 'l9', { name: 'Pia', email: 'PIA@ACME.COM' })],
        deletions: [],
        newBefore: null,
      });
      expect([await flags('contact', 'p1'), await flags('lead', 'l9')]).toEqual([
        [true, true],
        [true, true],
      ]);
      expect(await flags('contact', 'p2')).toEqual([false, false]);
      expect(
        (await scene.handlers['rights.find']({ text: 'pia@acme.com' }, CALLER)).people.every(({ objected }) => objected),
      ).toBe(true);
    });

    it('is on the list of people not to be stored again, without the number that a colleague has too', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      const list = createSuppressionList(scene.boxes);
      expect([await list.holds(['pia@acme.com']), await list.holds(['+49 711 4000123'])]).toEqual([true, false]);
    });

    it('is obeyed here while the CRM cannot be reached, and told to it by the next worker', async () => {
      scene.setOnline(false);
      const { entries } = await scene.handlers['rights.object'](PIA, CALLER);
      expect(entries.map(({ state, why }) => [state, why])).toEqual([
        ['waiting', 'crm.offline'],
        ['waiting', 'crm.offline'],
      ]);
      expect(await flags('contact', 'p1')).toEqual([true, true]);
      scene.setOnline(true);
      await scene.runner.run(true);
      expect(scene.crm.calls.filter((call) => call === 'noteObjection')).toHaveLength(2);
    });

    it('is obeyed here also when the CRM refuses, which is said with what is left to do there', async () => {
      scene.crm.on.before = () => {
        throw new AppError('crm.forbidden');
      };
      const { entries } = await scene.handlers['rights.object'](PIA, CALLER);
      expect(entries[0]).toMatchObject({
        state: 'needs-you',
        needs: { kind: 'objection', url: 'https://crm.example/contact/p1', missing: ['call', 'email'], code: 'crm.forbidden' },
        can: ['retry', 'drop'],
      });
      await fill(scene.store);
      expect(await flags('contact', 'p1')).toEqual([true, true]);
    });

    it('is obeyed here also when nothing can be sealed for the CRM, which is an error', async () => {
      await scene.boxes.put('outbox', []);
      scene.outbox.box.change = async () => Promise.reject(new AppError('outbox.damaged'));
      expect(await codeOf(scene.handlers['rights.object'](PIA, CALLER))).toBe('outbox.damaged');
      expect(await flags('contact', 'p1')).toEqual([true, true]);
      expect(scene.deeds).toMatchObject([{ act: 'objected' }]);
    });

    it('is told to the CRM and logged also when the list of people not to be stored again is damaged, which is an error', async () => {
      await scene.boxes.put('suppression', 'nonsense');
      expect(await codeOf(scene.handlers['rights.object'](PIA, CALLER))).toBe('suppression.damaged');
      expect(await flags('contact', 'p1')).toEqual([true, true]);
      expect(scene.crm.calls.filter((call) => call === 'noteObjection')).toHaveLength(2);
      expect(scene.deeds).toMatchObject([{ act: 'objected' }]);
    });

    it('is noted here by the next worker, before the CRM is told, when one died with no more than the sealed entry', async () => {
      const sealed = { ...entry('objection-contact-p1', 'Pia Power', 'queued'), object: 'contact' as const, typed: null };
      await scene.outbox.box.change(() => [{ ...sealed, way: { kind: 'objection', id: 'p1' } }]);
      let toldWith: unknown;
      scene.crm.on.before = async () => {
        toldWith = await flags('contact', 'p1');
      };
      await scene.runner.run();
      expect(toldWith).toEqual([true, true]);
      expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ objections: 1 }]);
      expect(await createSuppressionList(scene.boxes).holds(['pia@acme.com'])).toBe(true);
    });

    it('is finished by the next sending when their records could not be written', async () => {
      scene.setOnline(false);
      const { rejudge } = scene.store;
      let wasKept: boolean | null = null;
      scene.store.rejudge = async () => {
        wasKept ??= await createSuppressionList(scene.boxes).holds(['pia@acme.com']);
        throw new AppError('storage.quota');
      };
      expect(await codeOf(scene.handlers['rights.object'](PIA, CALLER))).toBe('storage.quota');
      expect(await flags('contact', 'p1')).toEqual([false, false]);
      expect(wasKept).toBe(true);
      scene.store.rejudge = rejudge;
      scene.setOnline(true);
      await scene.runner.run(true);
      expect([await flags('contact', 'p1'), await flags('lead', 'l1')]).toEqual([
        [true, true],
        [true, true],
      ]);
    });

    it('does not make what is held newer than what a run is bringing', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      expect([scene.overtaken.since('contact', 'p1', 0), scene.overtaken.since('lead', 'l1', 0)]).toEqual([false, false]);
    });

    it('is told to the CRM also when the list was damaged meanwhile and begun anew', async () => {
      scene.setOnline(false);
      await scene.handlers['rights.object'](PIA, CALLER);
      await scene.boxes.put('objections', 'nonsense');
      scene.setOnline(true);
      await scene.runner.run(true);
      expect(scene.crm.calls).not.toContain('noteObjection');
      await scene.handlers['rights.reset']({ connectionId: 'c1', list: 'objections' }, CALLER);
      scene.clock.wait(60_000);
      await scene.runner.run(true);
      expect(scene.crm.calls.filter((call) => call === 'noteObjection')).toHaveLength(2);
      expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ objections: 1 }]);
    });

    it('is still told to the CRM when they are erased before, without their name', async () => {
      scene.setOnline(false);
      await scene.handlers['rights.object'](PIA, CALLER);
      await scene.handlers['rights.erase'](ERASE, CALLER);
      const left = (await scene.outbox.box.list()).filter(({ way }) => way.kind === 'objection');
      expect(left.map(({ label }) => label)).toEqual(['', '']);
      expect(JSON.stringify(await scene.boxes.get('outbox'))).not.toMatch(/pia|power/i);
      scene.setOnline(true);
      await scene.runner.run(true);
      expect(scene.crm.calls.filter((call) => call === 'noteObjection')).toHaveLength(2);
    });

    it('stops every write by a list that was damaged, until it is begun anew', async () => {
      await scene.handlers['rights.object'](PIA, CALLER);
      await scene.boxes.put('objections', 'nonsense');
      expect(await codeOf(fill(scene.store))).toBe('objections.damaged');
      await scene.handlers['rights.reset']({ connectionId: 'c1', list: 'objections' }, CALLER);
      await fill(scene.store);
      expect(await scene.handlers['rights.lists']({}, CALLER)).toMatchObject([{ objections: 0 }]);
    });
  });
});
