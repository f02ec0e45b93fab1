import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import {
  changesQuery,
  COPIED_FIELDS,
  countQuery,
  deletedPath,
  recordQuery,
  SALESFORCE_OBJECT,
  userNameQuery,
} from '@/lib/connectors/salesforce/queries';
import { OBJECTS } from '@/lib/crm/records';

const AFTER = { after: { stamp: '2026-05-01T07:25:37.000Z', id: '001000000000001AAA' } };

describe('SOQL', () => {
  describe('given an object', () => {
    it.each(OBJECTS)('is understood by a SOQL parser for %s: everything, from a time, after a record, counted', (object) => {
      const fields = COPIED_FIELDS[object];
      for (const position of [null, { from: '2026-05-01T00:00:00.000Z' }, AFTER]) {
        expect(parseQuery(changesQuery(object, fields, position)).sObject).toBe(SALESFORCE_OBJECT[object]);
      }
      expect(parseQuery(countQuery(object)).sObject).toBe(SALESFORCE_OBJECT[object]);
      expect(parseQuery(recordQuery(object, fields, 'x')).limit).toBe(1);
    });

    it('asks for id and stamp even when no other field is visible', () => {
      expect(changesQuery('lead', [], null)).toBe('SELECT Id, SystemModstamp FROM Lead ORDER BY SystemModstamp ASC, Id ASC');
    });

    it('goes on after a record by stamp, and by id among records of the same stamp', () => {
      expect(changesQuery('lead', ['Name'], AFTER)).toContain(
        "WHERE (SystemModstamp > 2026-05-01T07:25:37Z OR (SystemModstamp = 2026-05-01T07:25:37Z AND Id > '001000000000001AAA'))",
      );
    });

    it('includes the second that it goes on from', () => {
      expect(changesQuery('lead', [], { from: '2026-05-01T07:25:37.999Z' })).toContain('SystemModstamp >= 2026-05-01T07:25:37Z');
    });

    it('takes people of the organisation only, counted and pulled alike', () => {
      for (const query of [changesQuery('user', ['Name'], null), changesQuery('user', ['Name'], AFTER), countQuery('user')]) {
        expect(query).toContain("UserType = 'Standard'");
      }
      expect(changesQuery('user', [], AFTER)).toMatch(/WHERE \(.* OR \(.*\)\) AND UserType = 'Standard' ORDER BY/);
    });
  });

  describe('given a value with quotes in it', () => {
    it.each([
      ["x' OR Name != '", "x\\' OR Name != \\'"],
      ['x\\', 'x\\\\'],
      ["\\'", "\\\\\\'"],
    ])('keeps %j inside its literal', (value, escaped) => {
      for (const query of [
        userNameQuery(value),
        recordQuery('lead', [], value),
        changesQuery('lead', [], { after: { ...AFTER.after, id: value } }),
      ]) {
        expect(query).toContain(`'${escaped}'`);
        // With every escaped character taken out, exactly the two quotes around the literal are left.
        expect(query.replace(/\\[\\']/g, '').split("'")).toHaveLength(3);
      }
    });
  });

  it('names the window of deletions in UTC with seconds', () => {
    expect(deletedPath('lead', '2026-05-01T00:00:00.000Z', '2026-05-02T00:00:00.500Z')).toBe(
      '/sobjects/Lead/deleted/?start=2026-05-01T00%3A00%3A00Z&end=2026-05-02T00%3A00%3A00Z',
    );
  });
});
