import type { Row } from './store.ts';

export interface SearchRequest {
  filterGroups?: { filters: Filter[] }[];
  sorts?: ({ propertyName: string; direction: string } | string)[];
  properties?: string[];
  limit?: number;
  after?: string;
  query?: string;
}
interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: string[];
}

/** Thrown for what HubSpot answers with 400. */
export class BadSearch extends Error {}

/** Later pages than this are refused, whatever there is. */
export const DEEPEST = 10_000;

/** What a search finds, in its order. @throws BadSearch */
export function found(
  rows: readonly Row[],
  { filterGroups = [], sorts = [], query }: SearchRequest,
  known: ReadonlySet<string>,
): Row[] {
  if (filterGroups.length > 5) throw new BadSearch('A maximum of 5 filterGroups are supported.');
  if (sorts.length > 1) throw new BadSearch('A maximum of 1 sorts are supported.');
  for (const { filters } of filterGroups) {
    if (filters.length > 6) throw new BadSearch('A maximum of 6 filters per filterGroup are supported.');
    for (const { propertyName } of filters)
      if (!known.has(propertyName)) throw new BadSearch(`Property ${propertyName} does not exist`);
  }
  const words = query?.toLowerCase();
  const matched = rows
    .filter((row) => filterGroups.length === 0 || filterGroups.some(({ filters }) => filters.every((one) => meets(row, one))))
    .filter(({ properties }) => !words || Object.values(properties).some((value) => value?.toLowerCase().includes(words)));
  const [sort] = sorts;
  if (!sort) return matched;
  const { propertyName, direction } = typeof sort === 'string' ? { propertyName: sort, direction: 'ASCENDING' } : sort;
  const sign = direction === 'DESCENDING' ? -1 : 1;
  return matched.sort((a, b) => sign * order(a.properties[propertyName] ?? '', b.properties[propertyName] ?? ''));
}

function meets({ properties }: Row, { propertyName, operator, value = '', values = [] }: Filter): boolean {
  const held = properties[propertyName] ?? null;
  if (operator === 'HAS_PROPERTY') return held !== null && held !== '';
  if (operator === 'NOT_HAS_PROPERTY') return held === null || held === '';
  if (held === null) return false;
  const low = held.toLowerCase();
  switch (operator) {
    case 'EQ':
      return order(low, value.toLowerCase()) === 0;
    case 'NEQ':
      return low !== value.toLowerCase();
    // A list of texts matches in lower case alone: an enumeration's values are taken as they are.
    case 'IN':
      return values.includes(held) || values.includes(low);
    case 'NOT_IN':
      return !values.includes(held) && !values.includes(low);
    case 'GT':
      return order(held, value) > 0;
    case 'GTE':
      return order(held, value) >= 0;
    case 'LT':
      return order(held, value) < 0;
    case 'LTE':
      return order(held, value) <= 0;
    case 'CONTAINS_TOKEN':
      return new RegExp(`(?:^|[\\s@])${escaped(value.toLowerCase())}(?:$|\\s)`).test(` ${low} `);
    default:
      throw new BadSearch(`${operator} is not an operator`);
  }
}

const escaped = (value: string) => value.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');

/** Times are compared as times: HubSpot takes milliseconds for them. */
function order(a: string, b: string): number {
  const [left, right] = [numberIn(a), numberIn(b)];
  if (left !== null && right !== null) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberIn(text: string): number | null {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return /^\d{4}-\d\d-\d\d(?:t|T)/.test(text) ? Date.parse(text.toUpperCase()) : null;
}
