import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/connections';
import { createPersonRightsHandlers } from '@/entrypoints/background/person-rights-handlers';
import { createDraftBox } from '@/lib/creation/outbox/draft-box';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { createOutboxBox } from '@/lib/creation/outbox/outbox-box';
import { placement } from '@/lib/matching/placement';
import type { AnyRecord } from '@/lib/crm/records';
import { createErasedList } from '@/lib/privacy/erased';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { UNPACED } from '@/lib/shared/pace';
import type { RecordStore } from '@/lib/storage/record-store';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { keepingOut } from '@/lib/sync/keep-out';
import { createOvertaken } from '@/lib/sync/overtaken';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';

vi.mock('@/lib/browser/views', () => ({ tellViews: async () => undefined }));

const CALLER = { role: 'options', tabId: null, documentId: null } as never;
const PIA = { connectionId: 'c1', object: 'contact' as const, id: 'p1' };

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
const entry = (id: string, label: string, kind: 'queued' | 'sending'): OutboxEntry => ({
  id,
  object: 'lead',
  label,
  sealedAt: 0,
  typed: typedWith({ LastName: label }),
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
  const store = keepingOut(disk.store, createErasedList(boxes).judge);
  await fill(store);
  const outbox = { box: createOutboxBox(boxes, clock.now), drafts: createDraftBox(boxes) };
  await outbox.box.change(() => [entry('e1', 'Pia Power', 'queued'), entry('e2', 'Otto Olm', 'queued')]);
  await outbox.drafts.save({ draftId: 'd1', object: 'task', typed: typedWith({ Subject: 'Lunch', WhoId: 'p1' }) });
  await outbox.drafts.save({ draftId: 'd2', object: 'lead', typed: typedWith({ FirstName: 'Otto', LastName: 'Olm' }) });
  await boxes.put('notices', [
    { id: 't1', subject: 'Tell her', due: '2026-01-01' },
    { id: 't9', subject: 'Tell Otto Olm', due: '2026-01-01' },
  ]);
  const live = {
    entry: { id: 'c1', crm: 'salesforce' },
    profile: { orgName: 'Org' },
    connector: { recordUrl: (object: string, id: string) => `https://crm.example/${object}/${id}` },
    copy: { store, boxes },
    runner: { overtaken: createOvertaken(clock) },
  } as unknown as LiveConnection;
  const deeds: unknown[] = [];
  const handlers = createPersonRightsHandlers({
    connections: { get: async () => live, ready: async () => [live] },
    outboxes: { of: () => outbox as never },
    logs: { add: async (_, deed) => void deeds.push(deed) },
    pace: UNPACED,
  });
  return { disk, boxes, store, outbox, handlers, deeds };
}

/** All that the copy holds, as text. */
async function everything({ store, boxes }: Awaited<ReturnType<typeof world>>): Promise<string> {
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
    const done = await scene.handlers['rights.erase'](PIA, CALLER);
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
    await scene.handlers['rights.erase'](PIA, CALLER);
    for (let sync = 0; sync < 3; sync += 1) {
      await fill(keepingOut(scene.disk.reopen(), createErasedList(scene.boxes).judge));
    }
    expect(await everything({ ...scene, store: scene.disk.reopen() })).not.toMatch(/pia|power/i);
    expect(await scene.handlers['rights.erased']({}, CALLER)).toMatchObject([{ connectionId: 'c1', people: 1 }]);
  });

  it('changes nothing while one of their records is on its way to the CRM', async () => {
    await scene.outbox.box.change(() => [entry('e1', 'Pia Power', 'sending')]);
    expect(await codeOf(scene.handlers['rights.erase'](PIA, CALLER))).toBe('outbox.under-way');
    expect(await scene.store.get('contact', 'p1')).not.toBeNull();
    expect(await scene.handlers['rights.erased']({}, CALLER)).toMatchObject([{ people: 0 }]);
  });

  it('erases nobody by a list that was damaged, says so, and begins anew when that is wanted', async () => {
    await scene.boxes.put('erased', 'nonsense');
    expect(await codeOf(scene.handlers['rights.erase'](PIA, CALLER))).toBe('erased.damaged');
    expect(await scene.handlers['rights.erased']({}, CALLER)).toMatchObject([{ people: null }]);
    await scene.handlers['rights.reset']({ connectionId: 'c1' }, CALLER);
    expect(await scene.handlers['rights.erased']({}, CALLER)).toMatchObject([{ people: 0 }]);
  });

  it('does not know a person who is not held', async () => {
    expect(await codeOf(scene.handlers['rights.export']({ ...PIA, id: 'x' }, CALLER))).toBe('record.missing');
  });
});
