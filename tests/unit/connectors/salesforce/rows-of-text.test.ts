import { describe, expect, it } from 'vitest';
import { rowOfText, toRecord } from '@/lib/connectors/salesforce/mappers';

const base = { Id: '001000000000001AAA', SystemModstamp: '2026-05-01T07:25:37.000Z', Name: 'Acme' };

describe('a row of a CSV', () => {
  it.each([
    ['text', 'abc', 'abc'],
    ['text', '', null],
    ['text', '0049', '0049'],
    ['text', '1e5', '1e5'],
    ['text', 'true', 'true'],
    ['number', '12.5', 12.5],
    ['number', '-0.1', -0.1],
    ['number', '1.5E7', 15_000_000],
    ['number', '0', 0],
    ['number', '', null],
    ['flag', 'true', true],
    ['flag', 'false', false],
    ['flag', '', false],
    ['day', '2026-05-01', '2026-05-01'],
    ['day', '', null],
    ['moment', '2026-05-01T07:25:37.000Z', '2026-05-01T07:25:37.000Z'],
  ] as const)('has in a field of the type %s, written %j, the value %j', (type, text, value) => {
    expect(rowOfText(['Id', 'Some__c'], ['x', text], { Some__c: type })).toEqual({ Id: 'x', Some__c: value });
  });

  it('has text in a field whose type nobody knows', () => {
    expect(rowOfText(['Id', 'A'], ['1', '2'], {})).toEqual({ Id: '1', A: '2' });
  });

  it('stands for the same record as the row of a page', () => {
    const names = ['Id', 'SystemModstamp', 'Name', 'Website', 'Score__c', 'Vip__c', 'Called__c'];
    const values = [base.Id, base.SystemModstamp, 'Acme', '', '3', 'true', '2026-05-02T00:00:00.000Z'];
    const row = rowOfText(names, values, { Score__c: 'number', Vip__c: 'flag', Called__c: 'moment' });
    const page = {
      ...base,
      SystemModstamp: '2026-05-01T07:25:37.000+0000',
      Website: null,
      Score__c: 3,
      Vip__c: true,
      Called__c: '2026-05-02T00:00:00.000+0000',
    };
    const extra = ['Score__c', 'Vip__c', 'Called__c'];
    expect(toRecord('account', 'c1', row, extra)).toEqual(toRecord('account', 'c1', page, extra));
  });
});

describe('fields beyond the model', () => {
  const custom = (values: Record<string, unknown>, extra: string[]) =>
    toRecord('account', 'c1', { ...base, ...values }, extra)?.custom;

  it('are copied when they are asked for, as they are', () => {
    expect(custom({ A__c: 'a', B__c: 1, C__c: false, D__c: 'not asked for' }, ['A__c', 'B__c', 'C__c'])).toEqual({
      A__c: 'a',
      B__c: 1,
      C__c: false,
    });
  });

  it('are left out when they are empty, hidden or no plain value', () => {
    expect(custom({ A__c: null, B__c: { city: 'Ulm' }, C__c: ['x'] }, ['A__c', 'B__c', 'C__c', 'D__c'])).toEqual({});
  });

  it('keep text that only looks a little like a time', () => {
    const texts = { A__c: '2026-05-01', B__c: '2026-05-01T07:25', C__c: 'at 2026-05-01T07:25:37.000+0000' };
    expect(custom(texts, Object.keys(texts))).toEqual(texts);
  });
});
