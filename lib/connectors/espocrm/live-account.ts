import type { AnyRecord } from '@/lib/crm/records';
import type { Checkpoint, KnownAccount, LiveAccount, Want } from '../connector';
import { listAnswer } from './api-schemas';
import type { EspoClient } from './client';
import { extraFields, wantedFields } from './fields';
import { leftOutMark, leftOutWhere } from './leave-out';
import { type Meanings, toRecord } from './mappers';
import { columnsOf, ESPO_OBJECT, espoTime, IDS_A_CALL, idsWhere, listPath, PAGE_SIZE, type Where } from './queries';

/**
 * One Account and what hangs on it, as it stands now: a list for each object, asked at the same time. Only objects that are
 * whole in the copy are asked for, with the fields and the scope that the copy has.
 * @returns null when the holder of the key cannot see the Account any more
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function liveAccount(
  client: EspoClient,
  connectionId: string,
  known: KnownAccount,
  wants: readonly Want[],
  meanings: Meanings,
): Promise<LiveAccount | null> {
  const live: LiveAccount = { records: {}, partial: {} };
  const asked = wants.flatMap((want) => {
    const where = want.since?.coveredUntil ? whereFor(want, want.since, known) : null;
    return where && want.since ? [{ want, where, fields: fieldsOf(want, want.since) }] : [];
  });
  if (!asked.some(({ want }) => want.object === 'account')) return live;
  const lists = await Promise.all(
    asked.map(({ want, where, fields }) => {
      const query = { select: columnsOf(fields), where, order: 'desc' as const };
      return client.get(listPath(ESPO_OBJECT[want.object], query), listAnswer);
    }),
  );
  for (const [index, { want, fields }] of asked.entries()) {
    const { object } = want;
    const rows = lists[index]?.list ?? [];
    const options = { extra: extraFields(object, fields), meanings };
    const records = rows.flatMap((row): AnyRecord[] => {
      const record = toRecord(object, connectionId, row, options);
      return record ? [record] : [];
    });
    live.records[object] = records;
    // A record that cannot be read is there all the same, and must not be taken for gone.
    const isCut = rows.length === PAGE_SIZE || (object === 'lead' && known.leadIds.length > IDS_A_CALL);
    live.partial[object] = records.length < rows.length || isCut;
    if (object === 'account' && rows.length === 0) return null;
  }
  return live;
}

/** What the copy has, without the fields that the user has left out since. */
function fieldsOf({ object, selection, scope }: Want, since: Checkpoint): string[] {
  const wanted = wantedFields(object, selection, scope);
  return since.fields.filter((name) => wanted.includes(name));
}

function whereFor(want: Want, since: Checkpoint, known: KnownAccount): Where[] | null {
  const { object } = want;
  const scope = [...ownScope(since.scope), ...stillLeftOut(want, since)];
  switch (object) {
    case 'user':
      return null;
    case 'account':
      return [...scope, idsWhere([known.id])];
    case 'lead': {
      const either = leadsAt(since, known);
      return either ? [...scope, either] : null;
    }
    default:
      return [...scope, { type: 'equals', attribute: 'accountId', value: known.id }];
  }
}

/** Leads that the copy has, and Leads that changed since and have an address or a website at one of the domains. */
function leadsAt({ fields, coveredUntil }: Checkpoint, { domains, leadIds }: KnownAccount): Where | null {
  const at = domains.flatMap((domain): Where[] => [
    ...(fields.includes('emailAddress') ? [{ type: 'like', attribute: 'emailAddress', value: `%${domain}` }] : []),
    ...(fields.includes('website') ? [{ type: 'contains', attribute: 'website', value: domain }] : []),
  ]);
  const changed: Where = { type: 'greaterThanOrEquals', attribute: 'modifiedAt', value: espoTime(coveredUntil ?? '') };
  const either: Where[] = [
    ...(leadIds.length > 0 ? [idsWhere(leadIds.slice(0, IDS_A_CALL))] : []),
    ...(at.length > 0 ? [{ type: 'and', value: [changed, { type: 'or', value: at }] } satisfies Where] : []),
  ];
  return either.length > 0 ? { type: 'or', value: either } : null;
}

/** What is left out of the copy, as of today; what was chosen otherwise since is the next run's. */
function stillLeftOut(want: Want, { scope, fields }: Checkpoint): Where[] {
  const stored = JSON.parse(scope) as Where[] | { leftOut?: string };
  const mark = Array.isArray(stored) ? null : (stored.leftOut ?? null);
  return mark === leftOutMark(want) ? leftOutWhere(want, new Set(fields)) : [];
}

/** The conditions that the copy was made with, as opening.ts wrote them down. */
function ownScope(text: string): Where[] {
  const stored = JSON.parse(text) as Where[] | { own: Where[] };
  return Array.isArray(stored) ? stored : stored.own;
}
