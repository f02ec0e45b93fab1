import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connections } from '@/entrypoints/background/connections';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createOutboxHandlers } from '@/entrypoints/background/outbox-handlers';
import { createOutboxes } from '@/entrypoints/background/outboxes';
import type { ObjectDescription } from '@/lib/connectors/creation-contract';
import type { CrmRecord } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import type { FormDraft } from '@/lib/messaging/outbox-protocol';
import type { Handlers } from '@/lib/messaging/router';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { AppError } from '@/lib/shared/errors';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createOvertaken } from '@/lib/sync/overtaken';
import { createCipher } from '@/lib/vault/cipher';
import { CONSENT, CONTRACT, interest } from '../../../builders/basis';
import { codeOf } from '../../../builders/codes';
import { described } from '../../../builders/description';
import { record } from '../../../builders/records';
import { type TestStore, testStore } from '../../../builders/store';
import { fakeClock } from '../../../fakes/fake-clock';
import { memoryWriter } from '../../../fakes/memory-writer';

const alarms = new Map<string, number>();
vi.mock('wxt/browser', () => ({
  browser: {
    alarms: {
      create: async (name: string, { when }: { when: number }) => alarms.set(name, when),
      clear: async (name: string) => alarms.delete(name),
    },
    runtime: { getPlatformInfo: async () => ({}) },
  },
}));

const CHECKPOINT = {
  coveredUntil: '2026-05-01T00:00:00.000Z',
  deletedUntil: '2026-05-01T00:00:00.000Z',
  wanted: [],
  fields: [],
  types: {},
  describedAt: '2026-05-01T00:00:00.000Z',
  scope: '',
  pull: null,
};
const LEAD: ObjectDescription = {
  object: 'lead',
  fields: [
    described('LastName', { required: true }),
    described('Company', { required: true }),
    described('Email', { type: 'email' }),
  ],
  recordTypes: [],
  modelNames: { lastName: 'LastName', company: 'Company', email: 'Email' },
  deletable: true,
  convertible: false,
  basisPlace: null,
};
const DRAFT: FormDraft = {
  draftId: 'd1',
  connectionId: 'c1',
  object: 'lead',
  recordTypeId: null,
  values: { LastName: 'Castell', Company: 'Acme', Email: 'pia@acme.com' },
  basis: CONTRACT,
  source: null,
  assign: false,
};
const CALLER = { role: 'popup', tabId: null, documentId: null, url: '' } as const;

describe('records that are sent', () => {
  let clock: ReturnType<typeof fakeClock>;
  let crm: ReturnType<typeof memoryWriter>;
  let disk: TestStore;
  let handlers: Handlers;
  let live: LiveConnection;
  let told: { copied: number };
  let online: boolean;
  /** What the organisation says of a record that is to be sent. */
  let allowed: (...asked: unknown[]) => Promise<void>;

  beforeEach(async () => {
    clock = fakeClock();
    crm = memoryWriter(clock);
    disk = await testStore({ ...placement, lines: SEARCH_LINES });
    told = { copied: 0 };
    online = true;
    allowed = async () => undefined;
    alarms.clear();
    vi.stubGlobal('navigator', {
      language: 'en',
      get onLine() {
        return online;
      },
      locks: { request: async (_: string, __: unknown, work: (lock: object) => unknown) => work({}) },
    });
    const checkpoint = { checkpoint: CHECKPOINT, compared: null, held: null, owed: null };
    await disk.store.apply({ object: 'lead', upserts: [], deletions: [], newBefore: null }, checkpoint);
    start();
  });

  /** The next worker. */
  function start(change: Partial<TestStore['store']> = {}): void {
    const mine = told;
    const connector = {
      writer: crm.writer,
      read: async (_: string, id: string) => record('lead', id, { name: 'Castell' }),
      recordUrl: (_: string, id: string) => `https://crm.example/${id}`,
    };
    const copy = {
      store: { ...disk.reopen(), ...change },
      boxes: createSealedBoxes(disk.db, createCipher(disk.root), 'c1'),
    };
    live = {
      entry: { id: 'c1', crm: 'salesforce' },
      connector,
      copy,
      runner: { overtaken: createOvertaken(clock) },
    } as unknown as LiveConnection;
    const connections = { get: async () => live, ready: async () => [live] } as unknown as Connections;
    const forms = {
      described: async () => LEAD,
      outdate: async () => undefined,
      requireAllowed: (...asked: unknown[]) => allowed(...asked),
    };
    const outboxes = createOutboxes({
      connections,
      forms,
      clock,
      onChange: () => undefined,
      onSettled: () => undefined,
      onCopied: () => {
        mine.copied += 1;
      },
    });
    handlers = createOutboxHandlers({ connections, outboxes, forms, clock, onChange: () => undefined }) as Handlers;
    runAll = () => outboxes.runAll(false);
    stop = () => outboxes.stop(live);
  }
  let runAll: () => Promise<void>;
  let stop: () => void;

  const send = (change: Partial<FormDraft> = {}, duplicates: 'ask' | 'create' | { use: string } | { update: string } = 'ask') =>
    handlers['outbox.send']({ ...DRAFT, ...change, duplicates }, CALLER);
  const list = () => handlers['outbox.list']({}, CALLER);
  const load = () => handlers['draft.load']({ connectionId: 'c1', object: 'lead' }, CALLER);
  const one = { connectionId: 'c1', id: 'd1' };
  const known = (fields: Partial<CrmRecord<'lead'>['fields']>) =>
    live.copy.store.apply({ object: 'lead', upserts: [record('lead', 'l9', fields)], deletions: [], newBefore: null });

  it('are not sent any more when the organisation has stopped to allow them while they waited', async () => {
    online = false;
    expect(await send()).toMatchObject({ state: 'waiting' });
    allowed = () => Promise.reject(new AppError('policy.refused'));
    online = true;
    await handlers['outbox.retry']({ ...one, duplicates: 'ask' }, CALLER);
    expect((await list())[0]).toMatchObject({ needs: { kind: 'refused', code: 'policy.refused' } });
    expect(crm.calls).toEqual([]);
  });

  it('wait for a login that the organisation allows, and are not looked for meanwhile', async () => {
    crm.on.before = () => {
      throw new AppError('policy.login');
    };
    await send();
    await runAll();
    expect(crm.calls).toEqual(['create']);
  });

  it('are in the CRM, and in the copy a moment later', async () => {
    expect(await send()).toMatchObject({ state: 'created', label: 'Castell', result: { how: 'created' }, can: ['undo', 'drop'] });
    expect(crm.records).toMatchObject([{ object: 'lead', values: DRAFT.values }]);
    await expect.poll(() => told.copied).toBe(1);
    expect((await live.copy.store.get('lead', 'lead-1'))?.fields.name).toBe('Castell');
  });

  it('are created though the copy does not take them: sent again they would be there twice', async () => {
    start({ apply: () => Promise.reject(new AppError('storage.quota')) });
    expect(await send()).toMatchObject({ state: 'created' });
    expect(told.copied).toBe(0);
  });

  it('are sent once however often the form is pressed', async () => {
    await Promise.all([send(), send(), send()]);
    expect(await send()).toMatchObject({ state: 'created' });
    expect(crm.records).toHaveLength(1);
  });

  it('cost no call when something is missing, and are not kept then', async () => {
    expect(await send({ values: { Company: 'Acme' } })).toMatchObject({ state: 'needs-you', needs: { kind: 'invalid' } });
    expect(await list()).toEqual([]);
    expect(crm.calls).toEqual([]);
  });

  it.each([
    null,
    undefined,
    {},
    { kind: 'made-up', note: 'x' },
    { kind: 'consent', note: '' },
    { ...CONSENT, givenOn: '2026-02-30' },
    { ...CONSENT, givenOn: '2999-01-01' },
    { ...CONTRACT, more: 1 },
    interest(),
    'consent',
  ])('are not sent without a sufficient legal basis (%j)', async (basis) => {
    expect(await send({ basis }, 'create')).toMatchObject({ state: 'needs-you', needs: { kind: 'basis' } });
    expect(crm.calls).toEqual([]);
  });

  it.each(['doNotCall', 'emailOptOut'] as const)(
    'are not created when somebody with that address has objected (%s)',
    async (flag) => {
      await known({ name: 'Other Name', email: 'PIA@acme.com', converted: true, [flag]: true });
      const entry = await send({}, 'create');
      expect(entry).toMatchObject({
        state: 'needs-you',
        needs: { kind: 'basis', reasons: [expect.stringContaining('in your CRM')] },
      });
      expect(crm.calls).toEqual([]);
      expect(await send({}, { use: 'l9' })).toMatchObject({ state: 'created', result: { how: 'used' } });
      expect(crm.records).toEqual([]);
    },
  );

  it('are created when somebody with that number alone wants no e-mail, and not when nobody there may be called', async () => {
    const phone = '+49 30 5550100';
    await known({ name: 'Other Name', phone, emailOptOut: true });
    const values = { ...DRAFT.values, Phone: phone };
    expect(await send({ values }, 'create')).toMatchObject({ state: 'created' });
    await known({ name: 'Other Name', phone, doNotCall: true });
    expect(await send({ draftId: 'd2', values }, 'create')).toMatchObject({ needs: { kind: 'basis' } });
  });

  it('are not created when the objection has come while they waited, however often they are tried again', async () => {
    online = false;
    await send();
    await known({ name: 'Pia Castell', email: 'pia@acme.com', emailOptOut: true });
    online = true;
    start();
    clock.wait(30_000);
    await runAll();
    const retry = () => handlers['outbox.retry']({ ...one, duplicates: 'create' }, CALLER);
    for (const entry of [...(await list()), await retry(), await retry()]) {
      expect(entry).toMatchObject({ state: 'needs-you', needs: { kind: 'basis' } });
    }
    expect(crm.records).toEqual([]);
  });

  it('are named before a disconnect takes them, as long as they are not in the CRM', async () => {
    const unsent = () => handlers['outbox.unsent']({ connectionId: 'c1' }, CALLER);
    online = false;
    await send();
    expect(await unsent()).toEqual(['Castell']);
    online = true;
    await handlers['outbox.retry']({ ...one, duplicates: 'ask' }, CALLER);
    expect(await unsent()).toEqual([]);
  });

  it('are not sent any more once the connection is being ended, whoever asks', async () => {
    online = false;
    await send();
    online = true;
    clock.wait(30_000);
    stop();
    await runAll();
    await handlers['outbox.retry']({ ...one, duplicates: 'ask' }, CALLER);
    await send({ draftId: 'd2', values: { LastName: 'Lind' } });
    expect(crm.records).toEqual([]);
  });

  it('are stopped though nothing was sent in this worker yet', async () => {
    stop();
    await send();
    expect(crm.records).toEqual([]);
  });

  it.each([
    ['suppression', 'suppression.damaged', 'Begin a new list'],
    ['basis-template', 'basis.template-damaged', 'import them anew'],
  ] as const)(
    'are refused before they are sealed when %s is damaged, and wait with a sentence when they lie sealed',
    async (box, code, words) => {
      online = false;
      await send();
      await disk.db.boxes.put({ name: box, b: new Uint8Array(300) });
      start();
      expect(await codeOf(send({ draftId: 'd2' }))).toBe(code);
      online = true;
      clock.wait(30_000);
      await runAll();
      const [entry, ...others] = await list();
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        state: 'needs-you',
        needs: { kind: 'basis', reasons: [expect.stringContaining(words)] },
      });
      expect(crm.records).toEqual([]);
    },
  );

  it('wait for the network, an alarm set, and go on in the next worker', async () => {
    online = false;
    expect(await send()).toMatchObject({ state: 'waiting', why: 'crm.offline', can: ['edit', 'retry', 'drop'] });
    expect(alarms.get('outbox')).toBe(clock.now() + 30_000);
    start();
    online = true;
    clock.wait(30_000);
    await runAll();
    expect(crm.records).toHaveLength(1);
    expect(alarms.has('outbox')).toBe(false);
  });

  it('have an alarm before the call, so that a worker that is killed at it is woken', async () => {
    crm.on.before = () => expect(alarms.get('outbox')).toBe(clock.now() + 30_000);
    expect(await send()).toMatchObject({ state: 'created' });
  });

  it('are compared with what the copy has, and the user chooses', async () => {
    await known({ name: 'Pia Castell', email: 'pia@acme.com' });
    const entry = await send();
    expect(entry).toMatchObject({ state: 'needs-you', needs: { kind: 'duplicates', allowCreate: true } });
    const [match] = entry.needs?.kind === 'duplicates' ? entry.needs.matches : [];
    expect(match).toMatchObject({ id: 'l9', kind: 'lead', name: 'Pia Castell', why: ['email'], updatable: true });
    expect(match?.fields).toContainEqual({ label: 'Name', typed: 'Castell', held: 'Pia Castell' });
    expect(crm.calls).toEqual([]);
    expect(await send({}, { use: 'l9' })).toMatchObject({ state: 'created', result: { id: 'l9', how: 'used' } });
    expect(crm.calls).toEqual([]);
  });

  it('can be created all the same, or written into the one that is there', async () => {
    await known({ name: 'Pia Castell', email: 'pia@acme.com' });
    await send();
    expect(await handlers['outbox.retry']({ ...one, duplicates: 'create' }, CALLER)).toMatchObject({ state: 'created' });
    expect(crm.records).toHaveLength(1);
    const id = crm.put('lead', { LastName: 'Old' });
    clock.wait(1);
    expect(await send({ draftId: 'd2' }, { update: id })).toMatchObject({ state: 'created', result: { id, how: 'updated' } });
    expect(crm.records.find((one) => one.id === id)?.values).toMatchObject({ LastName: 'Castell' });
  });

  it('are deleted again within the minute, in the copy too', async () => {
    await send();
    await expect.poll(() => told.copied).toBe(1);
    expect(await handlers['outbox.undo'](one, CALLER)).toMatchObject({ state: 'undone', can: ['edit', 'drop'] });
    expect(crm.records).toEqual([]);
    expect(await live.copy.store.get('lead', 'lead-1')).toBeNull();
    await send({ draftId: 'd2' });
    clock.wait(60_000);
    expect(await codeOf(handlers['outbox.undo']({ ...one, id: 'd2' }, CALLER))).toBe('outbox.too-late');
  });

  it('become a draft again, and one entry when they are sent again', async () => {
    online = false;
    await send();
    expect(await handlers['outbox.edit'](one, CALLER)).toMatchObject({ draftId: 'd1', values: DRAFT.values });
    expect(await list()).toEqual([]);
    expect(await load()).toMatchObject({ draftId: 'd1', values: DRAFT.values, basis: DRAFT.basis });
    online = true;
    await send({ values: { ...DRAFT.values, LastName: 'Other' } });
    expect(crm.records).toMatchObject([{ values: { LastName: 'Other' } }]);
    expect(await load()).toBeNull();
  });

  it('cannot be changed while it is not known whether they are there', async () => {
    crm.on.before = () => {
      throw new AppError('create.unclear');
    };
    expect(await send()).toMatchObject({ state: 'checking', can: ['retry', 'drop'] });
    expect(await codeOf(handlers['outbox.edit'](one, CALLER))).toBe('outbox.under-way');
    expect(await send({ values: { ...DRAFT.values, LastName: 'Other' } })).toMatchObject({ label: 'Castell' });
    expect(await codeOf(handlers['outbox.retry']({ ...one, duplicates: { use: 'l9' } }, CALLER))).toBe('outbox.under-way');
    expect(await handlers['outbox.drop'](one, CALLER)).toBeNull();
    expect(await list()).toEqual([]);
  });

  it('are kept as they are typed, by object, also over the death of the worker', async () => {
    await handlers['draft.save']({ ...DRAFT, values: { LastName: 'Ca' } }, CALLER);
    await handlers['draft.save']({ ...DRAFT, values: { LastName: 'Cas' } }, CALLER);
    start();
    expect(await load()).toMatchObject({ values: { LastName: 'Cas' } });
    expect(await handlers['draft.load']({ connectionId: 'c1', object: 'task' }, CALLER)).toBeNull();
    await handlers['draft.drop']({ connectionId: 'c1', object: 'lead' }, CALLER);
    expect(await load()).toBeNull();
  });

  it('lie sealed: nothing that was typed is on the disk in clear', async () => {
    online = false;
    await send();
    await handlers['draft.save']({ ...DRAFT, draftId: 'd3' }, CALLER);
    const rows = await disk.db.boxes.toArray();
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['outbox', 'drafts']));
    const text = rows.map(({ b }) => Buffer.from(b).toString('latin1')).join('');
    expect(text).not.toMatch(/Castell|acme/i);
  });

  it('are told to be lost when the list of them was damaged', async () => {
    online = false;
    await send();
    await disk.db.boxes.put({ name: 'outbox', b: new Uint8Array(300) });
    start();
    expect(await codeOf(list())).toBe('outbox.damaged');
    expect(await codeOf(send({ draftId: 'd2' }))).toBe('outbox.damaged');
    expect(crm.calls).toEqual([]);
  });
});
