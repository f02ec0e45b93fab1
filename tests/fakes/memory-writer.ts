import type {
  CreatableObject,
  CreateOutcome,
  CreateValues,
  NewRecords,
  ObjectDescription,
  RecordWriter,
  ObjectionOutcome,
  UpdateOutcome,
} from '@/lib/connectors/creation-contract';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';

interface HeldRecord {
  id: string;
  object: CreatableObject;
  values: CreateValues;
  at: number;
}

/** A CRM in memory behind the contract of the writing side, with what may go wrong on the way there and back. */
export function memoryWriter(clock: Clock) {
  const records: HeldRecord[] = [];
  const calls: string[] = [];
  /** Called before the CRM does what it is asked, and after it has. What they throw is the call's error. */
  const on: { before: (call: string) => unknown; after: (call: string) => unknown } = {
    before: () => undefined,
    after: () => undefined,
  };
  /** What the CRM says instead of creating. */
  const answers: CreateOutcome[] = [];
  let made = 0;

  async function called<T>(name: string, work: () => T): Promise<T> {
    calls.push(name);
    await on.before(name);
    const result = work();
    await on.after(name);
    return result;
  }

  function put(object: CreatableObject, values: CreateValues): string {
    made += 1;
    const id = `${object}-${made}`;
    records.push({ id, object, values, at: clock.now() });
    return id;
  }

  const same = (one: CreateValues, other: CreateValues) => Object.entries(one).every(([name, value]) => other[name] === value);

  const writer: RecordWriter = {
    describe: (): Promise<ObjectDescription> => Promise.reject(new AppError('crm.object-missing')),
    lookUp: async () => [],
    create: ({ record, tasks }: NewRecords) =>
      called('create', (): CreateOutcome => {
        const answer = answers.shift();
        if (answer) return answer;
        const id = put(record.object, record.values);
        return { kind: 'created', id, taskIds: tasks.map((task) => put('task', task)), doubles: [] };
      }),
    findCreated: ({ object, values }, since) =>
      called('findCreated', () =>
        records
          .filter((one) => one.object === object && one.at >= Date.parse(since) && same(values, one.values))
          .map(({ id }) => id),
      ),
    update: (object, id, values, readAt) =>
      called('update', (): UpdateOutcome => {
        const held = records.find((one) => one.id === id && one.object === object);
        if (!held) return { kind: 'gone' };
        if (readAt !== null && held.at > Date.parse(readAt)) {
          return { kind: 'conflict', current: held.values, modifiedAt: new Date(held.at).toISOString() };
        }
        Object.assign(held, { values: { ...held.values, ...values }, at: clock.now() });
        return { kind: 'updated' };
      }),
    remove: (_, id) =>
      called('remove', () => {
        const at = records.findIndex((one) => one.id === id);
        if (at >= 0) records.splice(at, 1);
        return true;
      }),
    noteObjection: (object, id) =>
      called('noteObjection', (): ObjectionOutcome => {
        const held = records.find((one) => one.id === id && one.object === object);
        if (!held) return { kind: 'gone' };
        Object.assign(held, { values: { ...held.values, DoNotCall: true }, at: clock.now() });
        return { kind: 'noted', missing: [] };
      }),
    convertLead: async () => ({ invalid: 'not here' }),
  };
  return { writer, records, calls, on, answers, put };
}
