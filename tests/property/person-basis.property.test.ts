import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Connections, LiveConnection } from '@/entrypoints/background/connections';
import { createOutboxHandlers } from '@/entrypoints/background/outbox-handlers';
import { createOutboxes } from '@/entrypoints/background/outboxes';
import type { ObjectDescription } from '@/lib/connectors/creation-contract';
import { placement } from '@/lib/matching/placement';
import type { Handlers } from '@/lib/messaging/router';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createOvertaken } from '@/lib/sync/overtaken';
import { createCipher } from '@/lib/vault/cipher';
import { described } from '../builders/description';
import { record } from '../builders/records';
import { testStore } from '../builders/store';
import { fakeClock } from '../fakes/fake-clock';
import { memoryWriter } from '../fakes/memory-writer';

vi.mock('wxt/browser', () => ({
  browser: {
    alarms: { create: async () => undefined, clear: async () => true },
    runtime: { getPlatformInfo: async () => ({}) },
  },
}));

const CALLER = { role: 'popup', tabId: null, documentId: null, url: '' } as const;
const VALID = [
  { kind: 'consent', reason: '' },
  { kind: 'contract', reason: 'Order 12' },
  { kind: 'legitimate-interest', reason: 'Asked us at the fair.' },
];
const INVALID = [
  null,
  {},
  'consent',
  [],
  { kind: 'consent' },
  { kind: 'legitimate-interest', reason: 'short' },
  { kind: 'made-up', reason: 'A reason in words.' },
  { kind: 'consent', reason: '', more: true },
];
const LEAD: ObjectDescription = {
  object: 'lead',
  fields: [described('LastName', { required: true }), described('Email', { type: 'email' })],
  recordTypes: [],
  modelNames: { lastName: 'LastName', email: 'Email' },
  deletable: true,
  convertible: false,
};

const who = fc.constantFrom('p0', 'p1', 'p2');
const choice = fc.constantFrom('ask' as const, 'create' as const);
const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), who, basis: fc.constantFrom<unknown>(...VALID, ...INVALID), choice }),
  fc.record({ kind: fc.constant('retry' as const), who, choice }),
  fc.record({ kind: fc.constant('edit' as const), who }),
  fc.record({ kind: fc.constant('object' as const), who, flag: fc.constantFrom('doNotCall' as const, 'emailOptOut' as const) }),
  fc.record({ kind: fc.constant('network' as const), online: fc.boolean() }),
  fc.record({ kind: fc.constant('worker' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Takes `steps` and gives, for every Lead that came into the CRM, whether it might. */
async function creations(steps: readonly Step[]): Promise<{ lawful: boolean }[]> {
  const clock = fakeClock();
  const crm = memoryWriter(clock);
  const disk = await testStore({ ...placement, lines: SEARCH_LINES });
  let online = true;
  vi.stubGlobal('navigator', {
    language: 'en',
    get onLine() {
      return online;
    },
    locks: { request: async (_: string, __: unknown, work: (lock: object) => unknown) => work({}) },
  });
  const copy = { store: disk.store, boxes: createSealedBoxes(disk.db, createCipher(disk.root), 'c1') };
  const connector = { writer: crm.writer, read: async () => null, recordUrl: (_: string, id: string) => id };
  function worker() {
    const runner = { overtaken: createOvertaken(clock) };
    const live = { entry: { id: 'c1', crm: 'salesforce' }, connector, copy, runner } as unknown as LiveConnection;
    const connections = { get: async () => live, ready: async () => [live] } as unknown as Connections;
    const forms = { described: async () => LEAD, outdate: async () => undefined, requireAllowed: async () => undefined };
    const nothing = () => undefined;
    const outboxes = createOutboxes({ connections, forms, clock, onChange: nothing, onCopied: nothing, onSettled: nothing });
    const handlers = createOutboxHandlers({ connections, outboxes, forms, clock, onChange: () => undefined }) as Handlers;
    return { outboxes, handlers };
  }
  let { outboxes, handlers } = worker();
  const sealed = new Map<string, unknown>();
  const objected = new Set<string>();
  const seen: { lawful: boolean }[] = [];

  async function take(one: Step): Promise<unknown> {
    switch (one.kind) {
      case 'send': {
        const values = { LastName: one.who, Email: `${one.who}@acme.com` };
        const draft = { draftId: one.who, connectionId: 'c1', object: 'lead' as const, recordTypeId: null, values };
        sealed.set(one.who, VALID.includes(one.basis as (typeof VALID)[number]) ? one.basis : (sealed.get(one.who) ?? null));
        return handlers['outbox.send'](
          { ...draft, basis: one.basis, source: null, assign: false, duplicates: one.choice },
          CALLER,
        );
      }
      case 'retry':
        return handlers['outbox.retry']({ connectionId: 'c1', id: one.who, duplicates: one.choice }, CALLER);
      case 'edit':
        return handlers['outbox.edit']({ connectionId: 'c1', id: one.who }, CALLER);
      case 'object': {
        objected.add(one.who);
        const fields = { name: 'Somebody', email: `${one.who}@acme.com`, [one.flag]: true };
        const upserts = [record('contact', `c-${one.who}`, fields)];
        return disk.store.apply({ object: 'contact', upserts, deletions: [], newBefore: null });
      }
      case 'network':
        online = one.online;
        return null;
      case 'worker':
        outboxes.stopAll();
        ({ outboxes, handlers } = worker());
        clock.wait(120_000);
        return outboxes.runAll(true);
    }
  }

  for (const one of steps) {
    const before = crm.records.length;
    // What cannot be asked for now is refused with an error; what matters is what came into the CRM.
    await take(one).catch(() => undefined);
    for (const { values } of crm.records.slice(before)) {
      const name = String(values.LastName);
      seen.push({ lawful: (sealed.get(name) ?? null) !== null && !objected.has(name) });
    }
  }
  return seen;
}

describe('people that come into the CRM', () => {
  let created = 0;

  it('have a valid basis and have not objected, whatever was sent, retried, edited and replayed', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const all = await creations(steps);
        created += all.length;
        expect(all.filter(({ lawful }) => !lawful)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(created).toBeGreaterThan(20);
  });

  afterAll(() => console.info(`people created: ${created}`));
});
