import type { CrmRecord } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import { brandKey, plainName } from './company-name';
import { keyOf } from './index-keys';

const SHORTEST = 2;
/** Beyond this many Accounts only whole names are found: looking through more takes longer than a person waits. */
const MOST_LOOKED_THROUGH = 50_000;

/**
 * Accounts by name, to choose one: those that are called so, or whose domain is (by the index, at once), then those with a
 * word that begins so.
 * Letter case, accents, punctuation and legal forms do not matter.
 */
export async function accountsNamed(text: string, store: RecordStore, most: number): Promise<CrmRecord<'account'>[]> {
  const wanted = plainName(text);
  if (wanted.length < SHORTEST) return [];
  const whole = await store.indexed([keyOf.brand(brandKey(text))]);
  const ids = [...whole.values()].flat().map(({ id }) => id);
  const found = new Map(await store.getMany('account', ids.slice(0, most)));
  const { account: count = 0 } = await store.counts();
  if (count <= MOST_LOOKED_THROUGH) {
    for await (const group of store.all('account')) {
      if (found.size >= most) break;
      for (const account of group)
        if (` ${plainName(account.fields.name)}`.includes(` ${wanted}`)) found.set(account.id, account);
    }
  }
  return [...found.values()].slice(0, most);
}
