import type { AnyRecord, FieldsOf, FieldValue, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type {
  CreatableObject,
  CreateValue,
  CreateValues,
  LookUpHit,
  NewRecord,
  RecordWriter,
  UpdateOutcome,
} from '../creation-contract';
import type { SampleBook, SampleEdit, SampleView } from './book';
import { isChangeable, sampleDescription, targetsOf } from './forms';
import { newFields, withDerived } from './new-fields';

const MOST_HITS = 10;
/** As long as the outbox may be wrong about the time. */
const MARGIN_MS = 60_000;

/**
 * The writing side of the sample CRM: all of it happens in this browser, and costs no call. It has no rules of its own for duplicates,
 * because the copy, in which they are looked for first, has all that it has.
 */
export function createSampleWriter(book: SampleBook): RecordWriter {
  return {
    describe: async (object) => sampleDescription(object),
    lookUp: async (object, field, text) => lookUp(await book.view(), targetsOf(object, field), text),
    create: ({ record, tasks }) =>
      book.edit((edit) => {
        const id = create(edit, record.object, sentValues(record));
        const taskIds = tasks.map((task) => createBeside(edit, record, id, task));
        return { kind: 'created' as const, id, taskIds, doubles: [] };
      }),
    async findCreated(record, since) {
      const values = JSON.stringify(sortedValues(sentValues(record)));
      const from = new Date(Date.parse(since) - MARGIN_MS).toISOString();
      const alike = (await book.view()).changes(record.object).flatMap(({ id, created, record: held }) => {
        const isAlike = held && created && created.at >= from && JSON.stringify(sortedValues(created.values)) === values;
        return isAlike ? [{ id, at: created.at }] : [];
      });
      return alike.sort((a, b) => a.at.localeCompare(b.at)).map(({ id }) => id);
    },
    update: (object, id, values, readAt) => book.edit((edit) => update(edit, { object, id }, values, readAt)),
    noteObjection: (object, id) =>
      book.edit((edit) => {
        const outcome = update(edit, { object, id }, { doNotCall: true, emailOptOut: true }, null);
        return outcome.kind === 'gone' ? outcome : { kind: 'noted' as const, missing: [] };
      }),
    remove: (object, id) =>
      book.edit(({ view, drop }) => {
        if (view.find(object, id)) drop(object, id);
        return true;
      }),
    convertLead: (id, { accountId }) => book.edit((edit) => convert(edit, id, accountId)),
  };
}

/** What a record is created with: the basis of a person stands below its description. */
function sentValues({ values, basis }: NewRecord): CreateValues {
  if (!basis) return values;
  const above = typeof values.description === 'string' ? `${values.description}\n\n` : '';
  return { ...values, description: `${above}${basis.note}` };
}

const sortedValues = (values: CreateValues) =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => a.localeCompare(b));

/** `account` is what a Task belongs to, when that is known already. */
function create(edit: SampleEdit, object: CreatableObject, values: CreateValues, account?: string | null): string {
  const known = new Set(sampleDescription(object).fields.map(({ name }) => name));
  // The forms send nothing else, and say themselves what is missing.
  if (Object.keys(values).some((name) => !known.has(name))) throw new AppError('crm.refused');
  const fields = newFields(object, values);
  if (object !== 'task') return edit.create(object, fields, values);
  return edit.create(
    object,
    { ...fields, accountId: account === undefined ? accountOfTask(edit.view, fields) : account },
    values,
  );
}

/** A Task that comes with a record: people are `who` it is for, everything else `what`; a Task belongs to no other. */
function createBeside(edit: SampleEdit, { object, values }: NewRecord, id: string, task: CreateValues): string {
  if (object === 'task') return create(edit, 'task', task);
  const isPerson = object === 'lead' || object === 'contact';
  const account = typeof values.accountId === 'string' ? values.accountId : null;
  return create(edit, 'task', { ...task, [isPerson ? 'whoId' : 'whatId']: id }, object === 'account' ? id : account);
}

/** As at Salesforce: a Task belongs to the Account of what it is about, else of the person. */
function accountOfTask(view: SampleView, { whoId, whatId }: Readonly<Record<string, FieldValue>>): string | null {
  const [who, what] = [String(whoId ?? ''), String(whatId ?? '')];
  if (view.find('account', what)) return what;
  const about = view.find('opportunity', what) ?? view.find('contact', who);
  return about && 'accountId' in about.fields ? about.fields.accountId : null;
}

function update(
  { view, change }: SampleEdit,
  { object, id }: { object: CreatableObject; id: string },
  values: CreateValues,
  readAt: string | null,
): UpdateOutcome {
  const record = view.find(object, id);
  if (!record) return { kind: 'gone' };
  if (readAt !== null && record.modifiedAt > readAt) {
    const held = record.fields as unknown as Readonly<Record<string, CreateValue>>;
    const current = Object.fromEntries(Object.keys(values).map((name) => [name, held[name] ?? null]));
    return { kind: 'conflict', current, modifiedAt: record.modifiedAt };
  }
  if (Object.keys(values).some((name) => !isChangeable(object, name))) throw new AppError('crm.refused');
  change(record, withDerived(object, values));
  return { kind: 'updated' };
}

function convert(edit: SampleEdit, id: string, into: string | null): { accountId: string; contactId: string } {
  const { view } = edit;
  const lead = view.find('lead', id);
  if (lead?.object !== 'lead' || (into !== null && !view.find('account', into))) throw new AppError('record.missing');
  const { name, company, website, phone, title, email, ownerId, doNotCall, emailOptOut } = lead.fields;
  const accountId = into ?? edit.create('account', newFields('account', { name: company ?? name, website, phone, ownerId }), {});
  const contact = newFields('contact', { lastName: name, accountId, title, email, phone, ownerId, doNotCall, emailOptOut });
  const contactId = edit.create('contact', contact, {});
  for (const task of view.of('task')) {
    if ((task.fields as FieldsOf['task']).whoId === id) edit.change(task, { whoId: contactId, accountId });
  }
  edit.drop('lead', id, true);
  return { accountId, contactId };
}

/** Records a word of whose name begins with what was typed. */
function lookUp(view: SampleView, targets: readonly ObjectKind[], text: string): LookUpHit[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const named = (record: AnyRecord) => ('name' in record.fields ? record.fields.name : '');
  return targets
    .flatMap((object) => view.of(object))
    .filter((record) => ` ${named(record).toLowerCase()}`.includes(` ${wanted}`))
    .slice(0, MOST_HITS)
    .map((record) => ({ id: record.id, object: record.object, label: named(record), detail: detailOf(record) }));
}

/** What tells records of one name apart. */
function detailOf({ object, fields }: AnyRecord): string | null {
  switch (object) {
    case 'account':
      return fields.country;
    case 'contact':
      return fields.email;
    case 'lead':
      return fields.company;
    case 'opportunity':
      return fields.stage;
    default:
      return null;
  }
}
