/** What the official Salesforce CLI says of the sandbox's objects, and what becomes of the records it writes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf, startJudge } from './judge.ts';
import type { Judge } from './judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await startJudge({ accounts: 200 });
});
afterAll(() => judge?.close());

describe('given an org, when the CLI asks what it is made of', () => {
  it('then it lists the objects', async () => {
    const { result } = await judge.cli.json(['sobject', 'list']);
    expect(result).toEqual(judge.sandbox.org.schema.objects.map(({ name }) => name));
  });

  it.each([
    ['Account', ['Name']],
    ['Contact', ['LastName']],
    ['Lead', ['LastName', 'Company']],
    ['Opportunity', ['Name', 'StageName', 'CloseDate']],
    ['Task', []],
  ])('then %s has the fields of the schema, and a new one needs %j', async (object, required) => {
    const { result } = await judge.cli.json(['sobject', 'describe', '--sobject', object]);
    const { fields } = result as { fields: Record<string, unknown>[] };
    expect(fields).toEqual(judge.sandbox.org.schema.object(object)?.fields);
    const must = fields.filter((field) => field.createable && !field.nillable && !field.defaultedOnCreate);
    expect(must.filter(({ type }) => type !== 'boolean').map(({ name }) => name)).toEqual(required);
  });

  it('then an object there is not is not found', async () => {
    const answer = await judge.cli.json(['sobject', 'describe', '--sobject', 'Unicorn']);
    expect(answer).toMatchObject({ exitCode: 1, name: 'NOT_FOUND' });
  });

  it('then it counts records and calls', async () => {
    const { cli, sandbox } = judge;
    const counts = await cli.json(['org', 'list', 'sobject', 'record-counts', '--sobject', 'Account', '--sobject', 'Task']);
    const limits = await cli.json(['org', 'list', 'limits']);
    expect(counts.result).toEqual(['Account', 'Task'].map((name) => ({ name, count: sandbox.org.rows(name).length })));
    const { used, max } = sandbox.usage;
    expect(limits.result).toContainEqual({ name: 'DailyApiRequests', max, remaining: max - used });
  });
});

describe('given an org, when the CLI writes to it', () => {
  const lead = (verb: string, ...more: string[]) => judge.cli.json(['data', verb, 'record', '--sobject', 'Lead', ...more]);

  it('then a new Lead is in the org, changes there, and ends up in the recycle bin', async () => {
    const { org, rules } = judge.sandbox;
    const values = `LastName='Müller "Jo"' Company='Bäckerei & Söhne, Łódź' NumberOfEmployees=12`;
    const created = await lead('create', '--values', values);
    const { id } = created.result as { id: string };
    expect(created.result).toEqual({ id, success: true, errors: [] });
    expect(org.find('Lead', id)).toMatchObject({
      LastName: 'Müller "Jo"',
      Company: 'Bäckerei & Söhne, Łódź',
      NumberOfEmployees: 12,
      // Nobody said otherwise, so the assignment rule decides.
      OwnerId: rules.leadsGoTo,
    });

    expect(await lead('update', '--record-id', id, '--values', "Status='Working - Contacted'")).toMatchObject({ status: 0 });
    const changed = org.find('Lead', id);
    expect(changed).toMatchObject({ Status: 'Working - Contacted', Company: 'Bäckerei & Söhne, Łódź' });
    const read = await lead('get', '--record-id', id);
    expect(read.result).toMatchObject({ Id: id, Status: 'Working - Contacted', SystemModstamp: changed?.SystemModstamp });

    expect(await lead('delete', '--record-id', id)).toMatchObject({ status: 0 });
    expect(org.find('Lead', id)).toMatchObject({ IsDeleted: true });
    const soql = `SELECT Id, IsDeleted FROM Lead WHERE Id = '${id}'`;
    expect(recordsOf(await judge.query(soql))).toEqual([]);
    expect(recordsOf(await judge.query(soql, '--all-rows'))).toMatchObject([{ Id: id, IsDeleted: true }]);
    expect(await lead('delete', '--record-id', id)).toMatchObject({ exitCode: 1, name: 'ENTITY_IS_DELETED' });
  });

  it('then a Lead without what it must have is refused, field by field, and not created', async () => {
    const before = judge.sandbox.org.rows('Lead').length;
    expect(await lead('create', '--values', 'FirstName=Ada')).toMatchObject({
      exitCode: 1,
      name: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [LastName, Company]',
      data: { fields: ['LastName', 'Company'] },
    });
    const unknown = await lead('create', '--values', 'LastName=A Company=B ShoeSize=43');
    expect(unknown).toMatchObject({ exitCode: 1, name: 'INVALID_FIELD' });
    expect(judge.sandbox.org.rows('Lead')).toHaveLength(before);
  });
});

describe('all the while', () => {
  it('the CLI reached the sandbox and nobody else', () => {
    expect(judge.strangers()).toEqual([]);
  });
});
