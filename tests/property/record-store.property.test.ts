import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import { record } from '../builders/records';
import { plainPlacement, testStore } from '../builders/store';

const ids = fc.integer({ min: 0, max: 400 }).map((n) => `id${n}`);
const accountIds = fc.integer({ min: 0, max: 30 }).map((n) => `acc${n}`);
const domains = fc.subarray(['a.com', 'b.com', 'c.de', 'd.co.uk']).map((list) => list.join(' ') || null);

const mailDomains = fc.constantFrom('a.com', 'b.com', null);

type Step =
  | { do: 'contacts'; upserts: { id: string; accountId: string | null; email: string | null }[]; deletions: string[] }
  | { do: 'accounts'; upserts: { id: string; website: string | null }[]; deletions: string[] }
  | { do: 'compact' }
  | { do: 'reopen' }
  | { do: 'new rules' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('contacts' as const),
        upserts: fc.array(fc.record({ id: ids, accountId: fc.option(accountIds), email: mailDomains }), { maxLength: 8 }),
        deletions: fc.array(ids, { maxLength: 6 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('accounts' as const),
        upserts: fc.array(fc.record({ id: accountIds, website: domains }), { maxLength: 20 }),
        deletions: fc.array(accountIds, { maxLength: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: 'compact' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'new rules' as const }) },
  ),
  { minLength: 20, maxLength: 40 },
);

async function contentOf(store: RecordStore, object: 'contact' | 'account'): Promise<Map<string, AnyRecord>> {
  const content = new Map<string, AnyRecord>();
  for await (const group of store.all(object)) {
    for (const found of group) {
      expect(content.has(found.id), `${found.id} was read twice`).toBe(false);
      content.set(found.id, found as AnyRecord);
    }
  }
  return content;
}

describe('record store', () => {
  describe('given any sequence of batches, compactions and worker deaths', () => {
    it('holds exactly what the batches left, found by id, by home and by domain', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const test = await testStore();
          let store = test.store;
          let rules = plainPlacement;
          const model = { contact: new Map<string, AnyRecord>(), account: new Map<string, AnyRecord>() };
          let time = Date.parse('2026-01-01T00:00:00.000Z');
          const filled = Array.from({ length: 400 }, (_, n) => record('contact', `id${n}`, { accountId: `acc${n % 30}` }));
          await store.apply({ object: 'contact', upserts: filled, deletions: [], newBefore: null }, null);
          for (const row of filled) model.contact.set(row.id, row);
          for (const step of sequence) {
            if (step.do === 'compact') await store.compact();
            else if (step.do === 'reopen') store = test.reopen(rules);
            else if (step.do === 'new rules') {
              // As by a build with other rules: what is known by the old ones has to be found by the new.
              await store.placed();
              rules = { ...rules, version: rules.version + 1 };
              store = test.reopen(rules);
              await store.placed();
            } else {
              time += 1000;
              const stamp = new Date(time).toISOString();
              const object = step.do === 'contacts' ? 'contact' : 'account';
              const upserts = step.upserts.map((row) =>
                'website' in row
                  ? record('account', row.id, { website: row.website }, stamp)
                  : record('contact', row.id, { accountId: row.accountId, email: row.email }, stamp),
              );
              await store.apply({ object, upserts, deletions: step.deletions, newBefore: null }, { at: stamp });
              for (const row of upserts) model[object].set(row.id, row);
              for (const id of step.deletions) model[object].delete(id);
            }
          }
          await store.compact();
          const counts = await store.counts();
          for (const object of ['contact', 'account'] as const) {
            expect(await contentOf(store, object)).toEqual(model[object]);
            expect(counts[object]).toBe(model[object].size);
          }
          const contacts = [...model.contact.values()];
          for (const home of new Set(contacts.map((row) => (row.object === 'contact' && row.fields.accountId) || row.id))) {
            const expected = contacts.filter((row) => ((row.object === 'contact' && row.fields.accountId) || row.id) === home);
            const found = await store.at('contact', home);
            expect(found.map((row) => row.id).sort()).toEqual(expected.map((row) => row.id).sort());
          }
          const [one] = contacts;
          if (one) expect(await store.get('contact', one.id)).toEqual(one);
          for (const domain of ['a.com', 'b.com', 'c.de', 'd.co.uk']) {
            const owners = [...model.account.values()].filter(
              (row) => row.object === 'account' && row.fields.website?.split(' ').includes(domain),
            );
            expect((await store.accountsAt(domain)).sort()).toEqual(owners.map((row) => row.id).sort());
            const people = contacts.flatMap((row) =>
              row.object === 'contact' && row.fields.email === domain ? [{ id: row.id, home: row.fields.accountId }] : [],
            );
            const found = (await store.indexed([`@${domain}`])).get(`@${domain}`) ?? [];
            const inOrder = (list: typeof found) => [...list].sort((a, b) => a.id.localeCompare(b.id));
            expect(inOrder(found)).toEqual(inOrder(people));
          }
        }),
        { numRuns: 60 },
      );
    });
  });
});
