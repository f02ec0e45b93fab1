/**
 * The parser gives a WHERE clause as a chain of conditions with counts of parentheses. This makes the tree it means.
 */
import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Literal } from './literals.ts';
import { SoqlError, notInSandbox } from './soql-error.ts';

export interface Comparison {
  kind: 'comparison';
  field: string;
  operator: string;
  literals: Literal[];
  subquery?: Query;
}

export type WhereTree = Comparison | { kind: 'not'; of: WhereTree } | { kind: 'and' | 'or'; of: WhereTree[] };

type Token = Comparison | '(' | ')' | 'AND' | 'OR' | 'NOT';

export function toWhereTree(where: WhereClause): WhereTree {
  const tokens = flatten(where);
  let at = 0;
  const one = (): WhereTree => {
    const token = tokens[at++];
    if (token === 'NOT') return { kind: 'not', of: one() };
    if (token === '(') {
      const inner = many();
      at++;
      return inner;
    }
    if (token === undefined || typeof token === 'string')
      throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${token ?? ''}'`);
    return token;
  };
  const many = (): WhereTree => {
    const of = [one()];
    const joint = tokens[at];
    if (joint !== 'AND' && joint !== 'OR') return of[0] ?? one();
    while (tokens[at] === joint) {
      at++;
      of.push(one());
    }
    // AND and OR side by side need parentheses in SOQL.
    const next = tokens[at];
    if (next === 'AND' || next === 'OR') throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${next}'`, next);
    return { kind: joint === 'AND' ? 'and' : 'or', of };
  };
  return many();
}

function flatten(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  let clause: WhereClause | undefined = where;
  while (clause) {
    const { left } = clause;
    for (let open = left?.openParen ?? 0; open > 0; open--) tokens.push('(');
    if (left && 'operator' in left) {
      tokens.push(toComparison(left));
      for (let close = left.closeParen ?? 0; close > 0; close--) tokens.push(')');
    }
    if (!('operator' in clause)) break;
    tokens.push(clause.operator);
    clause = clause.right;
  }
  return tokens;
}

function toComparison(condition: Extract<NonNullable<WhereClause['left']>, { operator: unknown }>): Comparison {
  if ('fn' in condition) throw notInSandbox('functions in WHERE');
  const base = { kind: 'comparison', field: condition.field, operator: condition.operator, literals: [] } as const;
  if ('valueQuery' in condition) return { ...base, literals: [], subquery: condition.valueQuery };
  const values = [condition.value].flat();
  const types = [condition.literalType].flat();
  const numbers = 'dateLiteralVariable' in condition ? [condition.dateLiteralVariable].flat() : [];
  return {
    ...base,
    literals: values.map((text, i) => ({ text, type: types[i] ?? types[0] ?? 'STRING', n: numbers[i] ?? numbers[0] ?? 0 })),
  };
}
