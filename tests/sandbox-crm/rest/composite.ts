/** Several records or requests in one call. */
import { Hono } from 'hono';
import { ApiError, apiError } from '../http/api-error.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { bodyOf, saveCall } from './request.ts';
import type { DataContext } from './request.ts';
import { prepareCreate, prepareDelete, prepareUpdate } from './save.ts';
import type { Body } from './save.ts';

/** What happened to one record of a collection; here, and only here, a code is called `statusCode`. */
interface CollectionResult {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

type Prepared = { run: () => string } | { failed: CollectionResult };

const MOST_RECORDS = 200;
const MOST_REQUESTS = 25;

export function compositeRoutes(state: SandboxState, dispatch: (request: Request) => Promise<Response>): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const at = (path: string) => `/services/data/:version/composite${path}`;

  const typeNamed = (name: unknown): ObjectType => {
    const type = state.org.schema.object(String(name));
    if (!type) throw apiError(400, 'INVALID_TYPE', `sObject type '${String(name)}' is not supported.`);
    return type;
  };
  const recordsOf = (body: Body): Body[] => {
    const records = Array.isArray(body.records) ? (body.records as Body[]) : [];
    if (records.length > MOST_RECORDS)
      throw apiError(400, 'EXCEEDED_ID_LIMIT', 'record limit reached. cannot submit more than 200 records in this call');
    return records;
  };
  const objectOf = (record: Body) => typeNamed((record.attributes as Body | undefined)?.type);

  app.post(at('/sobjects'), async (c) => {
    const body = await bodyOf(c);
    const call = saveCall(state, c);
    const prepared = recordsOf(body).map((record) =>
      attempt(() => {
        const create = prepareCreate(call, objectOf(record), record);
        return () => create().Id;
      }),
    );
    return c.json(finish(prepared, body.allOrNone === true));
  });
  app.patch(at('/sobjects'), async (c) => {
    const body = await bodyOf(c);
    const call = saveCall(state, c);
    const prepared = recordsOf(body).map((record) =>
      attempt(() => {
        const { id, Id, ...values } = record;
        const update = prepareUpdate(call, objectOf(record), String(id ?? Id), values);
        return () => update().Id;
      }),
    );
    return c.json(finish(prepared, body.allOrNone === true));
  });
  app.delete(at('/sobjects'), (c) => {
    const call = saveCall(state, c);
    const ids = (c.req.query('ids') ?? '').split(',').filter(Boolean);
    const prepared = ids.map((id) =>
      attempt(() => {
        const remove = prepareDelete(call, state.org.schema.byPrefix(id) ?? typeNamed(id), id);
        return () => {
          remove();
          return id;
        };
      }),
    );
    return c.json(finish(prepared, c.req.query('allOrNone') === 'true'));
  });

  const inner = (c: DataContext, method: string, path: string, body: unknown) => {
    const { authorization = '' } = c.req.header();
    const request = new Request(new URL(path.startsWith('/') ? path : `/services/data/${path}`, c.req.url), {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return dispatch(request);
  };
  const answerOf = async (response: Response): Promise<unknown> => {
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  };

  app.post(at('/batch'), async (c) => {
    const requests = listOf(await bodyOf(c), 'batchRequests');
    const results = [];
    for (const request of requests) {
      const response = await inner(c, String(request.method), String(request.url), request.richInput);
      results.push({ statusCode: response.status, result: await answerOf(response) });
    }
    return c.json({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
  });
  app.post(at(''), async (c) => {
    const requests = listOf(await bodyOf(c), 'compositeRequest');
    const answers = new Map<string, unknown>();
    const compositeResponse = [];
    for (const request of requests) {
      const referenceId = String(request.referenceId);
      const { url, body } = fillReferences({ url: request.url, body: request.body }, answers);
      const response = await inner(c, String(request.method), String(url), body);
      const answer = await answerOf(response);
      answers.set(referenceId, answer);
      const location = response.headers.get('location');
      compositeResponse.push({
        body: answer,
        httpHeaders: location ? { Location: location } : {},
        httpStatusCode: response.status,
        referenceId,
      });
    }
    return c.json({ compositeResponse });
  });
  return app;
}

function attempt(prepare: () => () => string): Prepared {
  try {
    return { run: prepare() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const errors = error.bodies.map(({ errorCode, message, fields = [] }) => ({ statusCode: errorCode, message, fields }));
    return { failed: { success: false, errors } };
  }
}

/** Runs what was prepared; with `allOrNone` one failure undoes its siblings before they begin. */
function finish(prepared: readonly Prepared[], allOrNone: boolean): CollectionResult[] {
  const undo = allOrNone && prepared.some((entry) => 'failed' in entry);
  return prepared.map((entry) => {
    if ('failed' in entry) return entry.failed;
    if (!undo) return { id: entry.run(), success: true, errors: [] };
    const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
    return { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }] };
  });
}

function listOf(body: Body, name: string): Body[] {
  const list = Array.isArray(body[name]) ? (body[name] as Body[]) : [];
  if (list.length > MOST_REQUESTS)
    throw apiError(400, 'LIMIT_EXCEEDED', `The limit of ${MOST_REQUESTS} requests has been exceeded`);
  return list;
}

/** `@{first.id}` stands for a part of an earlier answer. */
function fillReferences<T>(value: T, answers: ReadonlyMap<string, unknown>): T {
  const text = JSON.stringify(value).replace(/@\{(\w+)\.([\w.[\]]+)\}/g, (_, reference: string, path: string) => {
    let found = answers.get(reference);
    for (const key of path.split(/[.[\]]+/).filter(Boolean)) found = (found as Record<string, unknown> | undefined)?.[key];
    return String(found);
  });
  return JSON.parse(text) as T;
}
