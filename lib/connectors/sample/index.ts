import type { AnyRecord, FieldValue, ObjectKind } from '@/lib/crm/records';
import type { AccountScope } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { Checkpoint, ConnectedProfile, Connector, LiveAccount, ObjectState, Page, Pull, Want } from '../connector';
import { chosenFields, labelsOf } from './fields';
import { recordsOf, SAMPLE_USER_ID, SAMPLE_USER_NAME, sampleRows, type SampleRows, STAGES } from './rows';

export { SAMPLE_USER_ID } from './rows';

/** Who is connected to the sample; there is no host. */
export const sampleProfile = (orgName: string): ConnectedProfile => ({ userName: SAMPLE_USER_NAME, orgName, host: '' });

/**
 * The connector of the built-in sample CRM: the same contract as a real one, answered from the package. No network, no login, no
 * records in it until they are asked for. `since` (ISO) is when the sample was added: all dates are counted from there.
 */
export function createSampleConnector({ connectionId, since }: { connectionId: string; since: string }): Connector {
  let made: SampleRows | null = null;
  const rows = (): SampleRows => {
    made ??= sampleRows(connectionId, since);
    return made;
  };
  const within = (object: ObjectKind, scope: AccountScope): AnyRecord[] => {
    if (scope.conditions.length > 0) throw new AppError('selection.invalid');
    return recordsOf(rows(), object).filter((record) => isWithin(record, scope, rows()));
  };
  const known = (object: ObjectKind, id: string) => recordsOf(rows(), object).find((record) => record.id === id) ?? null;
  /** The sample takes nothing: what was made in it would be lost with it. */
  const readOnly = () => Promise.reject(new AppError('sample.read-only'));

  return {
    async open(wants) {
      const wanted = new Map(wants.map((want) => [want.object, want]));
      const want = (object: ObjectKind): Want => {
        const one = wanted.get(object);
        if (!one) throw new AppError('crm.object-missing');
        return one;
      };
      return openPull(want, within, since);
    },
    async account({ id, leadIds }, wants): Promise<LiveAccount | null> {
      const live: LiveAccount = { records: {}, partial: {} };
      for (const { object, selection, scope, since: copied } of wants) {
        if (!copied?.coveredUntil || object === 'user') continue;
        const fields = chosenFields(object, selection);
        live.records[object] = within(object, scope)
          .filter((record) => belongsTo(record, id, leadIds))
          .map((record) => withFields(record, fields));
        live.partial[object] = false;
        if (object === 'account' && live.records[object]?.length === 0) return null;
      }
      return live;
    },
    preview: async (scope) => ({ accounts: within('account', scope).length }),
    fields: async (object) =>
      labelsOf(object).map(([name, label]) => ({ name, label, model: name, filterable: false, options: [] })),
    writer: {
      describe: readOnly,
      lookUp: readOnly,
      create: readOnly,
      findCreated: readOnly,
      update: readOnly,
      remove: readOnly,
      convertLead: readOnly,
    },
    async read(object, id, fields) {
      const record = known(object, id);
      return record && withFields(record, fields);
    },
    // The sample has no pages of its own; views show a name without a link then.
    recordUrl: () => '',
    revoke: async () => null,
    calls: () => 0,
    usage: () => null,
  };
}

/** A pull on the sample. It never changes: who has it whole gets an empty page, and the checkpoint again. */
function openPull(
  want: (object: ObjectKind) => Want,
  within: (object: ObjectKind, scope: AccountScope) => AnyRecord[],
  since: string,
): Pull {
  const fieldsOf = (object: ObjectKind) => chosenFields(object, want(object).selection);
  const chosen = (object: ObjectKind): AnyRecord[] => {
    const fields = fieldsOf(object);
    return within(object, want(object).scope).map((record) => withFields(record, fields));
  };
  const lacks = (object: ObjectKind): boolean => {
    const copied = want(object).since;
    return copied === null || copied.coveredUntil === null || fieldsOf(object).some((name) => !copied.fields.includes(name));
  };

  function state(object: ObjectKind): ObjectState {
    const { since: copied, scope } = want(object);
    const count = within(object, scope).length;
    const fields = fieldsOf(object);
    return {
      count,
      total: lacks(object) ? count : 0,
      dropped: copied ? copied.fields.filter((name) => !fields.includes(name)) : [],
      scopeChanged: copied !== null && copied.scope !== scopeText(scope),
    };
  }

  async function* pages(object: ObjectKind): AsyncGenerator<Page> {
    const fields = fieldsOf(object);
    const checkpoint: Checkpoint = {
      coveredUntil: since,
      deletedUntil: since,
      wanted: fields,
      fields,
      types: {},
      ...(object === 'opportunity' ? { stages: STAGES } : {}),
      describedAt: since,
      scope: scopeText(want(object).scope),
      pull: null,
    };
    const isFirst = want(object).since === null;
    const page = { deletions: [], became: [], sweep: false, checkpoint, skipped: 0, newBefore: isFirst ? since : null };
    yield { ...page, records: lacks(object) ? chosen(object) : [] };
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

const scopeText = ({ owner }: AccountScope): string => owner;

/** As in a real CRM: what hangs on an Account follows it, a Lead follows its owner. Every Account has a website. */
function isWithin({ object, fields }: AnyRecord, { owner }: AccountScope, rows: SampleRows): boolean {
  if (owner === 'all' || object === 'user') return true;
  if (object === 'account' || object === 'lead') return fields.ownerId === SAMPLE_USER_ID;
  return rows.account.some(({ id, fields: account }) => id === fields.accountId && account.ownerId === SAMPLE_USER_ID);
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
