import { describe, expect, it } from 'vitest';
import type { CreateValues, NewRecord } from '@/lib/connectors/creation-contract';
import { findCreated } from '@/lib/connectors/salesforce/find-created';
import { USER } from '../sign-in';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const SINCE = '2026-05-01T10:00:00.000Z';
const lead = (values: CreateValues, more: Partial<NewRecord> = {}): NewRecord => ({
  object: 'lead',
  recordTypeId: null,
  values,
  basis: null,
  ...more,
});

function looking(record: NewRecord, ...rows: object[]) {
  const records = rows.map((row, n) => ({ Id: `00Q00000000000${n}AAA`, CreatedDate: '2026-05-01T10:00:05.000+0000', ...row }));
  const { client, network } = clientOn(() => json({ totalSize: rows.length, done: true, records }));
  return { network, found: findCreated(client, record, SINCE) };
}
const isFound = async (values: CreateValues, row: object): Promise<boolean> =>
  (await looking(lead(values), row).found).length === 1;

describe('looking whether a record was created', () => {
  it('asks in one call for what this user has created since, less a margin, the oldest first', async () => {
    const { network, found } = looking(lead({ LastName: 'Doe' }, { recordTypeId: '012000000000001AAA' }));
    expect(await found).toEqual([]);
    expect(network.sent.map(({ url }) => new URL(url).searchParams.get('q'))).toEqual([
      `SELECT Id, CreatedDate, LastName, RecordTypeId FROM Lead WHERE CreatedById = '${USER}' AND CreatedDate >= 2026-05-01T09:59:00Z ORDER BY CreatedDate ASC, Id ASC`,
    ]);
  });

  it('gives all that are alike, in their order', async () => {
    const { found } = looking(lead({ LastName: 'Doe' }), { LastName: 'Doe' }, { LastName: 'Roe' }, { LastName: 'Doe' });
    expect(await found).toEqual(['00Q000000000000AAA', '00Q000000000002AAA']);
  });

  it('neither asks for nor compares long texts, which may come back otherwise, nor the basis', async () => {
    const basis = { kind: 'consent', note: 'n', recordedOn: '2026-05-01', place: null } as const;
    const values = { LastName: 'Doe', Street: 'a\nb', Notes__c: 'x'.repeat(256), Fax: null };
    const { network, found } = looking(lead(values, { basis }), { LastName: 'Doe' });
    expect(await found).toHaveLength(1);
    expect(network.sent[0]?.url).not.toMatch(/Street|Notes__c|Description|Fax/);
  });

  it.each<[CreateValues, object, boolean]>([
    [{ LastName: 'Doe' }, { LastName: 'Doe' }, true],
    [{ LastName: 'Doe' }, { LastName: 'Roe' }, false],
    [{ LastName: 'Doe' }, { LastName: null }, false],
    [{ Email: 'Doe@Acme.com ' }, { Email: 'doe@acme.com' }, true],
    [{ Amount: 100 }, { Amount: 100.0 }, true],
    [{ Amount: 100 }, { Amount: 101 }, false],
    [{ Hot__c: false }, { Hot__c: false }, true],
    [{ Hot__c: true }, { Hot__c: false }, false],
    [{ AccountId: '001000000000001' }, { AccountId: '001000000000001AAA' }, true],
    [{ AccountId: '001000000000001AAA' }, { AccountId: '001000000000002AAA' }, false],
    [{ Due__c: '2026-05-01T10:00:00.000Z' }, { Due__c: '2026-05-01T10:00:00.000+0000' }, true],
    [{ Due__c: '2026-05-01T10:00:00.000Z' }, { Due__c: '2026-05-01T11:00:00.000+0000' }, false],
    [{ CloseDate: '2026-05-01' }, { CloseDate: '2026-05-01' }, true],
  ])('%o sent and %o held: the same is %s', async (sent, held, same) => {
    expect(await isFound(sent, held)).toBe(same);
  });
});
