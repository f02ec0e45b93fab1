import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/shared/errors';
import { BOX_NAMES } from '@/lib/storage/sealed-boxes';
import { diagnosticsScene } from '../builders/diagnostics-scene';

/** What no report may ever hold, in the shapes that stores have for their values: as a text, as a number, in a list, as a name of a field. */
const CANARIES = [
  'pia.power@acme.com',
  '+49 711 4000123',
  'Pia Power',
  'acme.my.salesforce.com',
  '003Qy00000AbCdE',
  '00D5g000004xyzQ',
  'Bearer 6Cel800D',
];
const PHONE = 497114000123;
const canary = fc.constantFrom(...CANARIES);
const hostile: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    canary,
    fc.constant(PHONE),
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(canary, tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** Stores as they are, with something hostile wherever a value of theirs may stand. */
const at = '2026-01-01T00:00:00.000Z';
const run = fc.record({
  startedAt: fc.oneof(fc.constant(at), canary),
  endedAt: fc.oneof(fc.constant(at), canary, fc.constant(null)),
  why: fc.constantFrom('due', 'asked'),
  outcome: fc.constantFrom('ok', 'failed'),
  code: fc.oneof(canary, fc.constant('crm.busy'), fc.constant(null)),
  objects: fc.array(fc.record({ object: fc.constant('contact'), received: fc.constant(PHONE), deleted: fc.nat(9) }), {
    maxLength: 2,
  }),
  calls: fc.constantFrom(PHONE, 3),
  skipped: fc.constantFrom(PHONE, 0),
  refused: fc.constant(0),
  renewed: fc.constant(0),
});
const decision = fc.record({
  kind: fc.oneof(fc.constantFrom('link', 'ignore'), canary),
  place: canary,
  accountId: canary,
  at: canary,
});
const choice = fc.record({
  wanted: fc.boolean(),
  without: fc.array(canary, { maxLength: 3 }),
  extra: fc.array(fc.record({ name: canary, label: canary }), { maxLength: 3 }),
});
const selection = fc.record({
  objects: fc.record({ user: choice, account: choice, contact: choice, lead: choice, opportunity: choice, task: choice }),
  scope: fc.record({
    owner: fc.constantFrom('all', 'mine'),
    withWebsite: fc.boolean(),
    conditions: fc.array(fc.record({ field: canary, operator: fc.constant('is'), values: fc.array(canary) }), { maxLength: 2 }),
  }),
  reserve: fc.constantFrom(0.2, PHONE),
});
const shaped = fc.record({
  'sync-history': fc.array(run, { maxLength: 3 }),
  'site-decisions': fc.record({ decisions: fc.array(decision, { maxLength: 3 }), never: fc.array(canary, { maxLength: 2 }) }),
  selection,
  'sync-status': fc.record({
    runStartedAt: canary,
    lastSuccessAt: canary,
    lastError: fc.record({ code: canary, at: canary }),
    failures: fc.constant(PHONE),
    skipped: fc.constant(PHONE),
    calls: fc.constant(PHONE),
    usage: fc.record({ used: fc.constant(PHONE), max: fc.constantFrom(0, 1), reserve: fc.constant(PHONE) }),
  }),
});
const anything = fc.dictionary(fc.constantFrom(...BOX_NAMES), hostile, { maxKeys: BOX_NAMES.length });
const failure = fc.option(
  canary.chain((text) => fc.constantFrom(new Error(text), text, new AppError('crm.refused', { cause: text }), { code: text })),
  { nil: undefined },
);
const browser = fc.record({
  version: canary,
  language: canary,
  system: canary,
  family: canary,
  origins: fc.array(
    canary.map((text) => `https://${text}/*`),
    { maxLength: 3 },
  ),
  permissions: fc.array(canary, { maxLength: 3 }),
});
const local = fc.record({ settings: hostile, connections: hostile, receipts: hostile });

describe('a diagnostics report', () => {
  it('holds nothing of what any store, error or browser has said, and is always made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(shaped, anything), local, failure, browser, canary, async (boxes, own, error, says, host) => {
        const scene = await diagnosticsScene({ boxes, local: own, failure: error, browser: says, host });
        const text = await scene.make();
        for (const secret of [...CANARIES, String(PHONE), 'Power', 'acme']) expect(text).not.toContain(secret);
      }),
      { numRuns: 150 },
    );
  });
});
