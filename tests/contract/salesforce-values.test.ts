import { describe, expect, it } from 'vitest';
import type { Value } from '../sandbox-crm/org/table.ts';
import { contentOf, expectEqual, HOUR, rowOf, type Scene, salesforceScene, SMALL, whole } from './salesforce-scene';

const TRICKY = [
  'a "quoted" name',
  '"',
  '""',
  'comma, comma',
  'line\nbreak',
  'carriage\r\nreturn',
  'ends with a backslash \\',
  "it's",
  'Müller & Söhne, Größe „XL“',
  '株式会社',
  '👩‍👩‍👧‍👦 & 🏳️‍🌈',
  'e\u0301 is not \u00e9',
  '\u2028 separator',
  '<b>bold</b>',
  '=1+1',
  'null',
  'true',
  '0012',
  '1e5',
  ' spaces around ',
  'tab\there',
  '#N/A',
];

const FIELDS = [
  { name: 'Code__c', label: 'Code', type: 'string' },
  { name: 'Note__c', label: 'Note', type: 'textarea' },
  { name: 'Choice__c', label: 'Choice', type: 'picklist', values: ['One', 'Two, or more'] },
  { name: 'Link__c', label: 'Link', type: 'url' },
  { name: 'Score__c', label: 'Score', type: 'double' },
  { name: 'Price__c', label: 'Price', type: 'currency' },
  { name: 'Share__c', label: 'Share', type: 'percent' },
  { name: 'Count__c', label: 'Count', type: 'int' },
  { name: 'Vip__c', label: 'VIP', type: 'boolean' },
  { name: 'Since__c', label: 'Since', type: 'date' },
  { name: 'Called__c', label: 'Called', type: 'datetime' },
  { name: 'Boss__c', label: 'Boss', type: 'reference' },
] as const;

const VALUES: Record<string, Value>[] = [
  { Score__c: 0, Price__c: 0.1, Share__c: 12.5, Count__c: -7, Vip__c: true, Since__c: '2020-02-29', Choice__c: 'Two, or more' },
  { Score__c: -1.5e-7, Price__c: 1e15, Share__c: 100, Count__c: 0, Vip__c: false, Called__c: '2026-05-01T07:25:37.000+0000' },
  { Score__c: null, Vip__c: false, Since__c: null, Called__c: null, Choice__c: null, Link__c: 'https://a.example/?q=a,b&c="d"' },
];

/** A scene whose Accounts are called as tricky as can be, with fields beyond the model of every type. */
async function trickyScene(jobs: boolean): Promise<Scene> {
  const sizes = { from: jobs ? 1 : 20_000, part: 5, group: 3 };
  const scene = await salesforceScene({ ...SMALL, accounts: 2 }, { jobSizes: sizes });
  const { org } = scene.crm.sandbox;
  for (const field of FIELDS) org.schema.addField('Account', field);
  const boss = rowOf(scene, 'account').Id;
  for (const [index, text] of TRICKY.entries()) {
    const more = VALUES[index % VALUES.length] ?? {};
    org.insert('Account', { Name: text, Code__c: text, Note__c: `${text}\n${text}`, Phone: text, Boss__c: boss, ...more });
  }
  scene.selection.objects.account.extra = FIELDS.map(({ name, label }) => ({ name, label }));
  return scene;
}

describe.each([
  ['by a job', true],
  ['by pages', false],
])('values read from Salesforce %s', (_, jobs) => {
  it('are what the org holds, in the model and beyond it, whatever characters are in them', async () => {
    const scene = await trickyScene(jobs);
    await whole(scene.sync());
    for (const row of scene.crm.sandbox.org.rows('Account')) {
      const { fields, custom } = (await scene.store.get('account', row.Id)) ?? {};
      expect(fields).toMatchObject({ name: row.Name, phone: row.Phone ?? null, website: row.Website ?? null });
      const own = FIELDS.map(({ name }) => [name, name === 'Vip__c' ? (row[name] ?? false) : row[name]]);
      const held = own.filter(([, value]) => value !== null && value !== undefined);
      const { Called__c, ...rest } = Object.fromEntries(held);
      expect(custom).toEqual({ ...rest, ...(Called__c ? { Called__c: '2026-05-01T07:25:37.000Z' } : {}) });
    }
  });

  it('are the same the other way', async () => {
    const [one, other] = [await trickyScene(jobs), await trickyScene(!jobs)];
    await whole(one.sync());
    await whole(other.sync());
    expect(await contentOf(one.store, 'account')).toEqual(await contentOf(other.store, 'account'));
  });

  it('of all objects are those of the org', async () => {
    const scene = await salesforceScene(SMALL, jobs ? { jobSizes: { from: 1, part: 30, group: 7 } } : {});
    await whole(scene.sync());
    await expectEqual(scene);
    scene.crm.sandbox.org.clock.advance(HOUR);
    expect(await whole(scene.sync())).toMatchObject({ received: 0, deleted: 0, calls: 4 });
  });
});
