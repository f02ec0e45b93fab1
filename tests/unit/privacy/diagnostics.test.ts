import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { REPORT, reportText } from '@/lib/privacy/diagnostics';
import { OUTBOX_STATES } from '@/lib/shared/outbox-states';
import { leadEntry } from '../../builders/outbox';
import { diagnosticsScene } from '../../builders/diagnostics-scene';

interface Def {
  type: string;
  innerType?: Schema;
  element?: Schema;
  shape?: Record<string, Schema>;
  catchall?: Schema;
  checks?: unknown[];
}
interface Schema {
  _zod: { def: Def };
}

/** Where values stand in the form, and of which kind each is. */
function leavesOf(schema: Schema, path: string): [string, string][] {
  const { type, innerType, element, shape, catchall } = schema._zod.def;
  if (innerType) return leavesOf(innerType, path);
  if (element) return leavesOf(element, `${path}[]`);
  if (!shape) return [[path, type]];
  expect(catchall?._zod.def.type, `${path} takes fields that nobody has named`).toBe('never');
  return Object.entries(shape).flatMap(([name, field]) => leavesOf(field, `${path}.${name}`));
}

describe('the diagnostics report', () => {
  it('has no place for a text: each field is a number, yes or no, a word of a list, or a version', () => {
    const leaves = leavesOf(REPORT as unknown as Schema, 'report');
    expect(leaves.length).toBeGreaterThan(80);
    const strings = leaves.filter(([, type]) => !['number', 'boolean', 'enum', 'literal'].includes(type));
    expect(strings).toEqual([['report.version', 'string']]);
  });

  it('refuses a field that its form does not have', async () => {
    const report = JSON.parse(await (await diagnosticsScene()).make());
    expect(() => reportText({ ...report, host: 'acme.my.salesforce.com' })).toThrow();
    expect(() => reportText({ ...report, system: 'linux' })).not.toThrow();
  });

  it('leaves out what does not fit instead of failing', async () => {
    const report = JSON.parse(await (await diagnosticsScene()).make());
    const text = reportText({
      ...report,
      version: 'pia@acme.com',
      system: 'Pia',
      timings: { settingsMs: 4917_0123456, connectionsMs: 2 },
    });
    expect(JSON.parse(text)).toMatchObject({ version: null, system: 'unknown', timings: { settingsMs: null, connectionsMs: 2 } });
  });

  it('tells counts, codes and settings of a connection', async () => {
    const scene = await diagnosticsScene();
    const report = JSON.parse(await scene.make());
    expect(report).toMatchObject({
      sidelight: 'diagnostics',
      version: '0.1.0',
      browser: { family: 'chromium', version: 141, language: 'de' },
      settings: { idleMinutes: 15, syncHours: 24, overlay: 'tab' },
      permissions: { allSites: true, crmHosts: 1, otherHosts: 1 },
      connections: [{ crm: 'salesforce', host: 'sandbox', login: 'app', troubles: [] }],
    });
    expect(report.permissions.named).toEqual(['storage', 'cookies']);
  });

  it.each(OUTBOX_STATES)('counts what stands in the outbox as %s by that word', async (kind) => {
    const outbox = [leadEntry({ state: { kind } as OutboxEntry['state'] })];
    const [connection] = JSON.parse(await (await diagnosticsScene({ boxes: { outbox } })).make()).connections;
    expect(connection.outbox).toEqual([{ state: kind, code: null, entries: 1 }]);
  });

  it('has a word for an objection that the CRM has no place for', async () => {
    const outbox = [leadEntry({ state: { kind: 'no-place', missing: [] } })];
    const [connection] = JSON.parse(await (await diagnosticsScene({ boxes: { outbox } })).make()).connections;
    expect(connection.outbox).toEqual([{ state: 'no-place', code: null, entries: 1 }]);
  });

  it('is made, with the code, of a connection that cannot be opened', async () => {
    const scene = await diagnosticsScene({ opens: false });
    const [connection] = JSON.parse(await scene.make()).connections;
    expect(connection).toMatchObject({ crm: 'salesforce', host: null, troubles: [{ part: 'open', code: 'vault.tampered' }] });
  });
});
