import { Hono } from 'hono';
import { language } from './entities.ts';
import { aclOf, hiddenAttributes, may } from './rights.ts';
import type { Rights } from './rights.ts';
import { listOf } from './lists.ts';
import { Refusal, shown, valuesIn } from './records.ts';
import type { EspoSettings } from './sandbox.ts';
import type { EspoStore } from './store.ts';
import { duplicatesOf } from './duplicates.ts';

export interface EspoState {
  store: EspoStore;
  settings: EspoSettings;
  rights: Rights;
  apiUserId: string;
  folder: string;
}

/** The API of EspoCRM as one app. */
export function createEspoApp(state: EspoState): Hono {
  const { store, settings, rights, apiUserId } = state;
  const app = new Hono().basePath(`${state.folder}/api/v1`);
  const record = (type: string, id: string) => {
    const row = store.find(type, id);
    if (!row || row.deleted === true) throw new Refusal(404, '');
    if (store.isHidden(type, id)) throw new Refusal(403, "No 'read' access.");
    return row;
  };
  const require = (type: string, action: Parameters<typeof may>[2]) => {
    if (!store.defs[type]) throw new Refusal(404, '');
    if (!may(rights, type, action)) throw new Refusal(403, `No ${action} access.`);
  };

  app.use(async (c, next) => {
    // No CORS: a preflight gets a page about the method, with status 200 (measured).
    if (c.req.method === 'OPTIONS') return c.html('<h1>405 Method Not Allowed</h1>');
    if (c.req.header('x-api-key') !== settings.apiKey) return new Response(null, { status: 401 });
    await next();
    c.header('date', new Date(store.clock.now()).toUTCString());
    return undefined;
  });
  app.onError((error) => {
    if (!(error instanceof Refusal)) throw error;
    const headers = {
      date: new Date(store.clock.now()).toUTCString(),
      ...(error.reason === '' ? {} : { 'X-Status-Reason': error.reason }),
    };
    return new Response(error.body === null ? null : JSON.stringify(error.body), { status: error.status, headers });
  });

  app.get('/App/user', (c) => {
    const user = store.find('User', apiUserId);
    return c.json({
      user: { id: apiUserId, name: user?.name, userName: user?.userName, type: 'api' },
      acl: aclOf(rights),
      preferences: {},
      settings: { applicationName: 'Northwind CRM' },
      language: 'en_US',
    });
  });
  app.get('/I18n', (c) => c.json(language()));
  app.get('/Metadata', (c) => {
    const seen = Object.entries(store.defs).filter(([type]) => may(rights, type, 'read'));
    const all: unknown = { entityDefs: Object.fromEntries(seen) };
    const key = c.req.query('key');
    const found =
      key === undefined ? all : key.split('.').reduce((at, name) => (at as Record<string, unknown> | null)?.[name] ?? null, all);
    return c.json(found as object);
  });
  app.get('/:type', (c) => {
    const type = c.req.param('type');
    require(type, 'read');
    return c.json(listOf(state, type, new URL(c.req.url).searchParams));
  });
  app.get('/:type/:id', (c) => {
    const { type, id } = c.req.param();
    require(type, 'read');
    return c.json(shown(record(type, id), hiddenAttributes(rights, type)));
  });
  app.post('/:type', async (c) => {
    const type = c.req.param('type');
    require(type, 'create');
    const values = valuesIn(state, type, await c.req.json(), 'create');
    const found = c.req.header('x-skip-duplicate-check') === 'true' ? [] : duplicatesOf(store, type, values);
    if (found.length > 0) throw new Refusal(409, 'duplicate', found);
    const row = store.insert(type, values, apiUserId);
    return c.json(shown(row, hiddenAttributes(rights, type)));
  });
  app.put('/:type/:id', async (c) => {
    const { type, id } = c.req.param();
    require(type, 'edit');
    const row = record(type, id);
    const version = c.req.header('x-version-number');
    if (version !== undefined && Number(version) !== row.versionNumber) throw new Refusal(409, 'modified', { values: {} });
    const values = valuesIn(state, type, await c.req.json(), 'edit');
    return c.json(shown(store.update(type, id, values, apiUserId), hiddenAttributes(rights, type)));
  });
  app.delete('/:type/:id', (c) => {
    const { type, id } = c.req.param();
    require(type, 'delete');
    record(type, id);
    store.remove(type, id);
    return c.json(true);
  });
  return app;
}
