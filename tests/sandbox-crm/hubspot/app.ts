import { Hono } from 'hono';
import { nativeRow, propertyAnswer, pipelineAnswer } from './answers.ts';
import { BadSearch, DEEPEST, found } from './search.ts';
import type { SearchRequest } from './search.ts';
import type { HubspotSettings } from './sandbox.ts';
import type { HubspotStore, Row, Values } from './store.ts';
import { created, patched, Refusal } from './writes.ts';
import type { NewLink } from './writes.ts';

export interface HubspotState {
  store: HubspotStore;
  settings: HubspotSettings;
}

/** A task and a note need the scopes of Contacts, as in HubSpot. */
const SCOPE: Record<string, string> = { tasks: 'contacts', notes: 'contacts' };

/** The API of HubSpot as one app. */
export function createHubspotApp(state: HubspotState): Hono {
  const { store, settings } = state;
  const app = new Hono();
  const known = (type: string) => {
    if (!store.defs[type] || (type === 'leads' && !settings.hasLeads))
      throw new Refusal(404, 'OBJECT_NOT_FOUND', `Unable to infer object type from: ${type}`);
    return new Set([...(store.defs[type] ?? []).map(({ name }) => name), 'associations.company', 'createdate']);
  };
  const need = (type: string, right: 'read' | 'write') => {
    known(type);
    if (!settings.scopes.has(`crm.objects.${SCOPE[type] ?? type}.${right}`))
      throw new Refusal(403, 'MISSING_SCOPES', 'This app hasn’t been granted all required scopes to make this call.');
  };
  const record = (type: string, id: string): Row => {
    const row = store.find(type, id);
    if (!row || row.archived) throw new Refusal(404, 'OBJECT_NOT_FOUND', 'resource not found');
    return row;
  };
  const row = (type: string, one: Row, properties: readonly string[]) => nativeRow(settings, type, one, properties);

  app.use(async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${settings.token}`)
      throw new Refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    settings.callsToday += 1;
    await next();
    c.header('x-hubspot-ratelimit-daily', String(settings.callsADay));
    c.header('x-hubspot-ratelimit-daily-remaining', String(settings.callsADay - settings.callsToday));
    c.header('date', new Date(store.clock.now()).toUTCString());
  });
  app.onError((error) => {
    const refusal = error instanceof BadSearch ? new Refusal(400, 'VALIDATION_ERROR', error.message) : error;
    if (!(refusal instanceof Refusal)) throw error;
    const body = {
      status: 'error',
      message: refusal.message,
      correlationId: 'a0b1',
      category: refusal.category,
      ...refusal.more,
    };
    const headers = { 'content-type': 'application/json;charset=utf-8', date: new Date(store.clock.now()).toUTCString() };
    return new Response(JSON.stringify(body), { status: refusal.status, headers });
  });

  app.get('/account-info/v3/details', (c) => c.json(settings.details));
  app.post('/oauth/v2/private-apps/get/access-token-info', async (c) => {
    const { tokenKey } = await c.req.json<{ tokenKey: string }>();
    if (tokenKey !== settings.token) throw new Refusal(400, 'VALIDATION_ERROR', 'invalid token');
    return c.json({ userId: settings.userId, hubId: settings.details.portalId, appId: 1, scopes: [...settings.scopes] });
  });
  app.get('/crm/v3/owners/', (c) => owners(c.req.query('archived') === 'true', c.req.query('limit'), c.req.query('after')));
  app.get('/crm/v3/owners', (c) => owners(c.req.query('archived') === 'true', c.req.query('limit'), c.req.query('after')));
  const owners = (archived: boolean, limit = '100', after = '0') => {
    if (!settings.scopes.has('crm.objects.owners.read')) throw new Refusal(403, 'MISSING_SCOPES', 'missing scopes');
    return Response.json(
      paged(
        store.owners.filter((one) => one.archived === archived),
        Number(after),
        Number(limit),
      ),
    );
  };
  app.get('/crm/v3/properties/:type', (c) => {
    const type = c.req.param('type');
    need(type, 'read');
    return c.json({ results: (store.defs[type] ?? []).map(propertyAnswer) });
  });
  app.get('/crm/v3/pipelines/:type', (c) => {
    need(c.req.param('type'), 'read');
    return c.json({ results: (store.pipelines[c.req.param('type')] ?? []).map(pipelineAnswer) });
  });

  app.get('/crm/v3/objects/:type', (c) => {
    const type = c.req.param('type');
    need(type, 'read');
    const limit = Number(c.req.query('limit') ?? 10);
    if (limit > 100) throw new Refusal(400, 'VALIDATION_ERROR', 'limit must be at most 100');
    const rows = c.req.query('archived') === 'true' ? store.archivedRows(type) : store.rows(type);
    const sorted = rows
      .sort((a, b) => Number(a.id) - Number(b.id))
      .filter(({ id }) => Number(id) >= Number(c.req.query('after') ?? 0));
    const properties = (c.req.query('properties') ?? '').split(',');
    const next = sorted[limit];
    const results = sorted.slice(0, limit).map((one) => row(type, one, properties));
    return c.json({ results, ...(next ? { paging: { next: { after: next.id, link: 'https://api.hubapi.com' } } } : {}) });
  });
  app.post('/crm/v3/objects/:type/search', async (c) => {
    const type = c.req.param('type');
    need(type, 'read');
    const request = await c.req.json<SearchRequest>();
    const { limit = 10, after = '0', properties = [] } = request;
    if (limit > 200) throw new Refusal(400, 'VALIDATION_ERROR', 'limit must be at most 200');
    if (Number(after) + limit > DEEPEST) throw new Refusal(400, 'VALIDATION_ERROR', 'The paging depth is limited to 10000');
    const lagging = store.rows(type).filter(({ id }) => !settings.unsearchable.has(id));
    const all = found(lagging, request, known(type));
    const { results, paging } = paged(all, Number(after), limit);
    return c.json({
      total: all.length,
      results: results.map((one) => row(type, one, properties)),
      ...(paging ? { paging } : {}),
    });
  });
  app.post('/crm/v3/objects/:type/batch/read', async (c) => {
    const type = c.req.param('type');
    need(type, 'read');
    const { inputs, properties } = await c.req.json<{ inputs: { id: string }[]; properties: string[] }>();
    if (inputs.length > 100) throw new Refusal(400, 'VALIDATION_ERROR', 'The maximum batch size is 100');
    const rows = inputs.flatMap(({ id }) => store.find(type, id) ?? []).filter(({ archived }) => !archived);
    const at = new Date(store.clock.now()).toISOString();
    const results = rows.map((one) => row(type, one, properties));
    return c.json({ status: 'COMPLETE', results, startedAt: at, completedAt: at }, results.length < inputs.length ? 207 : 200);
  });
  app.post('/crm/v4/associations/:from/:to/batch/read', async (c) => {
    const { from, to } = c.req.param();
    need(from, 'read');
    need(to, 'read');
    const { inputs } = await c.req.json<{ inputs: { id: string }[] }>();
    const results = inputs.flatMap(({ id }) => {
      const ids = store.linked(from, id, to);
      const kind = { category: 'HUBSPOT_DEFINED', typeId: 0, label: null };
      return ids.length === 0
        ? []
        : [{ from: { id }, to: ids.map((one) => ({ toObjectId: Number(one), associationTypes: [kind] })) }];
    });
    const at = new Date(store.clock.now()).toISOString();
    return c.json({ status: 'COMPLETE', results, startedAt: at, completedAt: at }, results.length < inputs.length ? 207 : 200);
  });
  app.get('/crm/v3/objects/:type/:id', (c) => {
    const { type, id } = c.req.param();
    need(type, 'read');
    const shown = row(type, record(type, id), (c.req.query('properties') ?? '').split(','));
    const asked = (c.req.query('associations') ?? '').split(',').filter(Boolean);
    const entries = asked.flatMap((to) => {
      const results = store.linked(type, id, to).map((one) => ({ id: one, type: `${type}_to_${to}` }));
      return results.length === 0 ? [] : [[to, { results }]];
    });
    return c.json({ ...shown, ...(entries.length > 0 ? { associations: Object.fromEntries(entries) } : {}) });
  });
  app.post('/crm/v3/objects/:type', async (c) => {
    const type = c.req.param('type');
    need(type, 'write');
    const { properties, associations = [] } = await c.req.json<{ properties: Values; associations?: NewLink[] }>();
    return c.json(row(type, created(state, type, properties, associations), Object.keys(properties)), 201);
  });
  app.patch('/crm/v3/objects/:type/:id', async (c) => {
    const { type, id } = c.req.param();
    need(type, 'write');
    record(type, id);
    const { properties } = await c.req.json<{ properties: Values }>();
    return c.json(row(type, patched(state, type, id, properties), Object.keys(properties)));
  });
  app.delete('/crm/v3/objects/:type/:id', (c) => {
    const { type, id } = c.req.param();
    need(type, 'write');
    if (store.find(type, id)) store.archive(type, id);
    return c.body(null, 204);
  });
  return app;
}

function paged<T>(all: readonly T[], after: number, limit: number) {
  const next = after + limit < all.length ? { next: { after: String(after + limit) } } : null;
  return { results: all.slice(after, after + limit), ...(next ? { paging: next } : {}) };
}
