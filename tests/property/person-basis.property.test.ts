import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { CreatableObject } from '@/lib/connectors/creation-contract';
import { CONSENT, CONTRACT, IN_WORDS, interest, TEMPLATE } from '../builders/basis';
import { creationWorld } from '../builders/creation-world';
import { record } from '../builders/records';

vi.mock('wxt/browser', () => ({
  browser: {
    alarms: { create: async () => undefined, clear: async () => true },
    runtime: { getPlatformInfo: async () => ({}) },
  },
}));

const CALLER = { role: 'popup', tabId: null, documentId: null, url: '' } as const;
const { version: _version, hash, ...TEXTS } = TEMPLATE;
const PLAIN = [CONSENT, CONTRACT];
/** Carry a person only as long as the company's answers are those of this version. */
const ON_ANSWERS = [1, 2, 3].flatMap((version) => [
  { ...interest(), template: { version, hash } },
  { ...interest({ minds: true }, 'Asked us at the fair.'), template: { version, hash } },
]);
const FIRST = { version: 1, hash };
const INVALID: unknown[] = [
  null,
  {},
  'consent',
  [],
  { kind: 'consent' },
  { kind: 'made-up', note: 'A reason in words.' },
  { ...CONTRACT, more: true },
  { ...CONSENT, givenOn: '2999-01-01' },
  { ...CONSENT, givenOn: '2026-02-30' },
  { ...CONSENT, way: 'magic' },
  { kind: 'legal-obligation', note: 'The company does not offer it.' },
  { ...interest({ expected: false }), template: FIRST },
  { ...interest(), template: { version: 1, hash: '0123456789abcdef' } },
  { ...interest(), template: 1 },
  { ...IN_WORDS, note: 'short' },
  { ...IN_WORDS, note: 'a'.repeat(40) },
  { ...interest({ workData: false }, 'short'), template: FIRST },
  { kind: 'legitimate-interest', template: FIRST, answers: { workData: true }, override: '' },
];

const who = fc.constantFrom('p0', 'p1', 'p2');
const choice = fc.constantFrom('ask' as const, 'create' as const);
const person = fc.constantFrom('lead' as const, 'contact' as const);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      who,
      object: person,
      basis: fc.constantFrom<unknown>(...PLAIN, IN_WORDS, ...ON_ANSWERS, ...INVALID),
      fromSite: fc.boolean(),
      choice,
    }),
  },
  fc.record({ kind: fc.constant('retry' as const), who, choice }),
  fc.record({ kind: fc.constant('edit' as const), who }),
  fc.record({ kind: fc.constant('objects' as const), who, flag: fc.constantFrom('doNotCall' as const, 'emailOptOut' as const) }),
  fc.record({ kind: fc.constant('suppress' as const), who }),
  fc.record({ kind: fc.constant('answers' as const) }),
  fc.record({ kind: fc.constant('require' as const), on: fc.boolean() }),
  fc.record({ kind: fc.constant('damage' as const), box: fc.constantFrom('suppression' as const, 'basis-template' as const) }),
  fc.record({ kind: fc.constant('new list' as const) }),
  fc.record({ kind: fc.constant('network' as const), online: fc.boolean() }),
  fc.record({ kind: fc.constant('worker' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Creation {
  lawful: boolean;
  isOnInterest: boolean;
}

/** Takes `steps` and gives, for every person that came into the CRM, whether they might. */
async function creations(steps: readonly Step[]): Promise<Creation[]> {
  const { clock, crm, disk, worker } = await creationWorld();
  let online = true;
  vi.stubGlobal('navigator', {
    language: 'en',
    get onLine() {
      return online;
    },
    locks: { request: async (_: string, __: unknown, work: (lock: object) => unknown) => work({}) },
  });
  let { outboxes, handlers } = worker();
  /** Every basis that was ever given for somebody; which of them lies sealed is the product's to say. */
  const given = new Map<string, unknown[]>();
  const objected = new Set<string>();
  const suppressed = new Set<string>();
  let version = 0;
  let isRequired = false;
  const damaged = new Set<string>();
  const seen: Creation[] = [];

  const carries = (basis: unknown) =>
    PLAIN.some((one) => one === basis) ||
    (basis === IN_WORDS && version === 0 && !isRequired) ||
    ON_ANSWERS.some((one) => one === basis && one.template.version === version);

  async function take(one: Step): Promise<unknown> {
    switch (one.kind) {
      case 'send': {
        const values = { LastName: one.who, Email: `${one.who}@acme.com` };
        const draft = { draftId: one.who, connectionId: 'c1', object: one.object, recordTypeId: null, values };
        given.set(one.who, [...(given.get(one.who) ?? []), one.basis]);
        const source = one.fromSite ? { url: 'https://acme.com/' } : null;
        return handlers['outbox.send']({ ...draft, basis: one.basis, source, assign: false, duplicates: one.choice }, CALLER);
      }
      case 'retry':
        return handlers['outbox.retry']({ connectionId: 'c1', id: one.who, duplicates: one.choice }, CALLER);
      case 'edit':
        return handlers['outbox.edit']({ connectionId: 'c1', id: one.who }, CALLER);
      case 'objects': {
        objected.add(one.who);
        const fields = { name: 'Somebody', email: `${one.who}@acme.com`, [one.flag]: true };
        const upserts = [record('contact', `c-${one.who}`, fields)];
        return disk.store.apply({ object: 'contact', upserts, deletions: [], newBefore: null });
      }
      case 'suppress':
        if (!damaged.has('suppression')) suppressed.add(one.who);
        return handlers['basis.suppress']({ connectionId: 'c1', contact: `${one.who}@acme.com`, on: true }, CALLER);
      case 'answers':
        version = damaged.delete('basis-template') ? 1 : version + 1;
        return handlers['basis.saveTemplate']({ connectionId: 'c1', texts: TEXTS }, CALLER);
      case 'require':
        isRequired = one.on;
        return handlers['basis.requireTemplate']({ connectionId: 'c1', on: one.on }, CALLER);
      case 'damage':
        damaged.add(one.box);
        return disk.db.boxes.put({ name: one.box, b: new Uint8Array(300) });
      case 'new list':
        // Whoever was on the list is forgotten with it; who has objected in the CRM has not.
        if (damaged.delete('suppression')) suppressed.clear();
        return handlers['basis.resetSuppressed']({ connectionId: 'c1' }, CALLER);
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

  const isPerson = (object: CreatableObject) => object === 'lead' || object === 'contact';
  for (const one of steps) {
    const before = crm.records.length;
    // What cannot be asked for now is refused with an error; what matters is what came into the CRM.
    await take(one).catch(() => undefined);
    for (const { values, object } of crm.records.slice(before)) {
      if (!isPerson(object)) continue;
      const name = String(values.LastName);
      const bases = given.get(name) ?? [];
      const isOnInterest = !bases.some((basis) => PLAIN.some((plain) => plain === basis));
      seen.push({
        lawful: bases.some(carries) && !objected.has(name) && !suppressed.has(name) && damaged.size === 0,
        isOnInterest,
      });
    }
  }
  return seen;
}

describe('people that come into the CRM', () => {
  const created: Creation[] = [];

  it('have a valid basis and have not objected, whatever was sent, retried, edited and replayed', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const all = await creations(steps);
        created.push(...all);
        expect(all.filter(({ lawful }) => !lawful)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(created.length).toBeGreaterThan(20);
    expect(created.some(({ isOnInterest }) => isOnInterest)).toBe(true);
  });

  afterAll(() => console.info(`people created: ${created.length}`));
});
