import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Checkpoint, KnownAccount, LiveAccount, Want } from '../connector';
import { partError, toCrmError } from './api-errors';
import { queryPage } from './api-schemas';
import type { SalesforceClient } from './client';
import { askTogether, type Part } from './composite';
import { extraFields, wantedFields } from './fields';
import { scopeToday } from './leave-out';
import { toRecord } from './mappers';
import { byIdsQuery, leadsQuery, queryPath, relatedQuery } from './queries';

/** More Leads than this at one domain are a data fault; an address has to hold their ids. */
const MOST_LEADS = 200;

/**
 * One Account and what hangs below it, as it stands now: one composite call of five queries. Only objects that are whole in
 * the copy are asked for, with the fields and the scope that the copy has.
 * @returns null when the user cannot see the Account any more
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function liveAccount(
  client: SalesforceClient,
  connectionId: string,
  known: KnownAccount,
  wants: readonly Want[],
): Promise<LiveAccount | null> {
  const whole = new Map(wants.flatMap((want) => (want.since?.coveredUntil ? [[want.object, asCopied(want, want.since)]] : [])));
  const parts = [...whole].flatMap(([object, since]) => partFor(object, since, known) ?? []);
  if (!whole.has('account')) return { records: {}, partial: {} };
  const answers = await askTogether(client, parts);

  const live: LiveAccount = { records: {}, partial: {} };
  for (const object of OBJECTS) {
    const answer = answers.get(object);
    const since = whole.get(object);
    if (!answer || !since) continue;
    if (answer.status >= 400) throw toCrmError(partError(answer.body));
    const page = queryPage.safeParse(answer.body);
    if (!page.success) throw new AppError('crm.answer-unreadable');
    const extra = extraFields(object, since.fields);
    live.records[object] = page.data.records.flatMap((row): AnyRecord[] => {
      const record = toRecord(object, connectionId, row, extra);
      return record ? [record] : [];
    });
    // A record that cannot be read is there all the same, and must not be taken for gone.
    const isUnread = page.data.records.length > (live.records[object]?.length ?? 0);
    if (object === 'account' && page.data.records.length === 0) return null;
    live.partial[object] = isUnread || !page.data.done || (object === 'lead' && known.leadIds.length > MOST_LEADS);
  }
  return live;
}

/**
 * What the copy has, without the fields that the user has left out since: no run has taken those out of it yet. A date literal would mean
 * a day of the user's time zone, and the copy goes by days in UTC.
 */
function asCopied(want: Want, since: Checkpoint): Checkpoint {
  const wanted = wantedFields(want.object, want.selection, want.scope);
  return { ...since, scope: scopeToday(want, since), fields: since.fields.filter((name) => wanted.includes(name)) };
}

/** The scope is the one that the copy was made with, so that the answer never brings what was not wanted. */
function partFor(object: ObjectKind, { fields, scope, coveredUntil }: Checkpoint, known: KnownAccount): Part | null {
  const soql = (): string | null => {
    switch (object) {
      case 'user':
        return null;
      case 'account':
        return byIdsQuery('account', fields, [known.id], scope);
      case 'lead':
        return leadsQuery(fields, {
          ids: known.leadIds.slice(0, MOST_LEADS),
          domains: known.domains,
          since: coveredUntil ?? '',
          condition: scope,
        });
      default:
        return relatedQuery(object, fields, known.id, scope);
    }
  };
  const text = soql();
  return text === null ? null : { ref: object, path: queryPath(text) };
}
