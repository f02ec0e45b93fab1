import { beforeAll, describe, expect, it } from 'vitest';
import type { Condition } from '@/lib/crm/selection';
import type { Row, Value } from '../sandbox-crm/org/table.ts';
import { codeOf } from '../builders/codes';
import { expectEqual, HOUR, type Scene, salesforceScene, SMALL, visibleRows, whole } from './salesforce-scene';

const NAMES = [
  '100% wool',
  '100 percent wool',
  'a_b',
  'axb',
  "O'Neill's",
  'back\\slash',
  'say "hi"',
  'UMLAUT Ärger',
  "') OR Name != ('",
];
const FIELDS = [
  { name: 'Vip__c', label: 'VIP', type: 'boolean' },
  { name: 'Since__c', label: 'Since', type: 'date' },
  { name: 'Called__c', label: 'Called', type: 'datetime' },
  { name: 'Share__c', label: 'Share', type: 'percent' },
] as const;

function valuesOf(index: number): Record<string, Value> {
  return {
    Vip__c: index % 2 === 0,
    Since__c: index % 3 === 0 ? null : `2020-01-0${(index % 9) + 1}`,
    Called__c: index % 4 === 0 ? null : `2026-05-0${(index % 9) + 1}T07:25:37.000+0000`,
    Share__c: index % 5 === 0 ? null : index - 4,
  };
}

const text = (row: Row, field: string) => String(row[field] ?? '').toLowerCase();
const is = (field: string, operator: Condition['operator'], ...values: string[]): Condition => ({ field, operator, values });

/** A condition, and the Accounts that it means. */
const CASES: [Condition, (row: Row) => boolean][] = [
  [is('Name', 'is', "O'Neill's"), ({ Name }) => Name === "O'Neill's"],
  [is('Name', 'is', 'a_b', '100% WOOL'), ({ Name }) => Name === 'a_b' || Name === '100% wool'],
  [is('Name', 'is', 'back\\slash'), ({ Name }) => Name === 'back\\slash'],
  [is('Name', 'is', 'say "hi"'), ({ Name }) => Name === 'say "hi"'],
  [is('Name', 'is', "') OR Name != ('"), ({ Name }) => Name === "') OR Name != ('"],
  [is('Name', 'is-not', 'a_b', 'axb'), ({ Name }) => Name !== 'a_b' && Name !== 'axb'],
  [is('Name', 'contains', '100%'), ({ Name }) => Name === '100% wool'],
  [is('Name', 'contains', 'a_b'), ({ Name }) => Name === 'a_b'],
  [is('Name', 'contains', "'"), (row) => text(row, 'Name').includes("'")],
  [is('Name', 'contains', 'k\\s'), (row) => text(row, 'Name').includes('k\\s')],
  [is('Name', 'contains', 'wool', 'ärger'), (row) => /wool|ärger/.test(text(row, 'Name'))],
  [is('Name', 'starts-with', '100%'), ({ Name }) => Name === '100% wool'],
  [is('Name', 'starts-with', 'a', 's'), (row) => /^[as]/.test(text(row, 'Name'))],
  [is('Name', 'above', 'm'), (row) => text(row, 'Name') > 'm'],
  [is('Name', 'below', 'm'), (row) => text(row, 'Name') < 'm'],
  [is('Website', 'empty'), ({ Website }) => !Website],
  [is('Website', 'not-empty'), ({ Website }) => Boolean(Website)],
  [is('Vip__c', 'is', 'true'), ({ Vip__c }) => Vip__c === true],
  [is('Vip__c', 'is-not', 'true'), ({ Vip__c }) => Vip__c !== true],
  [is('Since__c', 'is', '2020-01-02', '2020-01-05'), ({ Since__c }) => ['2020-01-02', '2020-01-05'].includes(String(Since__c))],
  [is('Since__c', 'is-not', '2020-01-02'), ({ Since__c }) => Since__c !== '2020-01-02'],
  [is('Since__c', 'above', '2020-01-04'), ({ Since__c }) => Boolean(Since__c) && String(Since__c) > '2020-01-04'],
  [is('Since__c', 'below', '2020-01-04'), ({ Since__c }) => Boolean(Since__c) && String(Since__c) < '2020-01-04'],
  [is('Since__c', 'empty'), ({ Since__c }) => !Since__c],
  [is('Called__c', 'is', '2026-05-02T07:25:37Z'), ({ Called__c }) => String(Called__c).startsWith('2026-05-02')],
  [is('Called__c', 'above', '2026-05-04T07:25:37Z'), ({ Called__c }) => Boolean(Called__c) && String(Called__c) > '2026-05-05'],
  [is('Called__c', 'below', '2026-05-04T07:25:37Z'), ({ Called__c }) => Boolean(Called__c) && String(Called__c) < '2026-05-04'],
  [is('Called__c', 'not-empty'), ({ Called__c }) => Boolean(Called__c)],
  [is('Share__c', 'is', '-3', '2'), ({ Share__c }) => Share__c === -3 || Share__c === 2],
  [is('Share__c', 'is-not', '2'), ({ Share__c }) => Share__c !== 2],
  [is('Share__c', 'above', '2.5'), ({ Share__c }) => typeof Share__c === 'number' && Share__c > 2.5],
  [is('Share__c', 'below', '0'), ({ Share__c }) => typeof Share__c === 'number' && Share__c < 0],
  [is('Share__c', 'empty'), ({ Share__c }) => (Share__c ?? null) === null],
];
const labelled = CASES.map(([condition, means]) => [JSON.stringify(condition), condition, means] as const);

async function conditionScene(): Promise<Scene> {
  const scene = await salesforceScene({ ...SMALL, accounts: 12 });
  const { org } = scene.crm.sandbox;
  for (const field of FIELDS) org.schema.addField('Account', field);
  for (const Name of NAMES) org.insert('Contact', { LastName: Name, AccountId: org.insert('Account', { Name }).Id });
  for (const [index, { Id }] of visibleRows(scene.crm, 'account').entries()) org.update('Account', Id, valuesOf(index));
  return scene;
}

describe('conditions on the Account', () => {
  let shared: Scene;
  beforeAll(async () => {
    shared = await conditionScene();
  });

  it.each(labelled)('%s selects the Accounts that it means, and what hangs on them', async (_, condition, means) => {
    const scene = { ...(await conditionScene()) };
    scene.selection.scope.conditions = [condition];
    const accounts = visibleRows(scene.crm, 'account').filter(means);
    expect(accounts.length).toBeGreaterThan(0);
    expect(accounts.length).toBeLessThan(visibleRows(scene.crm, 'account').length);
    const ids = new Set(accounts.map(({ Id }) => Id));
    await whole(scene.sync());
    await expectEqual(scene, {
      where: (row, object) =>
        object === 'user' || object === 'lead' || ids.has(object === 'account' ? row.Id : String(row.AccountId)),
    });
  });

  it.each(labelled)('%s is counted by a preview', async (_, condition, means) => {
    const { connector } = shared.crm;
    expect(await connector.preview({ owner: 'all', withWebsite: false, conditions: [condition] })).toEqual({
      accounts: visibleRows(shared.crm, 'account').filter(means).length,
    });
  });

  it('all have to hold, beside the owner and the website', async () => {
    const { connector } = shared.crm;
    const { userId } = shared.crm.session();
    const conditions = [is('Vip__c', 'is', 'true'), is('Share__c', 'above', '0')];
    const means = ({ Vip__c, Share__c, OwnerId, Website }: Row) =>
      Vip__c === true && Number(Share__c) > 0 && OwnerId === userId && Boolean(Website);
    const expected = visibleRows(shared.crm, 'account').filter(means).length;
    expect(await connector.preview({ owner: 'mine', withWebsite: true, conditions })).toEqual({ accounts: expected });
  });

  it('cost a preview one call more than none do', async () => {
    const { connector } = shared.crm;
    const before = connector.calls();
    await connector.preview({ owner: 'mine', withWebsite: true, conditions: [] });
    expect(connector.calls() - before).toBe(1);
    await connector.preview({ owner: 'all', withWebsite: false, conditions: [is('Name', 'is', 'x')] });
    expect(connector.calls() - before).toBe(3);
  });

  const INVALID: [string, Condition][] = [
    ['a field that is not there', is('Nothing__c', 'is', 'x')],
    ['a field whose name is no name', is('Name = null OR Name', 'is', 'x')],
    ['a number that is none', is('Share__c', 'above', 'many')],
    ['a number that is a query', is('Share__c', 'above', '0 OR Name != null')],
    ['a day that is a moment', is('Since__c', 'above', '2020-01-01T00:00:00Z')],
    ['a moment that is a day', is('Called__c', 'above', '2020-01-01')],
    ['a flag that is a word', is('Vip__c', 'is', 'yes')],
    ['a number that contains something', is('Share__c', 'contains', '1')],
    ['nothing to compare with', is('Name', 'is')],
  ];

  it.each(INVALID)('end a run before anything is changed, and a preview, when they name %s', async (_, condition) => {
    const scene = await conditionScene();
    await whole(scene.sync());
    scene.crm.sandbox.org.clock.advance(HOUR);
    scene.selection.scope.conditions = [condition];
    expect((await scene.sync()).failure).toMatchObject({ code: 'selection.invalid' });
    await expectEqual(scene);
    expect(await codeOf(scene.crm.connector.preview(scene.selection.scope))).toBe('selection.invalid');
  });

  it('end a run when the field that they name is hidden from the user later', async () => {
    const scene = await conditionScene();
    scene.selection.scope.conditions = [is('Vip__c', 'is', 'true')];
    await whole(scene.sync());
    const before = await scene.store.counts();
    scene.crm.sandbox.org.clock.advance(HOUR);
    scene.crm.sandbox.org.schema.hideField('Account', 'Vip__c');
    expect((await scene.sync()).failure).toMatchObject({ code: 'selection.invalid' });
    expect(await scene.store.counts()).toEqual(before);
    scene.selection.scope.conditions = [];
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('are told in the CRM’s own words when only the CRM can know that they are wrong', async () => {
    const answer = await shared.crm.connector.preview({
      owner: 'all',
      withWebsite: false,
      conditions: [is('OwnerId', 'is', 'nobody')],
    });
    expect(answer).toEqual({ invalid: expect.stringContaining('nobody') });
  });

  it('are refused as any refusal in a run that only the CRM could know to be wrong', async () => {
    const scene = await conditionScene();
    scene.selection.scope.conditions = [is('OwnerId', 'is', 'nobody')];
    expect((await scene.sync()).failure).toMatchObject({ code: 'crm.refused' });
  });
});

describe('fields to choose from', () => {
  it('are those that the user sees, with labels, values and whether a condition can be made of them', async () => {
    const { connector, sandbox } = (await conditionScene()).crm;
    sandbox.org.schema.hideField('Account', 'Phone');
    const before = connector.calls();
    const choices = await connector.fields('account');
    expect(connector.calls() - before).toBe(1);
    const named = new Map(choices.map((choice) => [choice.name, choice]));
    expect(named.get('Website')).toMatchObject({ model: 'website', filterable: true, options: [] });
    expect(named.get('Vip__c')).toMatchObject({ label: 'VIP', model: null, filterable: true });
    expect(named.get('Industry')?.options.length).toBeGreaterThan(3);
    expect(named.get('Description')).toMatchObject({ filterable: false });
    for (const none of ['Id', 'SystemModstamp', 'IsDeleted', 'BillingAddress', 'Phone']) expect(named.has(none)).toBe(false);
    const labels = choices.map(({ label }) => label);
    expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
  });
});
