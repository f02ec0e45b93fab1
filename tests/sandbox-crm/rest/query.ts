/** Query pages and their cursors. */
import { apiError } from '../http/api-error.ts';
import type { QueryResult } from '../soql/run-query.ts';
import { runQuery } from '../soql/run-query.ts';
import type { QueryScope } from '../soql/select-rows.ts';
import { SoqlError, describeSoqlError } from '../soql/soql-error.ts';
import type { SandboxState } from '../state.ts';

const LARGEST_PAGE = 2000;
const SMALLEST_PAGE = 200;
/** What a real org fell back to once a long text area was among the columns. */
const LONG_TEXT_PAGE = 1000;

/** @param options the `Sforce-Query-Options` header @throws ApiError with the message SOQL errors have */
export function firstPage(state: SandboxState, soql: string, scope: Omit<QueryScope, 'org'>, options: string | undefined) {
  const result = refusing(soql, () => runQuery(soql, { org: state.org, ...scope }));
  return page(state, result, 0, pageSizeFor(state, result, options), scope.base, undefined);
}

/** @param locator `0r8…-2000`: the cursor and how many records came before */
export function nextPage(state: SandboxState, locator: string, base: string) {
  const [, name = '', from] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
  const kept = state.cursors.find(name, state.org.clock.now());
  if (!kept || Number(from) >= kept.result.length) throw apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(state, kept.result, Number(from), kept.pageSize, base, name);
}

/** Turns what is wrong with a query into the REST answer. */
export function refusing<T>(soql: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SoqlError) throw apiError(400, error.code, describeSoqlError(error, soql));
    throw error;
  }
}

function page(state: SandboxState, result: QueryResult, from: number, size: number, base: string, cursor: string | undefined) {
  const to = Math.min(from + size, result.length);
  const { totalSize } = result;
  const records = result.records(from, to);
  if (to >= result.length) return { totalSize, done: true, records };
  const name = cursor ?? state.cursors.keep(result, size, state.org.clock.now());
  return { totalSize, done: false, nextRecordsUrl: `${base}/query/${name}-${to}`, records };
}

function pageSizeFor({ settings }: SandboxState, result: QueryResult, options: string | undefined): number {
  if (settings.pageSize !== undefined) return settings.pageSize;
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(options ?? '')?.[1] ?? LARGEST_PAGE);
  const allowed = result.hasLongText ? LONG_TEXT_PAGE : LARGEST_PAGE;
  return Math.min(Math.max(asked, SMALLEST_PAGE), allowed);
}
