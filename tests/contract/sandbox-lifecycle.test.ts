/** What merging, converting and clocks that are wrong look like to a client that follows changes. */
import { beforeEach, describe, expect, it } from 'vitest';
import { plainClient } from '../sandbox-crm/clients/plain.ts';
import type { PlainClient } from '../sandbox-crm/clients/plain.ts';
import type { Org } from '../sandbox-crm/org/org.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';

const MINUTE = 60_000;
const START = '2026-06-01T09:30:00.000+0000';
let org: Org;
let api: PlainClient;

beforeEach(() => {
  const sandbox = createSandbox({ seed: 13, now: Date.parse('2026-06-01T09:00:00Z'), frozen: true, accounts: 0 });
  org = sandbox.org;
  api = plainClient(sandbox);
});

/** What a pull that begins at half past nine gets of an object. */
const changedIds = (object: string) =>
  api.idsOf(`SELECT Id FROM ${object} WHERE SystemModstamp >= ${START.replace('.000+0000', 'Z')} ORDER BY SystemModstamp, Id`);
const deletedIds = async (object: string) => {
  const { deletedRecords } = await api.get(`/sobjects/${object}/deleted?start=2026-06-01T09:30:00Z&end=2026-06-01T10:00:00Z`);
  return (deletedRecords as { id: string }[]).map(({ id }) => id);
};

describe('given two accounts that are merged', () => {
  const family = (name: string) => {
    const account = org.insert('Account', { Name: name });
    const contact = org.insert('Contact', { LastName: name, AccountId: account.Id });
    const deal = org.insert('Opportunity', {
      Name: name,
      StageName: 'Prospecting',
      CloseDate: '2026-09-01',
      AccountId: account.Id,
    });
    const task = org.insert('Task', { Subject: 'Call', WhatId: deal.Id, WhoId: contact.Id });
    return { account, contact, deal, task };
  };

  it('the loser is deleted, and what hung below it hangs below the winner with a new stamp', async () => {
    const [winner, loser] = [family('Winner'), family('Loser')];
    const branch = org.insert('Account', { Name: 'Branch', ParentId: loser.account.Id });
    org.clock.advance(40 * MINUTE);
    org.merge('Account', winner.account.Id, loser.account.Id, { Phone: '+49 30 555 0100' });
    org.clock.advance(20 * MINUTE);

    expect(await deletedIds('Account')).toEqual([loser.account.Id]);
    expect(await deletedIds('Contact')).toEqual([]);
    expect(await changedIds('Account')).toEqual([winner.account.Id, branch.Id]);
    expect(await changedIds('Contact')).toEqual([loser.contact.Id]);
    expect(await changedIds('Opportunity')).toEqual([loser.deal.Id]);
    expect(await changedIds('Task')).toEqual([loser.task.Id]);
    for (const [object, id] of [
      ['Contact', loser.contact.Id],
      ['Opportunity', loser.deal.Id],
      ['Task', loser.task.Id],
    ] as const) {
      expect(org.find(object, id)).toMatchObject({ AccountId: winner.account.Id });
    }
    expect(org.find('Account', winner.account.Id)).toMatchObject({ Phone: '+49 30 555 0100', IsDeleted: false });
    const bin = await api.get(
      `/queryAll?q=${encodeURIComponent('SELECT Id, MasterRecordId FROM Account WHERE IsDeleted = true')}`,
    );
    expect(bin.records).toMatchObject([{ Id: loser.account.Id, MasterRecordId: winner.account.Id }]);
  });

  it('a winner that was a branch of the loser has no parent afterwards', () => {
    const loser = org.insert('Account', { Name: 'Loser' });
    const winner = org.insert('Account', { Name: 'Winner', ParentId: loser.Id });
    expect(org.merge('Account', winner.Id, loser.Id)).toMatchObject({ ParentId: null });
  });

  it('what was deleted before keeps pointing at the loser, and is not moved', () => {
    const [winner, loser] = [family('Winner'), family('Loser')];
    org.remove('Contact', loser.contact.Id);
    const before = org.find('Contact', loser.contact.Id);
    org.clock.advance(MINUTE);
    org.merge('Account', winner.account.Id, loser.account.Id);
    expect(org.find('Contact', loser.contact.Id)).toEqual(before);
  });

  it('people keep their tasks and deals', () => {
    const [winner, loser] = [family('Winner'), family('Loser')];
    const deal = org.update('Opportunity', loser.deal.Id, { ContactId: loser.contact.Id });
    org.merge('Contact', winner.contact.Id, loser.contact.Id);
    expect(org.find('Task', loser.task.Id)).toMatchObject({ WhoId: winner.contact.Id });
    expect(org.find('Opportunity', deal.Id)).toMatchObject({ ContactId: winner.contact.Id });
  });
});

describe('given a lead that is converted', () => {
  const lead = () =>
    org.insert('Lead', { FirstName: 'Ana', LastName: 'Prado', Company: 'Prado Lda', Email: 'ana@prado.example' });

  it('it stays queryable as converted, beside the records it became', async () => {
    const { Id } = lead();
    const task = org.insert('Task', { Subject: 'Call', WhoId: Id });
    org.clock.advance(60 * MINUTE);
    const { accountId, contactId, opportunityId } = org.convert(Id, { opportunity: 'Pilot' });
    expect(await changedIds('Lead')).toEqual([Id]);
    expect(await changedIds('Account')).toEqual([accountId]);
    expect(await changedIds('Contact')).toEqual([contactId]);
    expect(await changedIds('Opportunity')).toEqual([opportunityId]);
    const query = 'SELECT IsConverted, ConvertedDate, ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId FROM Lead';
    expect((await api.query(query)).records).toMatchObject([
      {
        IsConverted: true,
        ConvertedDate: '2026-06-01',
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId,
      },
    ]);
    expect(org.find('Contact', contactId)).toMatchObject({ Name: 'Ana Prado', AccountId: accountId, Email: 'ana@prado.example' });
    expect(org.find('Task', task.Id)).toMatchObject({ WhoId: contactId, WhatId: opportunityId, AccountId: accountId });
    expect(() => org.convert(Id)).toThrow('can not be converted');
  });

  it('it can go to an account and a contact there are', () => {
    const account = org.insert('Account', { Name: 'A' });
    const contact = org.insert('Contact', { LastName: 'C', AccountId: account.Id });
    const made = org.convert(lead().Id, { accountId: account.Id, contactId: contact.Id });
    expect(made).toEqual({ accountId: account.Id, contactId: contact.Id, opportunityId: undefined });
    expect([org.rows('Account').length, org.rows('Contact').length, org.rows('Opportunity').length]).toEqual([1, 1, 0]);
  });
});

describe('given a clock that goes backwards', () => {
  it('later changes have earlier stamps, and the order of stamps holds', async () => {
    const names = new Map<string, string>();
    for (const [name, minutes] of [
      ['first', 60],
      ['behind', -20],
      ['between', 10],
      ['ahead', 45],
    ] as const) {
      org.clock.advance(minutes * MINUTE);
      names.set(org.insert('Account', { Name: name }).Id, name);
      // Each look makes the index anew or mends it; either must see the new record in its place.
      await changedIds('Account');
    }
    expect((await changedIds('Account')).map((id) => names.get(String(id)))).toEqual(['behind', 'between', 'first', 'ahead']);
  });

  it('stamps can be given by hand, also to records that were listed before', async () => {
    const ids = ['a', 'b', 'c'].map((Name) => org.insert('Account', { Name, SystemModstamp: START }).Id);
    expect(await changedIds('Account')).toEqual(ids);
    org.update('Account', ids[0] ?? '', { SystemModstamp: '2026-06-01T11:00:00.000+0000' });
    org.update('Account', ids[1] ?? '', { SystemModstamp: '2020-01-01T00:00:00.000+0000' });
    expect(await changedIds('Account')).toEqual([ids[2], ids[0]]);
  });
});
