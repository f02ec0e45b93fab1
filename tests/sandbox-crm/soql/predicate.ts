/** Compiles a WHERE clause to one function, so that testing a row costs a few comparisons and no interpretation. */
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { RowSource } from '../org/sharing.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { resolveField } from './field-path.ts';
import type { ResolvedField } from './field-path.ts';
import { isFolded, toOperand, unquote } from './literals.ts';
import type { Operand } from './literals.ts';
import { SoqlError, notInSandbox } from './soql-error.ts';
import type { Comparison, WhereTree } from './where-tree.ts';

export type Predicate = (row: Row) => boolean;

export interface PredicateContext {
  source: RowSource;
  type: ObjectType;
  /** The CRM's clock, in milliseconds. */
  now: number;
  /** The values of the one column a sub-query selects. */
  column(subquery: Query): Set<Value>;
}

export function compileWhere(tree: WhereTree, context: PredicateContext): Predicate {
  switch (tree.kind) {
    case 'not': {
      const inner = compileWhere(tree.of, context);
      return (row) => !inner(row);
    }
    case 'and': {
      const all = tree.of.map((part) => compileWhere(part, context));
      return (row) => all.every((test) => test(row));
    }
    case 'or': {
      const any = tree.of.map((part) => compileWhere(part, context));
      return (row) => any.some((test) => test(row));
    }
    case 'comparison':
      return compileComparison(tree, context);
  }
}

function compileComparison({ field: path, operator, literals, subquery }: Comparison, context: PredicateContext): Predicate {
  const field = resolveField(context.source, context.type, path);
  if (!field.descriptor.filterable) {
    throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`, field.name);
  }
  if (subquery) {
    const values = context.column(subquery);
    return operator === 'NOT IN' ? (row) => !values.has(field.get(row)) : (row) => values.has(field.get(row));
  }
  if (operator === 'LIKE') return like(field, literals[0]?.text ?? "''");
  const operands = literals.map((literal) => toOperand(field.descriptor, literal, context.now));
  const get = folded(field);
  if (operator === 'IN' || operator === 'NOT IN') {
    const isIn = anyOf(operands);
    return operator === 'IN' ? (row) => isIn(get(row)) : (row) => !isIn(get(row));
  }
  const [operand] = operands;
  if (!operand) throw notInSandbox(`the operator ${operator}`);
  const test = compare(operator, operand);
  return (row) => test(get(row));
}

/** Text compares in lower case; everything else as it is. */
function folded({ descriptor, get }: ResolvedField): (row: Row) => Value {
  if (!isFolded(descriptor)) return get;
  return (row) => {
    const value = get(row);
    return typeof value === 'string' ? value.toLowerCase() || null : value;
  };
}

function anyOf(operands: readonly Operand[]): (value: Value) => boolean {
  const exact = new Set(operands.flatMap((operand) => ('value' in operand ? [operand.value] : [])));
  const ranges = operands.filter((operand) => 'from' in operand).map((operand) => compare('=', operand));
  return (value) => exact.has(value) || ranges.some((inRange) => inRange(value));
}

function compare(operator: string, operand: Operand): (value: Value) => boolean {
  // A single value is a range that begins with it; what "end" means then differs, so both cases are spelt out.
  if ('from' in operand) {
    const { from, to } = operand;
    const text = (test: (value: string) => boolean) => (value: Value) => typeof value === 'string' && test(value);
    switch (operator) {
      case '=':
        return text((value) => value >= from && value < to);
      case '!=':
        return (value) => !(typeof value === 'string' && value >= from && value < to);
      case '<':
        return text((value) => value < from);
      case '<=':
        return text((value) => value < to);
      case '>':
        return text((value) => value >= to);
      case '>=':
        return text((value) => value >= from);
    }
    throw notInSandbox(`the operator ${operator}`);
  }
  const { value: wanted } = operand;
  if (operator === '=') return (value) => value === wanted;
  if (operator === '!=') return (value) => value !== wanted;
  if (wanted === null) return () => false;
  switch (operator) {
    case '<':
      return (value) => value !== null && value < wanted;
    case '<=':
      return (value) => value !== null && value <= wanted;
    case '>':
      return (value) => value !== null && value > wanted;
    case '>=':
      return (value) => value !== null && value >= wanted;
  }
  throw notInSandbox(`the operator ${operator}`);
}

function like(field: ResolvedField, quoted: string): Predicate {
  if (!isFolded(field.descriptor)) {
    throw new SoqlError(
      'INVALID_FIELD',
      `invalid operator on ${field.descriptor.type === 'reference' ? 'id' : field.descriptor.type} field`,
      field.name,
    );
  }
  const pattern = likePattern(unquote(quoted));
  return (row) => {
    const value = field.get(row);
    return typeof value === 'string' && pattern.test(value);
  };
}

/** `%` is any text, `_` any one character, and either is itself after a backslash. */
export function likePattern(text: string): RegExp {
  const source = text.replace(/\\([%_])|([%_])|[.*+?^${}()|[\]\\]/g, (found, escaped?: string, wildcard?: string) => {
    if (escaped) return escaped;
    if (wildcard) return wildcard === '%' ? '.*' : '.';
    return `\\${found}`;
  });
  return new RegExp(`^${source}$`, 'is');
}
