/** The REST API below `/services/data`. */
import { Hono } from 'hono';
import { apiError, invalidSession, limitExceeded, notFound } from '../http/api-error.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import { compileSelect } from '../soql/projection.ts';
import { SoqlError } from '../soql/soql-error.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { bulkQueryRoutes } from './bulk-query.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { unlessKnown } from './conditional.ts';
import { describeBrief, describeFull, describeLayouts } from './describe.ts';
import { limitsOf } from './limits.ts';
import { firstPage, nextPage } from './query.ts';
import { queryColumns } from './query-columns.ts';
import { deletedIds, updatedIds } from './replication.ts';
import { baseOf, bodyOf, saveCall } from './request.ts';
import type { DataContext } from './request.ts';
import { prepareCreate, prepareDelete, prepareUpdate, recordToRead } from './save.ts';
import { isVersion, resourceMap, versionList } from './versions.ts';

/** @param dispatch how composite requests reach the rest of the API */
export function dataRoutes(state: SandboxState, dispatch: (request: Request) => Promise<Response>): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const { org } = state;
  const typeOf = (c: DataContext): ObjectType => {
    const type = org.schema.object(c.req.param('object') ?? '');
    if (!type) throw notFound();
    return type;
  };

  // Anyone may ask which versions there are.
  app.get('/services/data', (c) => c.json(versionList()));
  app.use('/services/data/:version/*', guard(state));
  const at = (path: string) => `/services/data/:version${path}`;
  app.get(at(''), (c) => c.json(resourceMap(baseOf(c), c.get('site'), org.id, c.get('token').userId)));
  app.get(at('/limits'), (c) => c.json(limitsOf(state.usage)));
  app.get(at('/limits/recordCount'), (c) => {
    const names = (c.req.query('sObjects') ?? '').split(',').filter(Boolean);
    const types = names.length > 0 ? names.flatMap((name) => org.schema.object(name) ?? []) : org.schema.objects;
    return c.json({ sObjects: types.map((type) => ({ count: org.rows(type.name).length, name: type.name })) });
  });
  app.get(at('/recent'), (c) => c.json([]));

  app.get(at('/sobjects'), (c) =>
    unlessKnown(c, org.schema.changedAt(), () => {
      const sobjects = org.schema.objects.map((type) => describeBrief(type, baseOf(c)));
      return { encoding: 'UTF-8', maxBatchSize: 200, sobjects };
    }),
  );
  app.get(at('/sobjects/:object'), (c) => c.json({ objectDescribe: describeBrief(typeOf(c), baseOf(c)), recentItems: [] }));
  app.get(at('/sobjects/:object/describe'), (c) => {
    const type = typeOf(c);
    return unlessKnown(c, org.schema.changedAt(type.name), () =>
      describeFull(type, org.schema, baseOf(c), c.get('site').instanceUrl),
    );
  });
  app.get(at('/sobjects/:object/describe/layouts'), (c) => c.json(describeLayouts(typeOf(c), org.schema)));
  app.get(at('/sobjects/:object/updated'), (c) => c.json(updatedIds(state, typeOf(c), c.req.query('start'), c.req.query('end'))));
  app.get(at('/sobjects/:object/deleted'), (c) => c.json(deletedIds(state, typeOf(c), c.req.query('start'), c.req.query('end'))));

  app.post(at('/sobjects/:object'), async (c) => {
    const type = typeOf(c);
    const { Id } = prepareCreate(saveCall(state, c), type, await bodyOf(c))();
    c.header('location', `${baseOf(c)}/sobjects/${type.name}/${Id}`);
    return c.json({ id: Id, success: true, errors: [] }, 201);
  });
  app.get(at('/sobjects/:object/:id'), (c) => {
    const type = typeOf(c);
    const row = recordToRead(state, type, c.req.param('id') ?? '');
    const names =
      c.req
        .query('fields')
        ?.split(',')
        .map((name) => name.trim()) ?? type.fields.map((field) => field.name);
    return c.json(selectNamed(state, type, names, baseOf(c))(row));
  });
  app.patch(at('/sobjects/:object/:id'), async (c) => {
    const [type, id] = [typeOf(c), c.req.param('id') ?? ''];
    prepareUpdate(saveCall(state, c), type, id, await bodyOf(c), c.req.header('if-unmodified-since'))();
    return c.body(null, 204);
  });
  app.delete(at('/sobjects/:object/:id'), (c) => {
    prepareDelete(saveCall(state, c), typeOf(c), c.req.param('id') ?? '')();
    return c.body(null, 204);
  });

  for (const path of ['/query', '/queryAll']) {
    app.get(at(path), (c) => {
      const scope = { base: baseOf(c), userId: c.get('token').userId, includeDeleted: path === '/queryAll' };
      const soql = c.req.query('q') ?? '';
      const page = firstPage(state, soql, scope, c.req.header('sforce-query-options'));
      return c.json(c.req.query('columns') === 'true' ? queryColumns(org.schema, soql) : page);
    });
    app.get(at(`${path}/:locator`), (c) => c.json(nextPage(state, c.req.param('locator') ?? '', baseOf(c))));
  }
  app.route('/', collectionRoutes(state));
  app.route('/', compositeRoutes(state, dispatch));
  app.route('/', bulkQueryRoutes(state));
  return app;
}

/** Lets through who has a session and whose org has calls left, and puts the count on every answer. */
function guard(state: SandboxState) {
  return async (c: DataContext, next: () => Promise<void>) => {
    if (!isVersion(c.req.param('version') ?? '')) throw notFound();
    const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const token = bearer === undefined ? undefined : state.tokens.alive(bearer, 'access', 'session');
    if (!token) throw invalidSession();
    // A request inside a composite request is part of that one call.
    if (c.env?.inner !== true && !state.usage.spend()) throw limitExceeded();
    c.set('token', token);
    await next();
    c.header('sforce-limit-info', `api-usage=${state.usage.used}/${state.usage.max}`);
  };
}

function selectNamed(state: SandboxState, type: ObjectType, names: readonly string[], base: string) {
  try {
    return compileSelect(
      names.map((field) => ({ type: 'Field', field })),
      type,
      {
        source: state.org,
        base,
        children: () => {
          throw notFound();
        },
      },
    );
  } catch (error) {
    if (error instanceof SoqlError) throw apiError(400, error.code, error.message);
    throw error;
  }
}
