/** Several requests in one call. */
import { Hono } from 'hono';
import { apiError } from '../http/api-error.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { bodyOf } from './request.ts';
import type { DataContext } from './request.ts';
import type { Body } from './save.ts';

const MOST_REQUESTS = 25;
/** Of these, queries and record collections. */
const MOST_LARGE = 5;
const LARGE = /^\/services\/data\/[^/]+\/(?:query|queryAll|composite\/sobjects)(?:\/|$)/i;
/** What a request inside another can not say for itself. */
const FROM_OUTSIDE = new Set(['authorization', 'accept', 'content-type', 'content-length', 'host']);
/** The headers of inner answers that real composite answers show. */
const SHOWN = ['Location', 'ETag', 'Last-Modified'];

interface InnerRequest {
  method: string;
  url: string;
  body?: unknown;
  headers?: unknown;
}

interface CompositePart {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

/** @param dispatch how an inner request reaches the rest of the API */
export function compositeRoutes({ org }: SandboxState, dispatch: (request: Request) => Promise<Response>): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const at = (path: string) => `/services/data/:version/composite${path}`;

  const inner = async (c: DataContext, { method, url, body, headers }: InnerRequest) => {
    const own = Object.entries((headers ?? {}) as Record<string, unknown>);
    const request = new Request(innerUrl(c, url), {
      method,
      headers: {
        ...Object.fromEntries(own.filter(([name]) => !FROM_OUTSIDE.has(name.toLowerCase())).map(([k, v]) => [k, String(v)])),
        authorization: c.req.header('authorization') ?? '',
        'content-type': 'application/json',
      },
      ...(body === undefined || body === null || method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    const response = await dispatch(request);
    const text = await response.text();
    return { response, answer: text === '' ? null : (JSON.parse(text) as unknown) };
  };

  app.post(at('/batch'), async (c) => {
    const requests = listOf(await bodyOf(c), 'batchRequests');
    const results = [];
    for (const request of requests) {
      const { response, answer } = await inner(c, {
        method: String(request.method),
        url: String(request.url),
        body: request.richInput,
      });
      results.push({ statusCode: response.status, result: answer });
    }
    return c.json({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
  });
  app.post(at(''), async (c) => {
    const body = await bodyOf(c);
    const requests = listOf(body, 'compositeRequest');
    const large = requests.filter(({ url }) => LARGE.test(innerUrl(c, String(url)).pathname)).length;
    if (large > MOST_LARGE) throw tooMany(`${MOST_LARGE} query and collection requests`);
    const answers = new Map<string, unknown>();
    const compositeResponse: CompositePart[] = [];
    const before = body.allOrNone === true ? org.transaction() : null;
    for (const request of requests) {
      const referenceId = String(request.referenceId);
      const asks = fillReferences({ url: request.url, body: request.body }, answers);
      const asked = { method: String(request.method), url: String(asks.url), body: asks.body, headers: request.httpHeaders };
      const done = holdsReference(asks) ? nothingThere() : inner(c, asked);
      const { response, answer } = await done.catch((error: unknown) => {
        before?.rollBack();
        throw error;
      });
      answers.set(referenceId, answer);
      const httpHeaders = Object.fromEntries(
        SHOWN.flatMap((name) => {
          const value = response.headers.get(name);
          return value === null ? [] : [[name, value]];
        }),
      );
      compositeResponse.push({ body: answer, httpHeaders, httpStatusCode: response.status, referenceId });
      if (before && response.status >= 400) {
        before.rollBack();
        return c.json({ compositeResponse: takenBack(requests, compositeResponse) });
      }
    }
    before?.commit();
    return c.json({ compositeResponse });
  });
  return app;
}

/** With `allOrNone` the answer of the part that failed stands; every other one is taken back, or was never begun. */
function takenBack(requests: readonly Body[], done: readonly CompositePart[]): CompositePart[] {
  const failed = done.at(-1);
  return requests.map(({ referenceId }) => {
    if (failed && referenceId === failed.referenceId) return failed;
    const message = 'The transaction was rolled back since another operation in the same transaction failed.';
    const body = [{ errorCode: 'PROCESSING_HALTED', message }];
    return { body, httpHeaders: {}, httpStatusCode: 400, referenceId: String(referenceId) };
  });
}

/** There is no way to write `@{` so that it is no reference, and one to nothing is refused. */
const holdsReference = (asks: unknown): boolean => JSON.stringify(asks).includes('@{');

async function nothingThere(): Promise<{ response: Response; answer: unknown }> {
  const answer = [{ errorCode: 'INVALID_INPUT', message: 'Invalid reference specified.' }];
  return { response: Response.json(answer, { status: 400 }), answer };
}

/** Batch requests are named from the version on, those of a composite from the root; doubled slashes mean nothing. */
const innerUrl = (c: DataContext, path: string) =>
  new URL((path.startsWith('/') ? path : `/services/data/${path}`).replace(/^\/+/, '/'), c.req.url);

const tooMany = (what: string) => apiError(400, 'LIMIT_EXCEEDED', `The limit of ${what} has been exceeded`);

function listOf(body: Body, name: string): Body[] {
  const list = Array.isArray(body[name]) ? (body[name] as Body[]) : [];
  if (list.length > MOST_REQUESTS) throw tooMany(`${MOST_REQUESTS} requests`);
  return list;
}

/** `@{first.id}` stands for a part of an earlier answer; one that stands for nothing is left. */
function fillReferences<T>(value: T, answers: ReadonlyMap<string, unknown>): T {
  const text = JSON.stringify(value).replace(/@\{(\w+)\.([\w.[\]]+)\}/g, (whole, reference: string, path: string) => {
    let found = answers.get(reference);
    for (const key of path.split(/[.[\]]+/).filter(Boolean)) found = (found as Record<string, unknown> | undefined)?.[key];
    return found === undefined ? whole : JSON.stringify(String(found)).slice(1, -1);
  });
  return JSON.parse(text) as T;
}
