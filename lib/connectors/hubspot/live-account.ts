import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { KnownAccount, LiveAccount, Want } from '../connector';
import type { KeyClient } from '../key-client';
import { withLinks } from './api-schemas';
import type { Portal } from './describe';
import { FIELDS } from './fields';
import { toRecord } from './mappers';
import { BATCH_SIZE, byIds, type Filter, search, stampOf, TYPE } from './queries';

/**
 * One Account and what hangs on it, as it stands now. Searches lag behind by moments, so that links and records are read
 * themselves: a call for the Account, one for each object, and one for each link of Tasks. Only objects that are whole in the
 * copy are asked for, with the fields that it has.
 * @returns null when the Account is gone
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function liveAccount(
  client: KeyClient,
  portal: Portal,
  connectionId: string,
  known: KnownAccount,
  wants: readonly Want[],
): Promise<LiveAccount | null> {
  const live: LiveAccount = { records: {}, partial: {} };
  const asked = wants.filter(({ object, since }) => object !== 'user' && since?.coveredUntil);
  if (!asked.some(({ object }) => object === 'account')) return live;
  const path = `crm/v3/objects/companies/${encodeURIComponent(known.id)}?properties=name&associations=contacts,deals,tasks`;
  const links = await client.get(path, withLinks).catch((error) => {
    if (error instanceof AppError && error.code === 'crm.object-missing') return null;
    throw error;
  });
  if (!links) return null;
  const currency = await portal.currency();
  await Promise.all(
    asked.map(async ({ object, selection, scope, since }) => {
      const type = TYPE[object as keyof typeof TYPE];
      const wanted = FIELDS.wantedFields(object, selection, scope);
      const fields = (since?.fields ?? []).filter((name) => wanted.includes(name));
      const linked = links.associations?.[type];
      const all =
        object === 'account' ? [known.id] : object === 'lead' ? known.leadIds : (linked?.results ?? []).map(({ id }) => id);
      // A record may be linked in more ways than one.
      const ids = [...new Set(all)];
      const rows = [...(await byIds(client, type, ids.slice(0, BATCH_SIZE), fields))];
      if (object === 'lead') rows.push(...(await newLeads(client, known, fields, since?.coveredUntil ?? '')));
      const meanings = {
        connectionId,
        described: await portal.described(object),
        currency,
        extra: FIELDS.extraFields(object, fields),
      };
      const records = rows.flatMap((row) => toRecord(object as keyof typeof TYPE, row, meanings) ?? []);
      live.records[object] = records.filter((record) => isOf(object, record, known.id));
      live.partial[object] = records.length < rows.length || ids.length > BATCH_SIZE || linked?.paging !== undefined;
    }),
  );
  return live.records.account?.length === 0 && !live.partial.account ? null : live;
}

/** A person is linked to several companies, and belongs to the primary one. */
const isOf = (object: ObjectKind, { fields }: AnyRecord, accountId: string): boolean =>
  object === 'account' || object === 'lead' || ('accountId' in fields && fields.accountId === accountId);

/** Leads that changed since the copy was made and stand at one of the Account's domains. One call. */
async function newLeads(client: KeyClient, { domains, leadIds }: KnownAccount, fields: readonly string[], since: string) {
  const changed: Filter = { propertyName: stampOf('leads'), operator: 'GTE', value: String(Date.parse(since)) };
  const at = domains.slice(0, 2).flatMap((domain): Filter[] => [
    { propertyName: 'hs_associated_company_domain', operator: 'EQ', value: domain },
    { propertyName: 'hs_associated_contact_email', operator: 'CONTAINS_TOKEN', value: `*@${domain}` },
  ]);
  const has = at.filter(({ propertyName }) => fields.includes(propertyName));
  if (has.length === 0) return [];
  const { results }: { results: unknown[] } = await search(
    client,
    'leads',
    has.map((one) => [changed, one]),
    fields,
  );
  return results.filter((row) => !leadIds.includes((row as { id: string }).id));
}
