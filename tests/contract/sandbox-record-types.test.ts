import { beforeEach, describe, expect, it } from 'vitest';
import { RECORD_TYPES } from '../sandbox-crm/org/schema/record-types.ts';
import { createSandbox, type Sandbox } from '../sandbox-crm/sandbox.ts';
import { plainClient, type PlainClient } from '../sandbox-crm/clients/plain.ts';

const typeId = (name: string) => RECORD_TYPES.find(({ developerName }) => developerName === name)?.id ?? '';

let sandbox: Sandbox;
let client: PlainClient;

async function create(object: string, values: Record<string, unknown>) {
  const answer = await client.post(`/sobjects/${object}`, values);
  const body = (await answer.json()) as { id?: string } & { errorCode?: string; fields?: string[] }[];
  if (body.id !== undefined) return body.id;
  return body.map(({ errorCode, fields }) => `${errorCode} ${fields?.join()}`).join();
}

describe('an org with record types, person accounts and required fields of its own', () => {
  beforeEach(() => {
    sandbox = createSandbox({ seed: 3, accounts: 3, config: 'record-types' });
    client = plainClient(sandbox);
  });

  it('tells its record types, the default first, beside the master', async () => {
    const { recordTypeInfos } = await client.get('/sobjects/Opportunity/describe');
    expect(recordTypeInfos).toMatchObject([
      { developerName: 'New_Business', defaultRecordTypeMapping: true, master: false },
      { developerName: 'Renewal', defaultRecordTypeMapping: false, master: false },
      { developerName: 'Master', defaultRecordTypeMapping: false, master: true },
    ]);
  });

  it('tells by the layouts what the picklists of a type hold', async () => {
    const { recordTypeMappings } = await client.get('/sobjects/Opportunity/describe/layouts');
    const renewal = (
      recordTypeMappings as {
        recordTypeId: string;
        picklistsForRecordType: { picklistName: string; picklistValues: object[] }[];
      }[]
    ).find(({ recordTypeId }) => recordTypeId === typeId('Renewal'));
    expect(
      renewal?.picklistsForRecordType.find(({ picklistName }) => picklistName === 'StageName')?.picklistValues,
    ).toMatchObject([{ value: 'Negotiation/Review' }, { value: 'Closed Won' }, { value: 'Closed Lost' }]);
  });

  it('asks for its own required fields', async () => {
    expect(await create('Task', { Subject: 'Call' })).toBe('REQUIRED_FIELD_MISSING Channel__c');
    expect(await create('Contact', { LastName: 'Quist' })).toBe('REQUIRED_FIELD_MISSING Preferred_Language__c');
  });

  it('refuses a value that the type does not hold, and takes it with another', async () => {
    const deal = { Name: 'Support', CloseDate: '2027-01-31', StageName: 'Prospecting', Budget_Code__c: 'B-1' };
    expect(await create('Opportunity', { ...deal, RecordTypeId: typeId('Renewal') })).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST StageName',
    );
    const id = await create('Opportunity', deal);
    expect(sandbox.org.find('Opportunity', id)?.RecordTypeId).toBe(typeId('New_Business'));
  });

  it('has a rule of its own, which names its field', async () => {
    const deal = { Name: 'Support', CloseDate: '2027-01-31', StageName: 'Prospecting', Budget_Code__c: '27' };
    expect(await create('Opportunity', deal)).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION Budget_Code__c');
  });

  it('refuses the type of another object', async () => {
    const refusal = await create('Opportunity', {
      RecordTypeId: typeId('Person'),
      Name: 'x',
      CloseDate: '2027-01-31',
      StageName: 'x',
      Budget_Code__c: 'x',
    });
    expect(refusal).toBe('INVALID_CROSS_REFERENCE_KEY RecordTypeId');
  });

  it('says by a bit which values of a dependent picklist go with another, and refuses the others', async () => {
    const { fields } = await client.get('/sobjects/Lead/describe');
    const territory = (
      fields as { name: string; controllerName: string; picklistValues: { value: string; validFor: string }[] }[]
    ).find(({ name }) => name === 'Territory__c');
    expect(territory?.controllerName).toBe('Region__c');
    expect(territory?.picklistValues.map(({ value, validFor }) => [value, validFor])).toEqual([
      ['DACH', 'gA=='],
      ['Nordics', 'gA=='],
      ['East Coast', 'QA=='],
      ['Japan', 'IA=='],
      ['Global', '4A=='],
    ]);
    const lead = { LastName: 'Quist', Company: 'Quist AB', Region__c: 'APAC' };
    expect(await create('Lead', { ...lead, Territory__c: 'DACH' })).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Territory__c');
    expect(await create('Lead', { ...lead, Territory__c: 'Japan' })).toMatch(/^00Q/);
  });

  it('keeps people as Accounts of a type of their own, whose name is put together', async () => {
    const person = { RecordTypeId: typeId('Person'), Segment__c: 'Private', FirstName: 'Hedda', LastName: 'Quist' };
    const id = await create('Account', person);
    expect(sandbox.org.find('Account', id)).toMatchObject({ Name: 'Hedda Quist', IsPersonAccount: true });
    expect(await create('Account', { ...person, Name: 'Hedda' })).toBe('INVALID_FIELD_FOR_INSERT_UPDATE Name');
    expect(await create('Account', { ...person, LastName: null })).toBe('REQUIRED_FIELD_MISSING LastName');
    expect(await create('Account', { LastName: 'Quist', Name: 'Quist AB', Segment__c: 'Enterprise' })).toBe(
      'INVALID_FIELD_FOR_INSERT_UPDATE LastName',
    );
    const { records } = await client.query("SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true");
    expect(records).toMatchObject([{ Id: typeId('Person') }]);
  });
});

describe('writing as a whole', () => {
  beforeEach(() => {
    sandbox = createSandbox({ seed: 3, accounts: 3 });
    client = plainClient(sandbox);
  });

  const together = async (task: object) => {
    const url = '/services/data/v62.0/sobjects';
    const answer = await client.post('/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: `${url}/Lead`, referenceId: 'record', body: { LastName: 'Quist', Company: 'Quist AB' } },
        { method: 'POST', url: `${url}/Task`, referenceId: 'task', body: task },
      ],
    });
    return (await answer.json()) as { compositeResponse: { httpStatusCode: number; body: unknown }[] };
  };
  const quists = () => sandbox.org.rows('Lead').filter(({ LastName }) => LastName === 'Quist');

  it('makes all of a composite request, with references to what it has just made', async () => {
    const { compositeResponse } = await together({ Subject: 'Call', WhoId: '@{record.id}' });
    expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201]);
    expect(sandbox.org.rows('Task').filter(({ WhoId }) => WhoId === quists()[0]?.Id)).toHaveLength(1);
  });

  it('takes all of it back when one part is refused', async () => {
    const { compositeResponse } = await together({ Subject: 'Call', WhoId: 'nobody' });
    expect(compositeResponse).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
      { httpStatusCode: 400, body: [{ errorCode: 'MALFORMED_ID' }] },
    ]);
    expect(quists()).toEqual([]);
  });

  it('refuses to change what was changed since', async () => {
    const [account] = sandbox.org.rows('Account');
    if (!account) throw new Error('no Account');
    const change = (since: number) =>
      client.call(`/sobjects/Account/${account.Id}`, {
        method: 'PATCH',
        headers: { 'if-unmodified-since': new Date(since).toUTCString() },
        body: '{"Phone":"1"}',
      });
    const modified = Date.parse(String(account.LastModifiedDate).replace('+0000', 'Z'));
    const refused = await change(modified - 60_000);
    expect([refused.status, await refused.json()]).toMatchObject([412, [{ errorCode: 'PRECONDITION_FAILED' }]]);
    expect((await change(modified)).status).toBe(204);
  });
});
