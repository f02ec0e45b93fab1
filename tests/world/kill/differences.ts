import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { FIELD_ORDER } from '@/lib/storage/tables';
import type { Sandbox } from '../../sandbox-crm/sandbox.ts';
import { comparedFields, orgContent } from './org-content.ts';
import type { DiskContent } from './reader-page';

const MOST_OF_A_KIND = 5;

/**
 * In what a copy differs from the CRM, record by record and field by field, and in what it contradicts itself. A record is
 * named by object and id; of each kind of difference the first five are.
 */
export function differencesFrom(sandbox: Sandbox, wanted: ReadonlySet<ObjectKind>, disk: DiskContent): string[] {
  const expected = orgContent(sandbox, wanted);
  return [
    ...OBJECTS.flatMap((object) => ofObject(object, expected[object], disk)),
    ...firstOf(disk.contradictions, (one) => one.split(':')[0] ?? ''),
  ];
}

function ofObject(object: ObjectKind, expected: ReadonlyMap<string, readonly unknown[]>, disk: DiskContent): string[] {
  const found: { kind: string; id: string }[] = [];
  const seen = new Set<string>();
  const names = comparedFields(object);
  const order: readonly string[] = FIELD_ORDER[object];
  for (const [id, stamp, values] of disk.records[object]) {
    if (seen.has(id)) found.push({ kind: 'twice', id });
    seen.add(id);
    const wanted = expected.get(id);
    if (!wanted) found.push({ kind: 'too much', id });
    else if (wanted[0] !== stamp) found.push({ kind: 'not as new', id });
    else {
      const wrong = names.filter((name, index) => values[order.indexOf(name)] !== wanted[index + 1]);
      if (wrong.length > 0) found.push({ kind: `wrong in ${wrong.join()}`, id });
    }
  }
  for (const id of expected.keys()) if (!seen.has(id)) found.push({ kind: 'missing', id });
  const listed = firstOf(
    found.map(({ kind, id }) => `${object} ${kind}: ${id}`),
    (one) => one.split(':')[0] ?? '',
  );
  const count = disk.counts[object];
  return count === expected.size ? listed : [...listed, `${object}: counted ${count} instead of ${expected.size}`];
}

function firstOf(all: readonly string[], kindOf: (one: string) => string): string[] {
  return [...Map.groupBy(all, kindOf).values()].flatMap((some) =>
    some.length <= MOST_OF_A_KIND ? some : [...some.slice(0, MOST_OF_A_KIND), `… ${some.length} of these`],
  );
}
