/** Narrows a query to the rows it needs to look at, so that a page of a large org costs what the page holds. */
import type { Org } from '../org/org.ts';
import { toId18 } from '../org/record-id.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import { firstAtOrAfter } from '../org/table.ts';
import type { Row } from '../org/table.ts';
import { toOperand, unquote } from './literals.ts';
import type { WhereTree } from './where-tree.ts';

/** Rows that contain all matches. @param byModstamp whether they are wanted in the order of SystemModstamp and Id */
export function candidateRows(org: Org, type: ObjectType, where: WhereTree | undefined, byModstamp: boolean): readonly Row[] {
  const table = org.table(type.name);
  const ids = where && idsAsked(where);
  if (ids) return ids.flatMap((id) => table.get(id) ?? []);
  const since = where && type.field('SystemModstamp') ? lowerBound(where, type, org.clock.now()) : undefined;
  if (!byModstamp && since === undefined) return table.all();
  const sorted = table.byModstamp();
  const narrowed = since === undefined ? sorted : sorted.slice(firstAtOrAfter(sorted, since));
  return byModstamp ? narrowed : narrowed.toSorted((a, b) => (a.Id < b.Id ? -1 : 1));
}

/** The ids a clause allows, in order, when it names them. */
function idsAsked(tree: WhereTree): string[] | undefined {
  if (tree.kind === 'and') return tree.of.map(idsAsked).find((ids) => ids !== undefined);
  if (tree.kind !== 'comparison' || tree.field.toLowerCase() !== 'id' || tree.subquery) return undefined;
  if (tree.operator !== '=' && tree.operator !== 'IN') return undefined;
  const ids = tree.literals.map((literal) => (literal.type === 'STRING' ? toId18(unquote(literal.text)) : undefined));
  return ids.every((id) => id !== undefined) ? [...new Set(ids)].sort() : undefined;
}

/** The earliest SystemModstamp a clause lets through, when it says so. */
function lowerBound(tree: WhereTree, type: ObjectType, now: number): string | undefined {
  if (tree.kind === 'not') return undefined;
  if (tree.kind === 'comparison') {
    const field = tree.field.toLowerCase() === 'systemmodstamp' ? type.field(tree.field) : undefined;
    const [literal] = tree.literals;
    if (!field || !literal || !['>', '>=', '='].includes(tree.operator)) return undefined;
    const operand = toOperand(field, literal, now);
    const from = 'from' in operand ? operand.from : operand.value;
    return typeof from === 'string' ? from : undefined;
  }
  const bounds = tree.of.map((part) => lowerBound(part, type, now));
  const known = bounds.filter((bound) => bound !== undefined).sort();
  if (tree.kind === 'and') return known.at(-1);
  return known.length === bounds.length ? known[0] : undefined;
}
