/** How the sandbox's data behaves when it is changed from behind. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Org } from '../../sandbox-crm/org/org.ts';
import { createSandbox } from '../../sandbox-crm/sandbox.ts';

const NOW = Date.parse('2026-06-01T09:30:15.750Z');
let org: Org;

beforeEach(() => {
  org = createSandbox({ seed: 1, now: NOW, frozen: true, accounts: 0 }).org;
});

describe('a change', () => {
  it('moves the stamps to the second it is made in', () => {
    const { Id } = org.insert('Account', { Name: 'A' });
    expect(org.find('Account', Id)?.SystemModstamp).toBe('2026-06-01T09:30:15.000+0000');
    org.clock.advance(2_000);
    org.update('Account', Id, { Name: 'B' });
    expect(org.find('Account', Id)).toMatchObject({
      Name: 'B',
      CreatedDate: '2026-06-01T09:30:15.000+0000',
      SystemModstamp: '2026-06-01T09:30:17.000+0000',
    });
  });

  it('of a stage carries the probability along, unless one was typed', () => {
    const { Id } = org.insert('Opportunity', { Name: 'O', StageName: 'Prospecting', CloseDate: '2026-07-01', Amount: 1000 });
    expect(org.find('Opportunity', Id)).toMatchObject({
      Probability: 10,
      ExpectedRevenue: 100,
      FiscalYear: 2026,
      FiscalQuarter: 3,
    });
    org.update('Opportunity', Id, { Probability: 35 });
    expect(org.find('Opportunity', Id)).toMatchObject({ Probability: 35 });
    org.update('Opportunity', Id, { StageName: 'Closed Lost' });
    expect(org.find('Opportunity', Id)).toMatchObject({ Probability: 0, IsClosed: true, IsWon: false });
  });

  it('that closes a task is the last activity of its account, whose own stamp stays', () => {
    const account = org.insert('Account', { Name: 'A' });
    const contact = org.insert('Contact', { LastName: 'C', AccountId: account.Id });
    const task = org.insert('Task', { WhoId: contact.Id, ActivityDate: '2026-05-20' });
    expect(org.find('Task', task.Id)?.AccountId).toBe(account.Id);
    org.clock.advance(5_000);
    org.update('Task', task.Id, { Status: 'Completed' });
    expect(org.find('Account', account.Id)).toMatchObject({
      LastActivityDate: '2026-05-20',
      SystemModstamp: account.SystemModstamp,
    });
  });
});

describe('a deletion', () => {
  const family = () => {
    const account = org.insert('Account', { Name: 'A' });
    const contact = org.insert('Contact', { LastName: 'C', AccountId: account.Id });
    const task = org.insert('Task', { WhatId: account.Id, WhoId: contact.Id });
    return { account, contact, task };
  };

  it('takes what hangs below the record along, and undelete brings it back', () => {
    const { account, contact, task } = family();
    org.remove('Account', account.Id);
    expect([org.rows('Account'), org.rows('Contact'), org.rows('Task')]).toEqual([[], [], []]);
    expect(org.deletions('Contact').map(({ id }) => id)).toEqual([contact.Id]);
    org.undelete('Account', account.Id);
    expect(org.rows('Task').map((row) => row.Id)).toEqual([task.Id]);
    expect(org.deletions('Contact')).toEqual([]);
  });

  it('leaves in the bin what had been deleted before on its own', () => {
    const { account, contact } = family();
    org.remove('Contact', contact.Id);
    org.clock.advance(1_000);
    org.remove('Account', account.Id);
    org.undelete('Account', account.Id);
    expect(org.rows('Contact')).toEqual([]);
  });

  it('is forgotten with the recycle bin, which is known from then on', () => {
    const { account } = family();
    org.remove('Account', account.Id);
    org.emptyRecycleBin();
    expect(org.find('Account', account.Id)).toBeUndefined();
    expect(org.deletions('Account')).toEqual([]);
    expect(org.deletionsKnownSince()).toBe(NOW);
  });
});
