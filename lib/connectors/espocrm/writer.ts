import { AppError } from '@/lib/shared/errors';
import type {
  CreatableObject,
  CreateOptions,
  CreateOutcome,
  CreateValues,
  NewRecord,
  NewRecords,
  RecordWriter,
} from '../creation-contract';
import { refusedAs } from './api-errors';
import { createdRecord, listAnswer } from './api-schemas';
import { changeRecord, removeRecord } from './change-record';
import { jsonIn, lostOr } from '../key-client';
import type { EspoClient } from './client';
import { refusalOf } from './create-outcome';
import type { Entity } from './describe';
import { type Described, describeObject } from './describe-object';
import { lookUpRecords, type Parents } from './look-up';
import { ESPO_OBJECT, espoTime, listPath } from './queries';
import { comparable, isSame, sentValues } from './sent-values';

/** Clocks of the CRM's machines are this far apart at most. */
const MARGIN_MS = 60_000;

/** The writing side of an EspoCRM connection. */
export function createWriter(client: EspoClient): RecordWriter {
  const known = new Map<CreatableObject, Described>();
  /** Of which entity type the records are that were found while somebody typed. */
  const parents: Parents = new Map();

  async function describeAnew(object: CreatableObject): Promise<Described> {
    const described = await describeObject(client, object);
    known.set(object, described);
    return described;
  }
  const described = async (object: CreatableObject) => known.get(object) ?? (await describeAnew(object));

  /** One record. @throws AppError `create.unclear` when the answer was lost */
  async function post(object: CreatableObject, entity: Entity, body: unknown, allowDuplicate: boolean) {
    const headers = allowDuplicate ? { 'x-skip-duplicate-check': 'true' } : {};
    const request = { method: 'POST', path: ESPO_OBJECT[object], body, headers } as const;
    const answer = await client.send(request).catch((error) => Promise.reject(lostOr(error)));
    if (answer.status >= 500) throw lostOr(refusedAs(answer));
    if (answer.status >= 400) return refusalOf(answer, ESPO_OBJECT[object], entity);
    const parsed = createdRecord.safeParse(lostIfUnreadable(answer));
    if (!parsed.success) throw new AppError('create.unclear');
    return { kind: 'created' as const, id: parsed.data.id };
  }

  /** A Task needs to be told the kind of its parent. */
  async function withParent(values: CreateValues, entity: Entity): Promise<CreateValues> {
    const { parentId } = values;
    if (typeof parentId !== 'string') return values;
    const types = entity.fields.get('parent')?.entityList ?? [];
    const parentType = parents.get(parentId) ?? (await typeOf(client, parentId, types));
    return parentType ? { ...values, parentType } : values;
  }

  async function create({ record, tasks }: NewRecords, { allowDuplicate }: CreateOptions): Promise<CreateOutcome> {
    const { entity } = await described(record.object);
    const values = await withParent(record.values, entity);
    const made = await post(record.object, entity, sentValues({ values, basis: record.basis }, entity), allowDuplicate);
    if (made.kind !== 'created') return made;
    const taskIds: string[] = [];
    for (const task of tasks) {
      const outcome = await createTask(task, { parentId: made.id, parentType: ESPO_OBJECT[record.object] });
      if (outcome.kind === 'created') taskIds.push(outcome.id);
      else return takenBack(record.object, made.id, taskIds, outcome);
    }
    return { kind: 'created', id: made.id, taskIds, doubles: [] };
  }

  async function createTask(task: CreateValues, parent: CreateValues) {
    const { entity } = await described('task');
    const { userId } = await client.session();
    const assigned = task.assignedUserId === undefined ? { assignedUserId: userId } : {};
    return post('task', entity, sentValues({ values: { ...assigned, ...task, ...parent }, basis: null }, entity), true);
  }

  /** EspoCRM has no transaction over several records: what was made is removed again, as far as the role allows it. */
  async function takenBack(
    object: CreatableObject,
    id: string,
    taskIds: string[],
    refusal: Exclude<CreateOutcome, { kind: 'created' }>,
  ): Promise<CreateOutcome> {
    for (const taskId of taskIds) await removeRecord(client, 'task', taskId);
    if (!(await removeRecord(client, object, id))) return { kind: 'created', id, taskIds: [], doubles: [] };
    const words = refusal.kind === 'invalid' ? [...refusal.formErrors, ...Object.values(refusal.fieldErrors)] : [];
    return { kind: 'invalid', fieldErrors: {}, formErrors: words };
  }

  async function findCreated(record: NewRecord, since: string): Promise<string[]> {
    const { userId } = await client.session();
    const { entity } = await described(record.object);
    const sent = Object.entries(comparable(sentValues(record, entity)));
    const from = espoTime(new Date(Date.parse(since) - MARGIN_MS).toISOString());
    const path = listPath(ESPO_OBJECT[record.object], {
      select: ['id', ...sent.map(([name]) => name)],
      where: [
        { type: 'equals', attribute: 'createdById', value: userId },
        { type: 'greaterThanOrEquals', attribute: 'createdAt', value: from },
      ],
      orderBy: 'createdAt',
    });
    const { list } = await client.get(path, listAnswer);
    return list.flatMap((row) => {
      const held = row as Record<string, unknown>;
      return typeof held.id === 'string' && sent.every(([name, value]) => isSame(value, held[name])) ? [held.id] : [];
    });
  }

  return {
    describe: async (object) => (await describeAnew(object)).description,
    async lookUp(object, field, text) {
      const { description } = await described(object);
      const references = description.fields.find(({ name }) => name === field)?.references ?? [];
      return lookUpRecords(client, references, text, parents);
    },
    create,
    findCreated,
    update: async (object, id, values, readAt) => {
      const { entity } = await described(object);
      return changeRecord(client, { object, id, entity }, values, readAt);
    },
    remove: (object, id) => removeRecord(client, object, id),
    // Its own call for it takes the fields of all three new records, which no form of ours asks for.
    convertLead: () => Promise.reject(new AppError('crm.refused')),
  };
}

function lostIfUnreadable(answer: Parameters<typeof jsonIn>[0]): unknown {
  try {
    return jsonIn(answer);
  } catch (error) {
    throw lostOr(error);
  }
}

/** Which of these entity types has a record of this id; null when none that can be seen has. */
async function typeOf(client: EspoClient, id: string, types: readonly string[]): Promise<string | null> {
  for (const type of types.filter((one) => /^\w+$/.test(one))) {
    const path = listPath(type, {
      select: ['id'],
      where: [{ type: 'equals', attribute: 'id', value: id }],
      maxSize: 1,
      orderBy: 'id',
    });
    const found = await client.get(path, listAnswer).catch(() => null);
    if (found && found.list.length > 0) return type;
  }
  return null;
}
