/** Every record the official Salesforce CLI reads from the sandbox, compared with the rows its org holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../sandbox-crm/seed/csv.ts';
import { recordsOf, startJudge } from './judge.ts';
import type { Judge } from './judge.ts';
import { TRICKY_TEXTS, csvOf, differences, jsonOf } from './org-rows.ts';

/** As many rows as one part of a bulk result holds; with more there is a second part. */
const BULK_PART = 50_000;

let judge: Judge;
beforeAll(async () => {
  judge = await startJudge({ accounts: 1200, tasks: BULK_PART + 400 });
});
afterAll(() => judge?.close());

const csv = async (soql: string) => {
  const { stdout } = await judge.cli.run(['data', 'query', '--result-format', 'csv', '--query', soql]);
  return parseCsv(stdout);
};

describe('given an org of several thousand records, when the CLI queries it', () => {
  it('then it has every row once, over more than one page, with related records nested', async () => {
    const { org } = judge.sandbox;
    judge.requests();
    const fields = ['Id', 'Name', 'Email', 'Phone', 'AccountId', 'HasOptedOutOfEmail', 'CreatedDate', 'SystemModstamp'];
    const answer = await judge.query(`SELECT ${fields}, Account.Name, Account.Owner.Name, Owner.Name FROM Contact`);
    const owner = { key: 'OwnerId', shape: { type: 'User', fields: ['Name'] } };
    const account = { key: 'AccountId', shape: { type: 'Account', fields: ['Name'], related: { Owner: owner } } };
    const shape = { type: 'Contact', fields, related: { Account: account, Owner: owner } };
    const held = org.rows('Contact');
    expect(held.length).toBeGreaterThan(2000);
    expect(
      differences(
        recordsOf(answer),
        held.map((row) => jsonOf(org, row, shape)),
      ),
    ).toEqual([]);
    expect(judge.requests().filter((request) => /^200 GET .*\/query\/0r8\w+-2000$/.test(request))).toHaveLength(1);
  });

  it('then numbers, dates and times are written as Salesforce writes them', async () => {
    const { org } = judge.sandbox;
    const fields = ['Id', 'Amount', 'Probability', 'IsWon', 'CloseDate', 'CreatedDate', 'CurrencyIsoCode'];
    const answer = await judge.query(`SELECT ${fields} FROM Opportunity WHERE Amount > 0 ORDER BY CloseDate DESC, Id`);
    const held = org
      .rows('Opportunity')
      .filter(({ Amount }) => Number(Amount) > 0)
      .toSorted((a, b) => String(b.CloseDate).localeCompare(String(a.CloseDate)) || (a.Id < b.Id ? -1 : 1));
    const expected = held.map((row) => jsonOf(org, row, { type: 'Opportunity', fields }));
    expect(differences(recordsOf(answer), expected)).toEqual([]);
    for (const record of recordsOf(answer)) {
      expect(record).toMatchObject({
        Amount: expect.any(Number),
        Probability: expect.any(Number),
        IsWon: expect.any(Boolean),
        CloseDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/),
      });
    }
  });

  it('then its CSV holds the same values, however tricky', async () => {
    const { org } = judge.sandbox;
    for (const text of TRICKY_TEXTS) org.insert('Lead', { LastName: 'Tricky', Company: text, Description: text });
    const given = await csv('SELECT Id, Company, Description, IsConverted, Owner.Name FROM Lead ORDER BY Id');
    const held = org.rows('Lead').map((row) =>
      csvOf(row, {
        Id: ({ Id }) => Id,
        Company: ({ Company }) => Company,
        Description: ({ Description }) => Description,
        IsConverted: ({ IsConverted }) => IsConverted,
        'Owner.Name': ({ OwnerId }) => org.find('User', String(OwnerId))?.Name,
      }),
    );
    expect(differences(given, held)).toEqual([]);
  });

  it('then it finds the columns of grouped queries and of sub-queries', async () => {
    const { org } = judge.sandbox;
    const groups = [...Map.groupBy(org.rows('Lead'), ({ Status }) => String(Status))].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(await csv('SELECT Status, COUNT(Id) FROM Lead GROUP BY Status ORDER BY Status')).toEqual(
      groups.map(([Status, rows]) => ({ Status, 'count(Id)': String(rows.length) })),
    );

    const contact = org.rows('Contact')[0];
    const beside = org.rows('Contact').filter(({ AccountId }) => AccountId === contact?.AccountId);
    const [line] = await csv(
      `SELECT Id, (SELECT LastName FROM Contacts ORDER BY Id) FROM Account WHERE Id = '${contact?.AccountId}'`,
    );
    expect(line).toMatchObject({
      Id: contact?.AccountId,
      'Contacts.totalSize': String(beside.length),
      'Contacts.records.0.LastName': contact?.LastName,
    });
  });

  it("then a mistake in the query is told in the org's words", async () => {
    expect(await judge.query('SELECT Id, Shoe_Size__c FROM Contact')).toMatchObject({
      exitCode: 1,
      name: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Shoe_Size__c' on entity 'Contact'."),
    });
    expect(await judge.query('SELECT Id FROM Unicorn')).toMatchObject({ exitCode: 1, name: 'INVALID_TYPE' });
  });
});

describe('given an org of more records than one part of a bulk result holds, when the CLI exports them', () => {
  it('then the file has every row once, whatever stands in it', async () => {
    const { org } = judge.sandbox;
    const tasks = org.rows('Task');
    expect(tasks.length).toBeGreaterThan(BULK_PART);
    // Also right where the first part ends and the second begins.
    const places = [0, BULK_PART - 2, BULK_PART - 1, BULK_PART, BULK_PART + 1, tasks.length - 1];
    for (const [n, Description] of TRICKY_TEXTS.entries()) {
      const task = tasks[places[n] ?? 1000 * n];
      if (task) org.update('Task', task.Id, { Description });
    }
    judge.requests();
    const soql = 'SELECT Id, Subject, Description, Status, ActivityDate, IsClosed, CreatedDate, Owner.Name, What.Name FROM Task';
    const answer = await judge.cli.json(['data', 'export', 'bulk', '--query', soql, '--output-file', 'tasks.csv', '--wait', '5']);
    expect(answer).toMatchObject({ status: 0, result: { totalSize: tasks.length } });
    const held = org.rows('Task').map((row) =>
      csvOf(row, {
        Id: ({ Id }) => Id,
        Subject: ({ Subject }) => Subject,
        Description: ({ Description }) => Description,
        Status: ({ Status }) => Status,
        ActivityDate: ({ ActivityDate }) => ActivityDate,
        IsClosed: ({ IsClosed }) => IsClosed,
        // Files end times in Z where JSON has +0000.
        CreatedDate: ({ CreatedDate }) => String(CreatedDate).replace('+0000', 'Z'),
        'Owner.Name': ({ OwnerId }) => org.find('User', String(OwnerId))?.Name,
        'What.Name': ({ WhatId }) => (org.find('Account', String(WhatId)) ?? org.find('Opportunity', String(WhatId)))?.Name,
      }),
    );
    expect(differences(parseCsv(readFileSync(join(judge.cli.home, 'tasks.csv'), 'utf8')), held)).toEqual([]);
    expect(judge.requests().filter((request) => /^200 GET .*\/results/.test(request))).toHaveLength(2);
  });
});

describe('all the while', () => {
  it('the CLI reached the sandbox and nobody else', () => {
    expect(judge.strangers()).toEqual([]);
  });
});
