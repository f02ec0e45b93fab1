/** Several records in one call. */
import { Hono } from 'hono';
import { ApiError, apiError } from '../http/api-error.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { bodyOf, saveCall } from './request.ts';
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

export function collectionRoutes(state: SandboxState): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const path = '/services/data/:version/composite/sobjects';

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

  app.post(path, async (c) => {
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
  app.patch(path, async (c) => {
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
  app.delete(path, (c) => {
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
