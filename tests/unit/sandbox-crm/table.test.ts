/** The rows of an object stay in their orders, whatever is done to them and in whatever order it is looked at. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../sandbox-crm/org/schema/schema.ts';
import { createTable } from '../../sandbox-crm/org/table.ts';
import type { Row } from '../../sandbox-crm/org/table.ts';

const schema = createSchema({ multiCurrency: false, hiddenFields: [], readOnlyFields: [], readOnlyObjects: [] }, () => 0);
const account = schema.object('Account') ?? expect.fail('no Account');

interface Step {
  what: 'put' | 'drop' | 'look';
  id: number;
  stamp: number;
}

const step = fc.record<Step>({
  what: fc.constantFrom('put', 'put', 'drop', 'look'),
  id: fc.nat(40),
  stamp: fc.nat(12),
});
const rowOf = ({ id, stamp }: Step): Row => ({
  Id: `001${String(id).padStart(3, '0')}`,
  SystemModstamp: `2026-01-${10 + stamp}`,
});
const keys = (rows: readonly Row[]) => rows.map((row) => `${row.SystemModstamp} ${row.Id}`);

describe('a table', () => {
  it('lists what it holds by id and by stamp, and never changes a list it gave out', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.nat(200), (steps, filling) => {
        const table = createTable(account);
        const held = new Map<string, Row>();
        const given: { list: readonly Row[]; copy: string[] }[] = [];
        const put = (row: Row) => {
          table.put(row);
          held.set(row.Id, row);
        };
        for (let id = 0; id < filling; id++) put(rowOf({ what: 'put', id: id + 100, stamp: id % 7 }));
        for (const one of [...steps, { what: 'look', id: 0, stamp: 0 } as const]) {
          const row = rowOf(one);
          if (one.what === 'put') put(row);
          if (one.what === 'drop') {
            table.drop(row.Id);
            held.delete(row.Id);
          }
          if (one.what !== 'look') continue;
          const [byId, byModstamp] = [table.all(), table.byModstamp()];
          expect(keys(byModstamp)).toEqual(keys([...held.values()]).sort());
          expect(byId.map((entry) => entry.Id)).toEqual([...held.keys()].sort());
          given.push({ list: byModstamp, copy: keys(byModstamp) }, { list: byId, copy: keys(byId) });
        }
        for (const { list, copy } of given) expect(keys(list)).toEqual(copy);
      }),
    );
  });

  it('shows in a snapshot what it held when that was taken', () => {
    fc.assert(
      fc.property(fc.array(step), fc.array(step), (before, after) => {
        const table = createTable(account);
        const apply = (one: Step) => (one.what === 'drop' ? table.drop(rowOf(one).Id) : table.put(rowOf(one)));
        before.forEach(apply);
        const then = new Map(table.all().map((row) => [row.Id, row]));
        const snapshot = table.snapshot();
        after.forEach(apply);
        for (let id = 0; id <= 40; id++) {
          const { Id } = rowOf({ what: 'look', id, stamp: 0 });
          expect(snapshot.get(Id)).toBe(then.get(Id));
        }
      }),
    );
  });
});
