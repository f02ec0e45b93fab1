import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { followsAccount, isNarrow } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { OpenPull, Page, Pull, RunOptions, Want } from '../connector';
import { grantedFields } from '../field-map';
import type { KeyClient } from '../key-client';
import { checkpointOf, type ObjectOpening, overlapFrom, planOf, stateOf } from '../pull-plan';
import { rawRecord } from './api-schemas';
import type { Described, Portal } from './describe';
import { FIELDS } from './fields';
import { type Meanings, ownerRecord, toRecord } from './mappers';
import { type Owner, ownersOf } from './owners';
import {
  archivedPage,
  BATCH_SIZE,
  byIds,
  type Filter,
  type Groups,
  PAGE_SIZE,
  search,
  stampOf,
  TYPE,
  withFilters,
  withLinksOf,
} from './queries';
import { scopeGroups } from './scope';

const ROWS_A_BREATH = 64;
/** So many pages of deleted records are looked through at each run; where there are more, the counts tell. */
const ARCHIVED_PAGES = 10;

interface Opening extends ObjectOpening {
  described: Described;
  groups: Groups;
  /** Whether only records of Accounts within the scope are wanted. */
  follows: boolean;
  /** All of them, of users. */
  owners: Owner[];
}

/** Begins a run: see Connector.open. @throws AppError */
export async function openPull(
  client: KeyClient,
  portal: Portal,
  wants: readonly Want[],
  { connectionId, pace }: RunOptions & { connectionId: string; pace: Pace },
): Promise<Pull> {
  const currency = await portal.currency();
  const serverTime = client.serverTime();
  // Our own clock may be days off, and what it dates would be asked for wrongly ever after.
  if (serverTime === null) throw new AppError('crm.answer-unreadable');
  const startedAt = new Date(serverTime).toISOString();
  const openings = new Map<ObjectKind, Opening | AppError | null>();
  for (const want of wants) openings.set(want.object, await opened(client, portal, want).catch(refusalOr));

  const of = (object: ObjectKind): Opening => {
    const opening = openings.get(object);
    if (opening instanceof AppError) throw opening;
    if (!opening) throw new AppError('crm.object-missing');
    return opening;
  };
  let accounts: Promise<Set<string>> | null = null;
  const isWithin = async ({ follows }: Opening, record: AnyRecord): Promise<boolean> => {
    if (!follows) return true;
    accounts ??= Array.fromAsync(idPages(of('account'))).then((pages) => new Set(pages.flat()));
    return 'accountId' in record.fields && record.fields.accountId !== null && (await accounts).has(record.fields.accountId);
  };
  const meaningsOf = ({ want, fields, described }: Opening): Meanings => ({
    connectionId,
    described,
    currency,
    extra: FIELDS.extraFields(want.object, fields),
  });

  async function readRows(opening: Opening, rows: readonly unknown[], hasChanged: boolean) {
    const { want, fields } = opening;
    const object = want.object as keyof typeof TYPE;
    const records: AnyRecord[] = [];
    const became: string[] = [];
    let skipped = 0;
    const linked = await withLinksOf(client, TYPE[object], rows, fields);
    for (const [index, row] of linked.entries()) {
      if (index % ROWS_A_BREATH === 0) await pace.breathe();
      const record = toRecord(object, row, meaningsOf(opening));
      if (!record) skipped += 1;
      else if (await isWithin(opening, record)) records.push(record);
      const merged = hasChanged ? rawRecord.safeParse(row).data?.properties.hs_merged_object_ids : null;
      if (merged) became.push(...merged.split(';').filter((id) => id !== record?.id));
    }
    return { records, became, skipped };
  }

  async function* pages(opening: Opening): AsyncGenerator<Page> {
    const { want, fields, owners, groups } = opening;
    const { object, since } = want;
    const plan = planOf(opening, startedAt);
    const next = overlapFrom(plan.startedAt);
    const page = { deletions: [] as string[], sweep: false, newBefore: plan.fresh ? next : null };
    const known = checkpointOf(opening, startedAt);
    const whole = { ...known, coveredUntil: next };
    if (object === 'user') {
      yield { ...page, ...usersOf(owners, plan.from), checkpoint: whole };
      return;
    }
    let { after } = plan;
    for (;;) {
      const where = [...changedFrom(TYPE[object], plan.from), ...behind(after?.id)];
      const { results } = await search(client, TYPE[object], withFilters(groups, ...where), fields);
      const read = await readRows(opening, results, plan.from !== null);
      const isWhole = results.length < PAGE_SIZE;
      after = positionAfter(results, after) ?? after;
      const deletions = isWhole && since ? await deletedSince(TYPE[object], overlapFrom(since.deletedUntil)) : [];
      yield { ...page, ...read, deletions, checkpoint: isWhole ? whole : { ...known, pull: { ...plan, after } } };
      if (isWhole) return;
    }
  }

  function usersOf(owners: readonly Owner[], from: string | null) {
    const all = owners.flatMap((one) => ownerRecord(connectionId, one) ?? []);
    const records = all.filter(({ modifiedAt }) => from === null || modifiedAt >= from);
    return { records, became: [], skipped: owners.length - all.length };
  }

  /** Ids of records that were deleted from a time on. HubSpot keeps them for 90 days and tells them in the order of ids. */
  async function deletedSince(type: string, from: string): Promise<string[]> {
    const gone: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < ARCHIVED_PAGES; page += 1) {
      const { results, paging } = await archivedPage(client, type, after);
      const rows = results.flatMap((row) => rawRecord.safeParse(row).data ?? []);
      gone.push(...rows.filter(({ archivedAt }) => archivedAt && archivedAt >= from).map(({ id }) => id));
      after = paging?.next?.after;
      if (after === undefined) break;
    }
    return gone;
  }

  /** Rows of all records within the scope but for their Account, behind id after id, and their ids. */
  async function* idPages(opening: Opening): AsyncGenerator<string[]> {
    const { want, fields, groups, follows, owners } = opening;
    if (want.object === 'user') return yield owners.map(({ id }) => id);
    const link = follows ? fields.filter((name) => FIELDS.modelNameOf(want.object, name) === 'accountId') : [];
    let after: OpenPull['after'] = null;
    for (;;) {
      const where: Filter[] = behind(after?.id);
      const { results } = await search(client, TYPE[want.object], withFilters(groups, ...where), [...link, 'name']);
      yield follows
        ? (await readRows({ ...opening, fields: link }, results, false)).records.map(({ id }) => id)
        : results.flatMap((row) => idIn(row) ?? []);
      if (results.length < PAGE_SIZE) return;
      after = positionAfter(results, after);
    }
  }

  return {
    state: (object) => (openings.get(object) ? stateOf(of(object), FIELDS) : null),
    pages: (object) => pages(of(object)),
    ids: (object) => idPages(of(object)),
    async *byIds(object, ids) {
      const opening = of(object);
      if (object === 'user')
        return yield opening.owners.filter(({ id }) => ids.includes(id)).flatMap((one) => ownerRecord(connectionId, one) ?? []);
      for (let at = 0; at < ids.length; at += BATCH_SIZE) {
        const rows = await byIds(client, TYPE[object], ids.slice(at, at + BATCH_SIZE), opening.fields);
        yield (await readRows({ ...opening, fields: opening.fields.filter((name) => !name.startsWith('@')) }, rows, false))
          .records;
      }
    },
  };
}

async function opened(client: KeyClient, portal: Portal, want: Want): Promise<Opening | null> {
  const { object, selection, scope } = want;
  const described = await portal.described(object);
  if (!described) return null;
  const { userId } = await client.session();
  const account = await portal.described('account');
  const groups = scopeGroups(object, scope, userId, account);
  const follows = followsAccount(object) && isNarrow(scope);
  const owners = object === 'user' ? await ownersOf(client) : [];
  const wanted = FIELDS.wantedFields(object, selection, scope);
  const own = follows ? scopeGroups('account', scope, userId, account) : groups;
  return {
    want,
    wanted,
    ...grantedFields(wanted, described.attributes),
    stages: described.stages,
    described,
    groups,
    scope: JSON.stringify(own),
    follows,
    owners,
    count: object === 'user' ? owners.length : follows ? null : await countOf(client, TYPE[object], groups),
  };
}

/** How many records meet conditions. One call. @throws AppError */
export const countOf = async (client: KeyClient, type: string, groups: Groups): Promise<number> =>
  (await search(client, type, groups, [], 1)).total ?? 0;

const changedFrom = (type: string, from: string | null): Filter[] =>
  from === null ? [] : [{ propertyName: stampOf(type), operator: 'GTE', value: String(Date.parse(from)) }];

const behind = (id: string | undefined): Filter[] =>
  id === undefined ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: id }];

const idIn = (row: unknown): string | null =>
  typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : null;

/** Where to go on behind a page. @throws AppError when the same page would come again and again */
function positionAfter(rows: readonly unknown[], before: OpenPull['after']): OpenPull['after'] {
  const id = rows.map(idIn).findLast((one) => one !== null) ?? null;
  if (rows.length === PAGE_SIZE && (id === null || id === before?.id)) throw new AppError('crm.answer-unreadable');
  return id === null ? before : { stamp: '', id };
}

/** What concerns one object is no reason to leave the others as they are. */
function refusalOr(error: unknown): AppError | null {
  if (error instanceof AppError && error.code === 'crm.forbidden') return null;
  if (error instanceof AppError && error.code === 'crm.refused') return error;
  throw error;
}
