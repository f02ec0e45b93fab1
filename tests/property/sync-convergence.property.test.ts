import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectKind } from '@/lib/crm/records';
import { defaultSelection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import { runSync } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { testStore } from '../builders/store';
import { createMemoryConnector, createMemoryCrm } from '../fakes/memory-connector';

const WINDOW_MS = 60 * 60_000;
const OBJECTS = ['account', 'contact', 'lead'] as const;

interface Change {
  do: 'save' | 'delete';
  object: (typeof OBJECTS)[number];
  id: number;
  account: number | null;
  domain: string | null;
}
type Step =
  | { do: 'changes'; changes: Change[] }
  | { do: 'wait'; ms: number }
  | { do: 'sync'; killAt: number; how: 'error' | 'abort' | 'not'; during: Change[]; restart: boolean };

const changes: fc.Arbitrary<Change> = fc.record({
  do: fc.constantFrom('save', 'save', 'save', 'delete'),
  object: fc.constantFrom(...OBJECTS),
  id: fc.nat({ max: 11 }),
  account: fc.option(fc.nat({ max: 3 })),
  domain: fc.option(fc.constantFrom('a.com', 'b.com', 'a.com b.com')),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('changes' as const),
        changes: fc.array(changes, { minLength: 1, maxLength: 8, size: 'max' }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1000, 30_000, 2 * WINDOW_MS) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('sync' as const),
        killAt: fc.integer({ min: 1, max: 20 }),
        how: fc.constantFrom('error' as const, 'abort' as const, 'not' as const),
        during: fc.array(changes, { maxLength: 4, size: 'max' }),
        restart: fc.boolean(),
      }),
    },
  ),
  { minLength: 4, maxLength: 14, size: 'max' },
);

async function contentOf(store: RecordStore, object: ObjectKind) {
  const found = [];
  for await (const group of store.all(object)) found.push(...group);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Finding the shortest failing sequence takes longer than all sequences that pass. */
const LONGEST_MS = 10 * 60_000;

describe('a sync of any CRM', () => {
  it('leaves the copy equal to it after any changes and any runs that were killed at any call', {
    timeout: LONGEST_MS,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(8, 3, 20_000), async (sequence, batchRecords) => {
        const test = await testStore();
        let store = test.store;
        const crm = createMemoryCrm();
        const make = ({ object, id, account, domain, ...change }: Change) => {
          if (change.do === 'delete') return crm.delete(object, `${object}-${id}`);
          if (object === 'account') return crm.save(object, `account-${id}`, { website: domain, name: `at ${crm.now()}` });
          if (object === 'contact')
            return crm.save(object, `contact-${id}`, {
              accountId: account === null ? null : `account-${account}`,
              name: `at ${crm.now()}`,
            });
          return crm.save(object, `lead-${id}`, { name: `at ${crm.now()}` });
        };

        async function sync(step: Step & { do: 'sync' }) {
          const abort = new AbortController();
          const during = [...step.during];
          let calls = 0;
          const connector = createMemoryConnector({
            crm,
            pageSize: 3,
            deletionWindowMs: WINDOW_MS,
            onCall() {
              calls += 1;
              // Six seconds a call: every second page ends a batch.
              crm.wait(6000);
              const change = during.shift();
              if (change) make(change);
              crm.wait(1000);
              if (calls !== step.killAt) return;
              if (step.how === 'error') throw new AppError('crm.offline');
              if (step.how === 'abort') abort.abort();
            },
          });
          await runSync({
            connector,
            store,
            clock: crm,
            selection: defaultSelection(),
            batchRecords,
            approved: new Set(),
            overtaken: () => false,
            onProgress: () => undefined,
            signal: abort.signal,
            report: newReport(),
          }).catch((error: unknown) => {
            if (step.how === 'not') throw error;
          });
          if (step.restart) store = test.reopen();
        }

        for (const step of sequence) {
          if (step.do === 'wait') crm.wait(step.ms);
          else if (step.do === 'changes') for (const change of step.changes) make(change);
          else await sync(step);
          crm.wait(1000);
        }
        await sync({ do: 'sync', killAt: 0, how: 'not', during: [], restart: true });

        const counts = await store.counts();
        for (const object of OBJECTS) {
          const expected = crm.rows(object).sort((a, b) => (a.id < b.id ? -1 : 1));
          expect(await contentOf(store, object)).toEqual(expected);
          expect(counts[object]).toBe(expected.length);
        }
        for (const domain of ['a.com', 'b.com']) {
          const owners = crm.rows('account').filter((row) => row.object === 'account' && row.fields.website?.includes(domain));
          expect((await store.accountsAt(domain)).sort()).toEqual(owners.map(({ id }) => id).sort());
        }
        for (let account = 0; account < 4; account += 1) {
          const people = crm
            .rows('contact')
            .filter((row) => row.object === 'contact' && row.fields.accountId === `account-${account}`);
          const found = await store.at('contact', `account-${account}`);
          expect(found.map(({ id }) => id).sort()).toEqual(people.map(({ id }) => id).sort());
        }
      }),
      { numRuns: 250 },
    );
  });
});
