import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import { conditionSoql, scopeCondition } from '@/lib/connectors/salesforce/scope';
import type { AccountScope, Condition } from '@/lib/crm/selection';
import { codeOf } from '../../../builders/codes';

const ALL: AccountScope = { owner: 'all', withWebsite: false, conditions: [] };
const types = { Industry: 'text', Amount__c: 'number', Active__c: 'flag', Since__c: 'day', Seen__c: 'moment' } as const;
const context = (change: Partial<AccountScope>) => ({ scope: { ...ALL, ...change }, userId: '005U', accountTypes: types });
const one = (operator: Condition['operator'], values: string[], field = 'Industry'): Condition => ({ field, operator, values });

describe('the scope of a copy', () => {
  it('is everything that there is, but for portal users and Leads that live on as something else', () => {
    expect(scopeCondition('account', context({}))).toBe('');
    expect(scopeCondition('contact', context({}))).toBe('');
    expect(scopeCondition('user', context({}))).toBe("UserType = 'Standard'");
    expect(scopeCondition('lead', context({}))).toBe('IsConverted = false');
  });

  it('follows the owner, for Accounts and what hangs below them, and for Leads', () => {
    expect(scopeCondition('account', context({ owner: 'mine' }))).toBe("OwnerId = '005U'");
    expect(scopeCondition('task', context({ owner: 'mine' }))).toBe(
      "AccountId IN (SELECT Id FROM Account WHERE OwnerId = '005U')",
    );
    expect(scopeCondition('lead', context({ owner: 'mine' }))).toBe("IsConverted = false AND OwnerId = '005U'");
  });

  it('holds all conditions of an Account together, and none of them for Leads and users', () => {
    const narrow = context({ owner: 'mine', withWebsite: true, conditions: [one('is', ['Energy', 'Media'])] });
    const account = "OwnerId = '005U' AND Website != null AND Industry IN ('Energy', 'Media')";
    expect(scopeCondition('account', narrow)).toBe(account);
    expect(scopeCondition('opportunity', narrow)).toBe(`AccountId IN (SELECT Id FROM Account WHERE ${account})`);
    expect(scopeCondition('lead', narrow)).not.toContain('Industry');
    expect(scopeCondition('user', narrow)).toBe("UserType = 'Standard'");
  });
});

describe('a condition', () => {
  it.each<[Condition, keyof typeof types, string]>([
    [one('is', ['Energy']), 'Industry', "Industry IN ('Energy')"],
    [one('is-not', ['Energy', 'Media']), 'Industry', "Industry NOT IN ('Energy', 'Media')"],
    [one('contains', ['a', 'b']), 'Industry', "(Industry LIKE '%a%' OR Industry LIKE '%b%')"],
    [one('starts-with', ['Ener']), 'Industry', "(Industry LIKE 'Ener%')"],
    [one('empty', []), 'Industry', 'Industry = null'],
    [one('not-empty', []), 'Industry', 'Industry != null'],
    [one('above', ['-12.5'], 'Amount__c'), 'Amount__c', 'Amount__c > -12.5'],
    [one('below', ['2026-01-31'], 'Since__c'), 'Since__c', 'Since__c < 2026-01-31'],
    [one('is', ['true'], 'Active__c'), 'Active__c', 'Active__c IN (true)'],
    [one('above', ['2026-01-31T00:00:00Z'], 'Seen__c'), 'Seen__c', 'Seen__c > 2026-01-31T00:00:00Z'],
  ])('%o is written as the field’s type wants it', (condition, field, soql) => {
    expect(conditionSoql(condition, types[field])).toBe(soql);
    expect(parseQuery(`SELECT Id FROM Account WHERE ${soql}`).where).toBeDefined();
  });

  it.each<[string, Condition]>([
    ['a field that this user cannot see', one('is', ['x'], 'Hidden__c')],
    ['a field that is no name', one('is', ['x'], 'Industry) OR (Name')],
    ['no value', one('is', [])],
    ['a number that is none', one('above', ['12 OR 1 = 1'], 'Amount__c')],
    ['a flag that is none', one('is', ['maybe'], 'Active__c')],
    ['a day that is none', one('is', ['31.1.2026'], 'Since__c')],
    ['a part of a number', one('contains', ['1'], 'Amount__c')],
  ])('is refused with its own code: %s', async (_, condition) => {
    const type = (types as Record<string, (typeof types)[keyof typeof types]>)[condition.field];
    expect(await codeOf(Promise.resolve().then(() => conditionSoql(condition, type)))).toBe('selection.invalid');
  });

  it.each(["O'Neill", "x' OR Name != '", '100%', 'a_b', 'back\\slash', 'two\nlines', '\\'])(
    'keeps %j inside its literal and its pattern',
    (value) => {
      for (const operator of ['is', 'contains', 'starts-with'] as const) {
        const soql = conditionSoql(one(operator, [value]), 'text');
        expect(soql.replace(/\\./g, '').split("'")).toHaveLength(3);
        expect(soql).not.toContain('\n');
      }
      const bare = conditionSoql(one('starts-with', [value]), 'text').replace(/\\./g, '');
      expect(bare.match(/[%_]/g)).toEqual(['%']);
    },
  );
});
