/** Narrows a query to the rows it needs to look at, so that a page of a large org costs what the page holds. */
import type { Org } from '../org/org.ts';
import { toId18 } from '../org/record-id.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import { firstNot } from '../org/sorted-rows.ts';
import { firstAtOrAfter } from '../org/table.ts';
import type { Row } from '../org/table.ts';
import { toOperand, unquote } from './literals.ts';
import type { Comparison, WhereTree } from './where-tree.ts';

/** Rows that contain all matches: those from one position of a list up to another. */
interface Candidates {
  rows: readonly Row[];
  from: number;
  to: number;
  /** `modstamp` means by Id where stamps tie. */
  order: 'id' | 'modstamp';
}

/** A stretch of the stamp order longer than this part of it costs more to sort by id than it saves. */
const WORTH_SORTING = 1 / 16;

/** @param byModstamp whether the rows are wanted in the order of SystemModstamp and Id, if that can be had */
export function candidateRows(org: Org, type: ObjectType, where: WhereTree | undefined, byModstamp: boolean): Candidates {
  const table = org.table(type.name);
  const ids = where && idsAsked(where);
  if (ids) return whole(ids.flatMap((id) => table.get(id) ?? []));
  const { from, to } = where && type.field('SystemModstamp') ? boundsOf(where, type, org.clock.now()) : {};
  if (!byModstamp && from === undefined && to === undefined) return whole(table.all());
  const sorted = table.byModstamp();
  const start = from === undefined ? 0 : firstAtOrAfter(sorted, from);
  const end = to === undefined ? sorted.length : firstNot(sorted, (row) => String(row.SystemModstamp) <= to);
  if (byModstamp) return { rows: sorted, from: start, to: Math.max(start, end), order: 'modstamp' };
  if (end - start > sorted.length * WORTH_SORTING) return whole(table.all());
  return whole(sorted.slice(start, end).sort((a, b) => (a.Id < b.Id ? -1 : 1)));
}

const whole = (rows: readonly Row[]): Candidates => ({ rows, from: 0, to: rows.length, order: 'id' });

/** The ids a clause allows, in order, when it names them. */
function idsAsked(tree: WhereTree): string[] | undefined {
  if (tree.kind === 'and') return tree.of.map(idsAsked).find((ids) => ids !== undefined);
  if (tree.kind !== 'comparison' || tree.field.toLowerCase() !== 'id' || tree.subquery) return undefined;
  if (tree.operator !== '=' && tree.operator !== 'IN') return undefined;
  const ids = tree.literals.map((literal) => (literal.type === 'STRING' ? toId18(unquote(literal.text)) : undefined));
  return ids.every((id) => id !== undefined) ? [...new Set(ids)].sort() : undefined;
}

interface Bounds {
  from?: string | undefined;
  /** Included. */
  to?: string | undefined;
}

/** The earliest and the latest SystemModstamp a clause lets through, where it says so. */
function boundsOf(tree: WhereTree, type: ObjectType, now: number): Bounds {
  if (tree.kind === 'not') return {};
  if (tree.kind === 'comparison') return tree.field.toLowerCase() === 'systemmodstamp' ? ownBounds(tree, type, now) : {};
  const parts = tree.of.map((part) => boundsOf(part, type, now));
  const known = (end: 'from' | 'to') => parts.flatMap((part) => part[end] ?? []).sort();
  const [froms, tos] = [known('from'), known('to')];
  if (tree.kind === 'and') return { from: froms.at(-1), to: tos[0] };
  return {
    from: froms.length === parts.length ? froms[0] : undefined,
    to: tos.length === parts.length ? tos.at(-1) : undefined,
  };
}

function ownBounds({ field, operator, literals }: Comparison, type: ObjectType, now: number): Bounds {
  const [descriptor, literal] = [type.field(field), literals[0]];
  if (!descriptor || !literal || !['=', '>', '>=', '<', '<='].includes(operator)) return {};
  const operand = toOperand(descriptor, literal, now);
  const [from, to] = 'from' in operand ? [operand.from, operand.to] : [operand.value, operand.value];
  return {
    from: typeof from === 'string' && !operator.startsWith('<') ? from : undefined,
    to: typeof to === 'string' && !operator.startsWith('>') ? to : undefined,
  };
}
