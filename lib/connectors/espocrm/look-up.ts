import type { LookUpHit } from '../creation-contract';
import { listAnswer } from './api-schemas';
import type { EspoClient } from './client';
import { listPath } from './queries';

const MOST_HITS = 10;
const MOST_TYPES = 5;

/** Entity types by the id of a record that was found. */
export type Parents = Map<string, string>;

/** What tells records of one name apart. */
const DETAIL: Readonly<Record<string, string>> = {
  Account: 'billingAddressCity',
  Contact: 'emailAddress',
  Lead: 'accountName',
  Opportunity: 'stage',
  User: 'userName',
};

/**
 * Records of these entity types that EspoCRM finds by `text`, ten at most. A call for each type, at the same time. A type that
 * cannot be seen is left out. @throws AppError `auth.reconnect` and those of egress when none could be asked
 */
export async function lookUpRecords(
  client: EspoClient,
  entityTypes: readonly string[],
  text: string,
  parents: Parents,
): Promise<LookUpHit[]> {
  const wanted = text.trim();
  const asked = entityTypes.filter((one) => /^\w+$/.test(one)).slice(0, MOST_TYPES);
  if (wanted === '' || asked.length === 0) return [];
  const answers = await Promise.allSettled(
    asked.map((type) => {
      const select = ['id', 'name', ...(DETAIL[type] ? [DETAIL[type]] : [])];
      const query = { select, where: [{ type: 'textFilter', value: wanted }], maxSize: MOST_HITS, orderBy: 'name' as const };
      return client.get(listPath(type, query), listAnswer);
    }),
  );
  const [first] = answers;
  if (first?.status === 'rejected' && answers.every(({ status }) => status === 'rejected')) throw first.reason;
  const hits = answers.flatMap((answer, index) => {
    const object = asked[index] ?? '';
    return answer.status === 'fulfilled' ? answer.value.list.flatMap((row) => hitIn(row, object) ?? []) : [];
  });
  for (const { id, object } of hits) parents.set(id, object);
  return hits.slice(0, MOST_HITS);
}

function hitIn(row: unknown, object: string): LookUpHit | null {
  const { id, name, ...shown } = row as Record<string, unknown>;
  if (typeof id !== 'string' || typeof name !== 'string' || name === '') return null;
  const detail = shown[DETAIL[object] ?? ''];
  return { id, object, label: name, detail: typeof detail === 'string' && detail !== '' ? detail : null };
}
