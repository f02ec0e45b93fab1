import { describe, expect, it } from 'vitest';
import { lookUpRecords } from '@/lib/connectors/salesforce/look-up';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

type Rows = Record<string, unknown>[];
const page = (records: Rows) => ({ totalSize: records.length, done: true, records });
const row = (n: number, name: string, more: object = {}) => ({ Id: `00100000000000${n}AAA`, Name: name, ...more });

/** An org whose queries are answered by the object that they ask; a function may refuse. */
function org(answer: (object: string, soql: string) => Rows | null) {
  const calls: string[][] = [];
  const { client } = clientOn(({ body }) => {
    const asked: { referenceId: string; url: string }[] = JSON.parse(body ?? '').compositeRequest;
    const queries = asked.map(({ url }) => new URL(url, 'https://x').searchParams.get('q') ?? '');
    calls.push(queries);
    return json({
      compositeResponse: asked.map(({ referenceId }, at) => {
        const rows = answer(referenceId, queries[at] ?? '');
        return rows
          ? { referenceId, httpStatusCode: 200, body: page(rows) }
          : { referenceId, httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'm' }] };
      }),
    });
  });
  return { client, calls };
}

describe('looking up a record for a reference', () => {
  it('finds it by the beginning of a word of its name, with what tells it apart, in one call', async () => {
    const { client, calls } = org(() => [
      row(1, 'Acme GmbH', { BillingCity: 'Berlin' }),
      row(2, 'New Acme', { BillingCity: null }),
    ]);
    expect(await lookUpRecords(client, ['Account'], ' acme ')).toEqual([
      { id: '001000000000001AAA', object: 'Account', label: 'Acme GmbH', detail: 'Berlin' },
      { id: '001000000000002AAA', object: 'Account', label: 'New Acme', detail: null },
    ]);
    expect(calls).toEqual([
      ["SELECT Id, Name, BillingCity FROM Account WHERE (Name LIKE 'acme%' OR Name LIKE '% acme%') ORDER BY Name LIMIT 10"],
    ]);
  });

  it('takes what was typed for a text: neither quotes nor wildcards get out', async () => {
    const { client, calls } = org(() => []);
    await lookUpRecords(client, ['Account'], `O'Neil_100%\\`);
    expect(calls[0]?.[0]).toContain(`Name LIKE 'O\\'Neil\\_100\\%\\\\%'`);
  });

  it('asks for active people of the organisation, and for Leads that still are some', async () => {
    const { client, calls } = org(() => []);
    await lookUpRecords(client, ['User', 'Lead'], 'pia');
    expect(calls[0]?.[0]).toContain('IsConverted = false');
    expect(calls[0]?.[1]).toContain("IsActive = true AND UserType = 'Standard'");
  });

  it('asks as many objects as one call can, those that people mean first, and gives ten records at most', async () => {
    const { client, calls } = org((object) => Array.from({ length: 6 }, (_, n) => row(n, `${object} ${n}`)));
    const hits = await lookUpRecords(client, ['Asset', 'Campaign', 'Opportunity', 'Case', 'Contract', 'Order', 'Account'], 'a');
    expect(calls).toHaveLength(1);
    expect(calls[0]).toHaveLength(5);
    expect([...new Set(hits.map(({ object }) => object))]).toEqual(['Account', 'Opportunity']);
    expect(hits).toHaveLength(10);
  });

  it('finds it also when this user may not see what tells it apart', async () => {
    const { client, calls } = org((object, soql) => (soql.includes('BillingCity') ? null : [row(1, `${object}`)]));
    expect(await lookUpRecords(client, ['Account', 'Contact'], 'a')).toMatchObject([
      { object: 'Account', detail: null },
      { object: 'Contact' },
    ]);
    expect(calls).toHaveLength(2);
  });

  it('leaves out an object that has no names, or that this user cannot see', async () => {
    const { client } = org((object) => (object === 'Case' ? null : [row(1, 'A')]));
    expect(await lookUpRecords(client, ['Case', 'Account'], 'a')).toHaveLength(1);
  });

  it.each([
    ['nothing was typed', ['Account'], '  '],
    ['the field points nowhere', [], 'a'],
    ['an object has a name that is none', ["Account WHERE Name = 'x'"], 'a'],
  ])('asks nothing when %s', async (_, objects, text) => {
    const { client, calls } = org(() => []);
    expect(await lookUpRecords(client, objects, text)).toEqual([]);
    expect(calls).toEqual([]);
  });
});
