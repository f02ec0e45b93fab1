import type { EspoState } from './app.ts';
import { attributesOf } from './entities.ts';
import { Refusal } from './records.ts';
import { hiddenAttributes } from './rights.ts';
import { attributesIn, BadWhere, meets, whereIn } from './where.ts';
import type { Row } from './where.ts';

const LARGEST = 200;

/** A list as EspoCRM answers it: at most 200 records, ordered by one attribute and then by id. @throws Refusal */
export function listOf({ store, rights, settings }: EspoState, type: string, params: URLSearchParams) {
  const defs = store.defs[type];
  const maxSize = Number(params.get('maxSize') ?? 20);
  if (maxSize > LARGEST) throw new Refusal(403, `Max size should not exceed ${LARGEST}.`);
  const hidden = hiddenAttributes(rights, type);
  const known = defs ? attributesOf(defs) : new Set<string>();
  const where = whereIn(params);
  const orderBy = params.get('orderBy') ?? 'createdAt';
  if (!known.has(orderBy)) throw new Refusal(400, `Order by non-existing field '${orderBy}'.`);
  for (const attribute of attributesIn(where)) {
    if (!known.has(attribute)) throw new Refusal(400, `Not existing attribute '${attribute}' in where.`);
    if (hidden.has(attribute)) throw new Refusal(403, `Forbidden attribute '${attribute}' in where.`);
  }
  const sign = params.get('order') === 'desc' ? -1 : 1;
  const found = visible().sort((a, b) => sign * (order(a[orderBy], b[orderBy]) || order(a.id, b.id)));
  const offset = Number(params.get('offset') ?? 0);
  const select = params.get('select')?.split(',') ?? [...known];
  const columns = ['id', ...select.filter((name) => known.has(name) && !hidden.has(name))];
  const list = found
    .slice(offset, offset + maxSize)
    .map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
  const uncounted = settings.uncounted.has(type);
  return { total: uncounted ? (offset + list.length < found.length ? -1 : -2) : found.length, list };

  function visible(): Row[] {
    try {
      return store.rows(type).filter((row) => !store.isHidden(type, row.id) && meets(row, where, settings.zoneHours));
    } catch (error) {
      if (error instanceof BadWhere) throw new Refusal(400, error.message);
      throw error;
    }
  }
}

function order(a: unknown, b: unknown): number {
  const [left, right] = [a ?? '', b ?? ''];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
