import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import type { Org } from '../../sandbox-crm/org/org.ts';
import type { Choices } from './choices';
import { expectedDomains, type ExpectedRecord, expectedRecords, homeOf } from './expected-copy';

/** In what the copy differs from the CRM, a line each: records with all of their fields, counts and indexes. */
export async function differences(store: RecordStore, org: Org, choices: Choices, homes: Set<string>): Promise<string[]> {
  const found: string[] = [];
  const counts = await store.counts();
  for (const object of OBJECTS) {
    const expected = expectedRecords(org, object, choices);
    found.push(...(await differentRecords(store, object, expected)));
    if ((counts[object] ?? 0) !== expected.size) found.push(`${object}: counted ${counts[object]}, has to be ${expected.size}`);
    found.push(...(await misplaced(store, object, [...expected.values()], homes)));
  }
  for (const [domain, ids] of expectedDomains(expectedRecords(org, 'account', choices).values())) {
    const there = await store.accountsAt(domain);
    if (!isSame(there.sort(), ids.sort())) found.push(`${domain}: finds ${there}, has to find ${ids}`);
  }
  return found;
}

async function differentRecords(store: RecordStore, object: ObjectKind, expected: ReadonlyMap<string, ExpectedRecord>) {
  const found: string[] = [];
  const seen = new Set<string>();
  for await (const group of store.all(object)) {
    for (const record of group) {
      const wanted = expected.get(record.id);
      if (seen.has(record.id)) found.push(`${object} ${record.id}: twice`);
      seen.add(record.id);
      if (!wanted) found.push(`${object} ${record.id}: should not be in the copy`);
      else if (!isSame(record, wanted)) found.push(`${object} ${record.id}: ${unequal(record, wanted)}`);
    }
  }
  for (const id of expected.keys()) if (!seen.has(id)) found.push(`${object} ${id}: is missing`);
  return found;
}

/** Looks at every place at which a record ever was: nothing may be left behind there. */
async function misplaced(store: RecordStore, object: ObjectKind, expected: readonly ExpectedRecord[], homes: Set<string>) {
  const found: string[] = [];
  for (const record of expected) homes.add(homeOf(record));
  for (const home of homes) {
    const there = (await store.at(object, home)).map(({ id }) => id).sort();
    const wanted = expected.filter((record) => homeOf(record) === home).map(({ id }) => id);
    if (!isSame(there, wanted.sort())) found.push(`${object} at ${home}: ${there}, has to be ${wanted}`);
  }
  return found;
}

const isSame = (one: unknown, other: unknown) => sorted(one) === sorted(other);

/** As text with the keys in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function unequal(record: object, wanted: object): string {
  const flat = (one: object): Record<string, unknown> => {
    const { fields = {}, custom = {}, ...rest } = one as Record<string, object>;
    return { ...rest, ...fields, ...Object.fromEntries(Object.entries(custom).map(([key, value]) => [`custom.${key}`, value])) };
  };
  const [has, needs] = [flat(record), flat(wanted)];
  const names = [...new Set([...Object.keys(has), ...Object.keys(needs)])].filter((name) => !isSame(has[name], needs[name]));
  return names.map((name) => `${name} is ${JSON.stringify(has[name])}, has to be ${JSON.stringify(needs[name])}`).join('; ');
}
