import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import { wantedFields } from '@/lib/connectors/salesforce/fields';
import {
  byIdsQuery,
  countQuery,
  deletedPath,
  idsQuery,
  leadsQuery,
  type Position,
  recordsQuery,
  relatedQuery,
  SALESFORCE_OBJECT,
  userNameQuery,
} from '@/lib/connectors/salesforce/queries';
import { scopeCondition } from '@/lib/connectors/salesforce/scope';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection } from '@/lib/crm/selection';

const AFTER = { after: { stamp: '2026-05-01T07:25:37.000Z', id: '001000000000001AAA' } };
const { objects, scope } = defaultSelection();
const conditionOf = (object: ObjectKind) => scopeCondition(object, { scope, userId: 'u', accountTypes: {} });
const ordered = (object: ObjectKind, fields: string[], position: Position, condition = '') =>
  recordsQuery(object, fields, { position, condition, ordered: true });

describe('SOQL', () => {
  describe('given an object', () => {
    it.each(OBJECTS)('is understood by a SOQL parser for %s, whatever is asked', (object) => {
      const fields = wantedFields(object, objects[object], scope);
      const condition = conditionOf(object);
      const queries = [
        ...[null, { from: '2026-05-01T00:00:00.000Z' }, AFTER].map((position) => ordered(object, fields, position, condition)),
        recordsQuery(object, fields, { position: null, condition, ordered: false }),
        countQuery(object, condition),
        idsQuery(object, condition),
        byIdsQuery(object, fields, ['x', 'y'], condition),
        relatedQuery(object, fields, 'x', condition),
      ];
      for (const query of queries) expect(parseQuery(query).sObject).toBe(SALESFORCE_OBJECT[object]);
    });

    it('asks for id and stamp even when no other field is visible', () => {
      expect(ordered('lead', [], null)).toBe('SELECT Id, SystemModstamp FROM Lead ORDER BY SystemModstamp ASC, Id ASC');
    });

    it('needs no order where the result is a snapshot', () => {
      expect(recordsQuery('lead', ['Name'], { position: null, condition: '', ordered: false })).toBe(
        'SELECT Id, Name, SystemModstamp FROM Lead',
      );
    });

    it('goes on after a record by stamp, and by id among records of the same stamp', () => {
      expect(ordered('lead', ['Name'], AFTER)).toContain(
        "WHERE (SystemModstamp > 2026-05-01T07:25:37Z OR (SystemModstamp = 2026-05-01T07:25:37Z AND Id > '001000000000001AAA'))",
      );
    });

    it('includes the second that it goes on from', () => {
      expect(ordered('lead', ['Name'], { from: '2026-05-01T07:25:37.999Z' })).toContain('SystemModstamp >= 2026-05-01T07:25:37Z');
    });

    it('holds position and condition together', () => {
      expect(ordered('user', [], AFTER, conditionOf('user'))).toMatch(
        /WHERE \(.* OR \(.*\)\) AND UserType = 'Standard' ORDER BY/,
      );
    });
  });

  describe('given the Leads beside an Account', () => {
    const asked = { ids: ['l1'], domains: ['acme.com'], since: '2026-05-01T00:00:00.000Z', condition: 'IsConverted = false' };

    it('asks for those that are known, and for those at the domain that changed since the last run', () => {
      expect(leadsQuery(['Email', 'Website'], asked)).toContain(
        "WHERE (Id IN ('l1') OR (SystemModstamp >= 2026-05-01T00:00:00Z AND (Email LIKE '%acme.com' OR Website LIKE '%acme.com%'))) AND IsConverted = false",
      );
    });

    it('asks by no field that is hidden, and for nothing when there is nothing to ask by', () => {
      expect(leadsQuery(['Email'], asked)).not.toContain('Website');
      expect(leadsQuery([], { ...asked, ids: [] })).toContain('WHERE Id = null');
    });

    it.each(["acme.com' OR Name != '", 'a_b%.com'])('keeps %j inside its pattern', (domain) => {
      const query = leadsQuery(['Email'], { ...asked, ids: [], domains: [domain] });
      expect(query.replace(/\\[\\'%_]/g, '').split("'")).toHaveLength(3);
      expect(query.replace(/\\[%_]/g, '').match(/[%_]/g)).toHaveLength(1);
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
        byIdsQuery('lead', [], [value]),
        relatedQuery('contact', [], value, ''),
        ordered('lead', [], { after: { ...AFTER.after, id: value } }),
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
