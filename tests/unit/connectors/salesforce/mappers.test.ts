import { describe, expect, it } from 'vitest';
import { isoTime, rowOfText, toRecord } from '@/lib/connectors/salesforce/mappers';
import { wantedFields } from '@/lib/connectors/salesforce/fields';
import { defaultSelection } from '@/lib/crm/selection';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { FIELD_ORDER } from '@/lib/storage/tables';

const ID = '003000000000001AAA';
const REF = '005000000000002AAB';
const STAMP = '2026-05-01T07:25:37.000+0000';
const base = { attributes: { type: 'X', url: '/x' }, Id: ID, SystemModstamp: STAMP };

/** A whole row of each object as the API sends it, and the fields it stands for. */
const ROWS: Record<ObjectKind, { row: Record<string, unknown>; fields: Record<string, unknown> }> = {
  user: { row: { ...base, Name: 'Uma', IsActive: false }, fields: { name: 'Uma', active: false } },
  account: {
    row: {
      ...base,
      Name: 'Acme',
      Website: 'acme.com',
      Industry: 'Space',
      Type: 'Customer',
      Phone: '1',
      BillingCity: 'Ulm',
      BillingCountry: 'DE',
      OwnerId: REF,
      ParentId: REF,
      CurrencyIsoCode: 'EUR',
      LastActivityDate: '2026-04-30',
    },
    fields: {
      name: 'Acme',
      website: 'acme.com',
      industry: 'Space',
      type: 'Customer',
      phone: '1',
      city: 'Ulm',
      country: 'DE',
      ownerId: REF,
      parentId: REF,
      currency: 'EUR',
      lastActivityOn: '2026-04-30',
    },
  },
  contact: {
    row: {
      ...base,
      AccountId: REF,
      Name: 'Cora',
      Title: 'CEO',
      Department: 'D',
      Email: 'c@acme.com',
      Phone: '1',
      MobilePhone: '2',
      OwnerId: REF,
      DoNotCall: true,
      HasOptedOutOfEmail: true,
      LastActivityDate: '2026-04-30',
    },
    fields: {
      accountId: REF,
      name: 'Cora',
      title: 'CEO',
      department: 'D',
      email: 'c@acme.com',
      phone: '1',
      mobile: '2',
      ownerId: REF,
      doNotCall: true,
      emailOptOut: true,
      lastActivityOn: '2026-04-30',
    },
  },
  lead: {
    row: {
      ...base,
      Name: 'Leo',
      Company: 'Acme',
      Title: 'CTO',
      Email: 'l@acme.com',
      Phone: '1',
      Website: 'acme.com',
      Status: 'Open',
      OwnerId: REF,
      IsConverted: true,
      DoNotCall: true,
      HasOptedOutOfEmail: true,
    },
    fields: {
      name: 'Leo',
      company: 'Acme',
      title: 'CTO',
      email: 'l@acme.com',
      phone: '1',
      website: 'acme.com',
      status: 'Open',
      ownerId: REF,
      converted: true,
      doNotCall: true,
      emailOptOut: true,
    },
  },
  opportunity: {
    row: {
      ...base,
      AccountId: REF,
      Name: 'Deal',
      StageName: 'Won',
      Amount: 12.5,
      CurrencyIsoCode: 'EUR',
      CloseDate: '2026-06-01',
      Probability: 100,
      IsClosed: true,
      IsWon: true,
      OwnerId: REF,
    },
    fields: {
      accountId: REF,
      name: 'Deal',
      stage: 'Won',
      amount: 12.5,
      currency: 'EUR',
      closeOn: '2026-06-01',
      probability: 100,
      closed: true,
      won: true,
      ownerId: REF,
    },
  },
  task: {
    row: {
      ...base,
      AccountId: REF,
      WhoId: REF,
      WhatId: REF,
      Subject: 'Call',
      Status: 'Open',
      Priority: 'High',
      ActivityDate: '2026-05-02',
      IsClosed: true,
      OwnerId: REF,
    },
    fields: {
      accountId: REF,
      whoId: REF,
      whatId: REF,
      subject: 'Call',
      status: 'Open',
      priority: 'High',
      dueOn: '2026-05-02',
      closed: true,
      ownerId: REF,
    },
  },
};

function copiedFields(object: ObjectKind): string[] {
  const { objects, scope } = defaultSelection();
  return wantedFields(object, objects[object], scope);
}

describe('mappers', () => {
  describe.each(OBJECTS)('given a row of %s', (object) => {
    const { row, fields } = ROWS[object];

    it('gives the record it stands for', () => {
      expect(toRecord(object, 'c1', row)).toEqual({
        object,
        id: ID,
        connectionId: 'c1',
        modifiedAt: '2026-05-01T07:25:37.000Z',
        fields,
        custom: {},
      });
    });

    it('takes every field that is asked for, and fills every field that the copy has room for', () => {
      expect(Object.keys(row)).toEqual(expect.arrayContaining(['Id', 'SystemModstamp', ...copiedFields(object)]));
      expect(Object.keys(fields).sort()).toEqual([...FIELD_ORDER[object]].sort());
    });

    it('bears that all but the name is hidden from the user, or empty', () => {
      const hidden = toRecord(object, 'c1', { Id: ID, SystemModstamp: STAMP, Name: 'N' });
      const empty = toRecord(object, 'c1', {
        ...Object.fromEntries(Object.keys(row).map((key) => [key, null])),
        Id: ID,
        SystemModstamp: STAMP,
        Name: 'N',
      });
      expect(hidden?.fields).toEqual(empty?.fields);
      expect(Object.values(hidden?.fields ?? {}).filter((value) => value === undefined)).toEqual([]);
    });

    it('bears fields it does not know', () => {
      expect(toRecord(object, 'c1', { ...row, Extra__c: { deep: [1] }, __proto__: { a: 1 } })?.id).toBe(ID);
    });

    it.each<[string, unknown]>([
      ['nothing', undefined],
      ['null', null],
      ['text', 'row'],
      ['a list', []],
      ['no id', { ...row, Id: undefined }],
      ['a malformed id', { ...row, Id: '003/../x' }],
      ['an id of 16 characters', { ...row, Id: '0030000000000011' }],
      ['no stamp', { ...row, SystemModstamp: null }],
      ['a stamp that is no time', { ...row, SystemModstamp: 'yesterday' }],
      ['a stamp in a month 13', { ...row, SystemModstamp: '2026-13-01T00:00:00.000+0000' }],
      ['a reference that is no id', { ...row, OwnerId: 'me', Name: object === 'user' ? 7 : 'N' }],
    ])('leaves it out when it is malformed: %s', (_, malformed) => {
      expect(toRecord(object, 'c1', malformed)).toBeNull();
    });
  });

  it.each([
    ['opportunity', { Amount: '12' }],
    ['opportunity', { IsClosed: 'false' }],
    ['opportunity', { CloseDate: 'June' }],
    ['account', { Name: '' }],
    ['contact', { Name: null }],
    ['lead', { Email: 7 }],
    ['task', { ActivityDate: 20260501 }],
  ] as const)('leaves a %s out whose %o has another type than declared', (object, change) => {
    expect(toRecord(object, 'c1', { ...ROWS[object].row, ...change })).toBeNull();
  });

  describe('given fields beyond the model', () => {
    const row = { ...ROWS.account.row, Tier__c: 'Gold', Seats__c: 12, Vip__c: true, Empty__c: null, Place__c: { city: 'Ulm' } };

    it('copies those that were chosen and are plain values', () => {
      const record = toRecord('account', 'c1', row, ['Tier__c', 'Seats__c', 'Vip__c', 'Empty__c', 'Place__c', 'Absent__c']);
      expect(record?.custom).toEqual({ Tier__c: 'Gold', Seats__c: 12, Vip__c: true });
    });
  });

  describe('given a row of a CSV', () => {
    it('reads empty values as none, and numbers and flags by their type', () => {
      const names = ['Id', 'Name', 'Amount', 'IsWon', 'IsClosed', 'Zip__c', 'Title'];
      const types = { Amount: 'number', IsWon: 'flag', IsClosed: 'flag', Zip__c: 'text' } as const;
      expect(rowOfText(names, ['1', 'A "quoted", name', '12.5', 'true', '', '00123', ''], types)).toEqual({
        Id: '1',
        Name: 'A "quoted", name',
        Amount: 12.5,
        IsWon: true,
        IsClosed: false,
        Zip__c: '00123',
        Title: null,
      });
    });
  });

  it('takes the day of a time where a day is meant', () => {
    const record = toRecord('task', 'c1', { ...ROWS.task.row, ActivityDate: '2026-05-02T00:00:00.000+0000' });
    expect(record?.fields).toMatchObject({ dueOn: '2026-05-02' });
  });

  it.each([
    ['2026-05-01T07:25:37.000+0000', '2026-05-01T07:25:37.000Z'],
    ['2026-05-01T07:25:37Z', '2026-05-01T07:25:37.000Z'],
    ['2026-05-01T07:25:37.000Z', '2026-05-01T07:25:37.000Z'],
    ['2026-05-01T07:25:37.000+0530', '2026-05-01T01:55:37.000Z'],
    ['2026-05-01T07:25:37.000-08:00', '2026-05-01T15:25:37.000Z'],
  ])('reads the stamp %s as %s', (stamp, iso) => {
    expect(isoTime(stamp)).toBe(iso);
  });
});
