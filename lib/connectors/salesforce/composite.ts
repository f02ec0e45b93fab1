import { AppError } from '@/lib/shared/errors';
import { toCrmError } from './api-errors';
import { compositeAnswer } from './api-schemas';
import type { SalesforceClient } from './client';
import { API_ROOT } from './rest-api';
import { readAs } from './requests';

/** One of several requests that are sent together. `path` is below the API's root. */
export interface Part {
  ref: string;
  path: string;
  headers?: Record<string, string>;
}

export interface PartAnswer {
  status: number;
  body: unknown;
}

/** Limits of a composite request (REST API guide, "Send Multiple Requests Using Composite"); it counts as one API call. */
const MOST_PARTS = 25;
const MOST_QUERIES = 5;

/**
 * Sends reading requests together, in as few calls as the limits allow, in order. A part that is refused has its own
 * status; the others are answered all the same.
 * @throws AppError of the `crm.` and `auth.` groups when a call as a whole fails
 */
export async function askTogether(client: SalesforceClient, parts: readonly Part[]): Promise<Map<string, PartAnswer>> {
  const answers = new Map<string, PartAnswer>();
  for (const group of groups(parts)) {
    const body = JSON.stringify({
      compositeRequest: group.map(({ ref, path, headers }) => ({
        method: 'GET',
        url: API_ROOT + path,
        referenceId: ref,
        ...(headers ? { httpHeaders: headers } : {}),
      })),
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await client
      .run(async (api) => readAs(compositeAnswer, await api.request({ method: 'POST', url: '/composite', body, headers })))
      .catch((error) => Promise.reject(toCrmError(error)));
    for (const one of answer.compositeResponse) {
      answers.set(one.referenceId, { status: one.httpStatusCode, body: one.body });
    }
  }
  if (parts.some(({ ref }) => !answers.has(ref))) throw new AppError('crm.answer-unreadable');
  return answers;
}

/** Parts in groups that each fit into one call. Pure. */
function groups(parts: readonly Part[]): Part[][] {
  const all: { parts: Part[]; queries: number }[] = [];
  for (const part of parts) {
    const isQuery = part.path.startsWith('/query');
    const room = all.find((group) => group.parts.length < MOST_PARTS && (!isQuery || group.queries < MOST_QUERIES));
    const group = room ?? { parts: [], queries: 0 };
    if (!room) all.push(group);
    group.parts.push(part);
    if (isQuery) group.queries += 1;
  }
  return all.map((group) => group.parts);
}
