/** The user interface's host: one readable page per record, so that links from the extension lead somewhere. */
import { Hono } from 'hono';
import { missingPage, recordPage } from '../oauth/pages.ts';
import { toId18 } from '../org/record-id.ts';
import type { FieldDescriptor } from '../org/schema/field.ts';
import type { Row } from '../org/table.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';

const NEVER_SHOWN = new Set(['id', 'address', 'double']);

export function recordPageRoutes({ org }: SandboxState): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get('/lightning/r/:object/:id/view', (c) => {
    const type = org.schema.object(c.req.param('object'));
    const row = type && org.reader(type.name)(toId18(c.req.param('id')) ?? '');
    if (!type || !row || row.IsDeleted === true) return c.html(missingPage(), 404);
    const values = type.fields.map((field) => shown(field, row)).filter((pair) => pair !== undefined);
    return c.html(recordPage(type.label, String(row.Name ?? row.Subject ?? row.Id), values));
  });
  // The short address every record has leads to its page.
  app.get('/:id{[0-9a-zA-Z]{15,18}}', (c) => {
    const id = toId18(c.req.param('id')) ?? '';
    const type = org.schema.byPrefix(id);
    if (!type) return c.html(missingPage(), 404);
    return c.redirect(`${c.get('site').lightningUrl}/lightning/r/${type.name}/${id}/view`);
  });

  function shown(field: FieldDescriptor, row: Row): [string, string] | undefined {
    const value = row[field.name] ?? null;
    if (value === null || NEVER_SHOWN.has(field.type) || (field.type === 'boolean' && value === false)) return undefined;
    if (field.type !== 'reference') return [field.label, value === true ? 'Yes' : String(value)];
    const target = org.schema.byPrefix(String(value));
    const name = target && org.reader(target.name)(String(value))?.Name;
    return [field.label.replace(/ ID$/, ''), String(name ?? value)];
  }
  return app;
}
