import type * as z from 'zod/mini';
import { AppError } from '@/lib/shared/errors';
import { toCrmError } from './api-errors';
import { queryPage } from './api-schemas';
import type { SalesforceClient } from './client';
import type { QueryPage } from './opening';
import { queryPath } from './queries';

/** Records a page; fewer come when the fields are long (REST API guide, headers_queryoptions). */
const PAGE_SIZE = 'batchSize=2000';

/** The first page of a query. @throws jsforce's API error as it is, and AppError; see toCrmError */
export function query(client: SalesforceClient, soql: string): Promise<QueryPage> {
  return requestPage(client, queryPath(soql));
}

/** A page of a query by its address, as the page before names it. @throws as `query` */
export async function requestPage(client: SalesforceClient, url: string): Promise<QueryPage> {
  const headers = { 'Sforce-Query-Options': PAGE_SIZE };
  return client.run(async (api) => readAs(queryPage, await api.request({ method: 'GET', url, headers })));
}

/**
 * An answer in the shape of `schema`. To be called within `client.run`, so that what is no such answer (one that was cut off
 * behind a bracket, for one) is asked for again. @throws AppError `crm.answer-unreadable`
 */
export function readAs<S extends z.ZodMiniType>(schema: S, answer: unknown): z.infer<S> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  return parsed.data;
}

/** All rows of a query, page by page. @throws AppError of the `crm.` group */
export async function* allRows(client: SalesforceClient, soql: string): AsyncGenerator<unknown[]> {
  const refused = (error: unknown) => Promise.reject(toCrmError(error));
  let page = await query(client, soql).catch(refused);
  for (;;) {
    yield page.records;
    if (page.done) return;
    if (!page.nextRecordsUrl) throw new AppError('crm.answer-unreadable');
    page = await requestPage(client, page.nextRecordsUrl).catch(refused);
  }
}
