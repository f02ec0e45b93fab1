import type { CreateOutcome, NewRecord } from '../creation-contract';
import { createAnswer } from './api-schemas';
import type { SalesforceClient } from './client';
import { lostOr, refusalOf } from './create-outcome';
import { SALESFORCE_OBJECT } from './queries';
import { readAs } from './requests';
import { sentValues } from './sent-values';

/**
 * Creates a record in a request of its own, for texts that a composite request reads as references. Two calls: the second asks
 * `doublesUrl` for records like it. `looked` is its answer, null when there was none: what was created is created.
 * @param url of the query for doubles, from the host on
 * @throws AppError `create.unclear` when the answer was lost on the way; others of the `crm.` and `auth.` groups
 */
export async function createAlone(
  client: SalesforceClient,
  record: NewRecord,
  headers: Record<string, string>,
  doublesUrl: string,
): Promise<{ outcome: CreateOutcome; looked: unknown }> {
  const url = `/sobjects/${SALESFORCE_OBJECT[record.object]}`;
  const body = JSON.stringify(sentValues(record));
  const outcome = await client
    .run(async (api): Promise<CreateOutcome> => {
      const sent = { method: 'POST' as const, url, body, headers: { 'content-type': 'application/json', ...headers } };
      const { id } = readAs(createAnswer, await api.request(sent));
      return { kind: 'created', id, taskIds: [], doubles: [] };
    })
    .catch((error): CreateOutcome => {
      const lost = lostOr(error);
      if ('code' in lost && lost.code === 'create.unclear') throw lost;
      return refusalOf(error);
    });
  if (outcome.kind !== 'created') return { outcome, looked: null };
  const looked = await client.run((api) => api.request({ method: 'GET', url: doublesUrl })).catch(() => null);
  return { outcome, looked };
}
