/** The API as fetch and a token see it, in this process: for tests that look at statuses, headers and bodies themselves. */
import type { Sandbox } from '../sandbox.ts';

/** The parts of an answer's body that tests look at; which are there depends on the answer. */
interface PlainBody {
  [key: string]: unknown;
  records: Record<string, unknown>[];
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
}

export interface PlainClient {
  /** @param path below `/services/data/vXX.X`, or from `/services/` on */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** As `call`, as the JSON it answers. */
  get(path: string, headers?: Record<string, string>): Promise<PlainBody>;
  post(path: string, body: unknown): Promise<Response>;
  query(soql: string): Promise<PlainBody>;
  /** The ids a query gives over all of its pages. */
  idsOf(soql: string): Promise<unknown[]>;
  /** A composite request's answers, by their reference. @param requests by reference */
  composite<K extends string>(requests: Record<K, CompositeRequest>): Promise<Record<K, CompositeAnswer>>;
}

interface CompositeRequest {
  method?: string;
  url: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
}

interface CompositeAnswer {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
}

export function plainClient(sandbox: Sandbox, version = '66.0'): PlainClient {
  const base = `/services/data/v${version}`;
  const authorization = `Bearer ${sandbox.tokens.issueAccessToken()}`;
  const call: PlainClient['call'] = (path, init) =>
    sandbox.fetch(sandbox.myDomainUrl + (path.startsWith('/services/') ? path : base + path), {
      ...init,
      headers: { authorization, 'content-type': 'application/json', ...(init?.headers as Record<string, string> | undefined) },
    });
  const get: PlainClient['get'] = async (path, headers = {}) => (await call(path, { headers })).json() as Promise<PlainBody>;
  const post: PlainClient['post'] = (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) });
  const query = (soql: string) => get(`/query?q=${encodeURIComponent(soql)}`);
  return {
    call,
    get,
    post,
    query,
    async idsOf(soql) {
      let page = await query(soql);
      const ids = page.records.map((record) => record.Id);
      while (page.nextRecordsUrl) {
        page = await get(page.nextRecordsUrl);
        ids.push(...page.records.map((record) => record.Id));
      }
      return ids;
    },
    async composite<K extends string>(requests: Record<K, CompositeRequest>) {
      const compositeRequest = Object.entries<CompositeRequest>(requests).map(
        ([referenceId, { method = 'GET', url, ...more }]) => {
          return { referenceId, method, url: url.startsWith('/services/') ? url : base + url, ...more };
        },
      );
      const answer = (await (await post('/composite', { compositeRequest })).json()) as {
        compositeResponse: (CompositeAnswer & { referenceId: string })[];
      };
      const answers = answer.compositeResponse.map(({ referenceId, ...rest }) => [referenceId, rest]);
      return Object.fromEntries(answers) as Record<K, CompositeAnswer>;
    },
  };
}
