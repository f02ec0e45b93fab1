import type * as z from 'zod/mini';
import { AppError } from '@/lib/shared/errors';
import type { KeyClient } from '../key-client';
import { listAnswer, owner } from './api-schemas';

export type Owner = z.infer<typeof owner> & { active: boolean };

/** Everyone who owns records or has owned some. A call for each 500, twice. @throws AppError */
export async function ownersOf(client: KeyClient): Promise<Owner[]> {
  const found: Owner[] = [];
  for (const archived of [false, true]) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const path: string = `crm/v3/owners?limit=500&archived=${archived}${after === '' ? '' : `&after=${after}`}`;
      const { results, paging }: z.infer<typeof listAnswer> = await client.get(path, listAnswer);
      for (const row of results) {
        const parsed = owner.safeParse(row);
        if (parsed.success) found.push({ ...parsed.data, active: !archived });
      }
      const next: string | undefined = paging?.next?.after;
      if (next !== undefined && next === after) throw new AppError('crm.answer-unreadable');
      after = next;
    }
  }
  return found;
}

export const nameOf = ({ firstName, lastName, email, id }: Owner): string =>
  [firstName, lastName].filter(Boolean).join(' ') || email || id;
