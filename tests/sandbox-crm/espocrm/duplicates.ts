import type { EspoStore, Values } from './store.ts';
import type { Row } from './where.ts';

/** Records that are like one that is to be made: an Account by its name, people by their name or address. */
export function duplicatesOf(store: EspoStore, type: string, values: Values): Record<string, unknown>[] {
  const same = (row: Row, name: string) => Boolean(values[name]) && row[name] === values[name];
  const isLike = (row: Row): boolean => {
    if (type === 'Account') return same(row, 'name') || same(row, 'emailAddress');
    if (type !== 'Contact' && type !== 'Lead') return false;
    return same(row, 'emailAddress') || (same(row, 'lastName') && same(row, 'firstName'));
  };
  return store
    .rows(type)
    .filter(isLike)
    .map((row) => ({ ...row, _entityType: type }));
}
