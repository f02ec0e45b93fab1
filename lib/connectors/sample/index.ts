import { isLeftOut, leavesOut } from '@/lib/crm/leave-out';
import type { AnyRecord, FieldValue, ObjectKind } from '@/lib/crm/records';
import type { AccountScope } from '@/lib/crm/selection';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Checkpoint, ConnectedProfile, Connector, LiveAccount, ObjectState, Page, Pull, Want } from '../connector';
import { createSampleBook, type SampleKeeper, type SampleView } from './book';
import { chosenFields, labelsOf } from './fields';
import { SAMPLE_USER_ID, SAMPLE_USER_NAME, sampleRows, type SampleRows, STAGES } from './rows';
import { createSampleWriter } from './writer';

export type { SampleKeeper } from './book';
export { SAMPLE_USER_ID } from './rows';

/** Who is connected to the sample; there is no host. */
export const sampleProfile = (orgName: string): ConnectedProfile => ({ userName: SAMPLE_USER_NAME, orgName, host: '' });

/**
 * The connector of the built-in sample CRM: the same contract as a real one, answered from the package and from what the user has made
 * of it, which `keeper` keeps. No network, no login, no records in it until they are asked for. `since` (ISO) is when the sample was
 * added: all dates are counted from there.
 */
export function createSampleConnector(options: {
  connectionId: string;
  since: string;
  keeper: SampleKeeper;
  clock: Clock;
}): Connector {
  const { connectionId, since } = options;
  let made: SampleRows | null = null;
  const rows = (): SampleRows => {
    made ??= sampleRows(connectionId, since);
    return made;
  };
  const book = createSampleBook({ ...options, rows });

  return {
    async open(wants) {
      const wanted = new Map(wants.map((want) => [want.object, want]));
      const want = (object: ObjectKind): Want => {
        const one = wanted.get(object);
        if (!one) throw new AppError('crm.object-missing');
        return one;
      };
      return openPull(want, await book.view(), since);
    },
    async account({ id, leadIds }, wants): Promise<LiveAccount | null> {
      const view = await book.view();
      const live: LiveAccount = { records: {}, partial: {} };
      for (const { object, selection, scope, since: copied } of wants) {
        if (!copied?.coveredUntil || object === 'user') continue;
        const fields = chosenFields(object, selection);
        live.records[object] = within(view, object, scope)
          .filter((record) => belongsTo(record, id, leadIds))
          .map((record) => withFields(record, fields));
        live.partial[object] = false;
        if (object === 'account' && live.records[object]?.length === 0) return null;
      }
      return live;
    },
    preview: async (scope) => ({ accounts: within(await book.view(), 'account', scope).length }),
    fields: async (object) =>
      labelsOf(object).map(([name, label]) => ({ name, label, model: name, filterable: false, options: [] })),
    writer: createSampleWriter(book),
    async read(object, id, fields) {
      const record = (await book.view()).find(object, id);
      return record && withFields(record, fields);
    },
    // The sample has no pages of its own; views show a name without a link then.
    recordUrl: () => '',
    revoke: async () => null,
    calls: () => 0,
    usage: () => null,
  };
}

/** A pull on the sample. Only the user changes it: who has it whole gets what was made since, most days an empty page. */
function openPull(want: (object: ObjectKind) => Want, view: SampleView, since: string): Pull {
  const fieldsOf = (object: ObjectKind) => chosenFields(object, want(object).selection);
  const chosen = (object: ObjectKind): AnyRecord[] => {
    const fields = fieldsOf(object);
    const { scope, leftOut } = want(object);
    return within(view, object, scope)
      .filter((record) => !leftOut || !isLeftOut(record, leftOut))
      .map((record) => withFields(record, fields));
  };
  const lacks = (object: ObjectKind): boolean => {
    const copied = want(object).since;
    return copied === null || copied.coveredUntil === null || fieldsOf(object).some((name) => !copied.fields.includes(name));
  };
  /** The records that the copy lacks. */
  const news = (object: ObjectKind): AnyRecord[] => {
    const until = want(object).since?.coveredUntil ?? '';
    return lacks(object) ? chosen(object) : chosen(object).filter(({ modifiedAt }) => modifiedAt > until);
  };

  function state(object: ObjectKind): ObjectState {
    const { since: copied } = want(object);
    const fields = fieldsOf(object);
    return {
      count: chosen(object).length,
      total: news(object).length,
      dropped: copied ? copied.fields.filter((name) => !fields.includes(name)) : [],
      scopeChanged: copied !== null && copied.scope !== scopeText(want(object)),
    };
  }

  async function* pages(object: ObjectKind): AsyncGenerator<Page> {
    const fields = fieldsOf(object);
    const copied = want(object).since;
    const checkpoint: Checkpoint = {
      coveredUntil: view.lastAt,
      deletedUntil: view.lastAt,
      wanted: fields,
      fields,
      types: {},
      ...(object === 'opportunity' ? { stages: STAGES } : {}),
      describedAt: since,
      scope: scopeText(want(object)),
      pull: null,
    };
    const gone = view.changes(object).filter(({ record, at }) => record === null && copied !== null && at > copied.deletedUntil);
    const idsOf = (became: boolean) => gone.filter((one) => one.became === became).map(({ id }) => id);
    yield {
      records: news(object),
      deletions: idsOf(false),
      became: idsOf(true),
      sweep: false,
      checkpoint,
      skipped: 0,
      newBefore: copied === null ? since : null,
    };
  }

  return {
    state,
    pages,
    async *ids(object) {
      yield chosen(object).map(({ id }) => id);
    },
    async *byIds(object, ids) {
      const asked = new Set(ids);
      yield chosen(object).filter(({ id }) => asked.has(id));
    },
  };
}

/** The records of an object that a scope selects. @throws AppError `selection.invalid`: the sample knows no conditions */
function within(view: SampleView, object: ObjectKind, scope: AccountScope): AnyRecord[] {
  if (scope.conditions.length > 0) throw new AppError('selection.invalid');
  const isMine = (id: string | null) => {
    const account = id === null ? null : view.find('account', id);
    return account?.object === 'account' && account.fields.ownerId === SAMPLE_USER_ID;
  };
  return view.of(object).filter((record) => isWithin(record, scope, isMine));
}

const scopeText = ({ object, scope: { owner }, leftOut }: Want): string =>
  leftOut && leavesOut(object, leftOut) ? `${owner} ${object === 'task' ? leftOut.closedTaskDays : 'not opted out'}` : owner;

/** As in a real CRM: what hangs on an Account follows it, a Lead follows its owner. Every Account has a website. */
function isWithin(
  { object, fields }: AnyRecord,
  { owner }: AccountScope,
  isMine: (accountId: string | null) => boolean,
): boolean {
  if (owner === 'all' || object === 'user') return true;
  if (object === 'account' || object === 'lead') return fields.ownerId === SAMPLE_USER_ID;
  return isMine(fields.accountId);
}

function belongsTo({ object, id, fields }: AnyRecord, accountId: string, leadIds: readonly string[]): boolean {
  if (object === 'account') return id === accountId;
  if (object === 'lead') return leadIds.includes(id);
  return object !== 'user' && fields.accountId === accountId;
}

/** A copy of the record in which fields that were not asked for are empty. */
function withFields(record: AnyRecord, names: readonly string[]): AnyRecord {
  const fields: Record<string, FieldValue> = { ...record.fields };
  for (const [name, value] of Object.entries(fields)) {
    if (!names.includes(name)) fields[name] = typeof value === 'boolean' ? false : null;
  }
  return { ...record, fields } as unknown as AnyRecord;
}
