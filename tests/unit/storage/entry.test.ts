import { describe, expect, it } from 'vitest';
import { compress, decompress } from '@/lib/storage/compression';
import { entryOf, identityOf, packEntries, recordOf, unpackEntries } from '@/lib/storage/entry';
import { FIELD_ORDER, PACKING_SCHEMA, TABLES, tableNumber } from '@/lib/storage/tables';
import { newestAlive } from '@/lib/storage/run-reader';
import { record } from '../../builders/records';

describe('packed entries', () => {
  it('keep a tombstone apart from a record without values', () => {
    const entries = [
      { hash: 1, key: 'a', home: 'a', stamp: '', values: null },
      { hash: 2, key: 'b', home: 'h', stamp: 's', values: [] },
    ];
    expect(unpackEntries(packEntries(entries))).toEqual(entries);
  });

  it('write the home once when it is the key, and custom fields only when there are any', () => {
    const text = new TextDecoder().decode(packEntries([entryOf(record('user', 'u1', { name: 'N' }), 'u1', 7)]));
    expect(text).toBe('[[7,"u1",0,"2026-01-01T00:00:00.000Z","N",true]]');
  });

  it('tell versions at one home from versions at another', () => {
    const at = (home: string) => ({ hash: 0, key: 'c1', home, stamp: 's', values: [] });
    expect(identityOf(at('a1'))).not.toBe(identityOf(at('a2')));
    expect(identityOf(at('c1'))).not.toBe(identityOf(at('a1')));
  });

  it('give records that an older version wrote with fewer fields, the rest empty', () => {
    const entry = entryOf(record('task', 't1', { subject: 'Call' }), 't1', 0);
    const older = { ...entry, values: entry.values?.slice(0, 4) ?? [] };
    expect(recordOf('task', 'c1', older)).toMatchObject({ fields: { subject: 'Call', closed: null }, custom: {} });
  });
});

describe('the layout on disk', () => {
  it('stays what it was: changing it needs a new schema number', () => {
    expect(PACKING_SCHEMA).toBe(1);
    expect(TABLES.map((table) => [table, tableNumber(table)])).toEqual([
      ['user', 1],
      ['account', 2],
      ['contact', 3],
      ['lead', 4],
      ['opportunity', 5],
      ['task', 6],
      ['domain', 7],
      ['home', 8],
    ]);
    expect(Object.values(FIELD_ORDER).map((order) => order.join())).toEqual([
      'name,active',
      'name,website,industry,type,phone,city,country,ownerId,parentId,currency,lastActivityOn',
      'accountId,name,title,department,email,phone,mobile,ownerId,doNotCall,emailOptOut,lastActivityOn',
      'name,company,title,email,phone,website,status,ownerId,converted,doNotCall,emailOptOut',
      'accountId,name,stage,amount,currency,closeOn,probability,closed,won,ownerId',
      'accountId,whoId,whatId,subject,status,priority,dueOn,closed,ownerId',
    ]);
  });
});

describe('newestAlive', () => {
  const entry = (key: string, stamp: string, values: unknown[] | null = [stamp]) => ({ hash: 0, key, home: key, stamp, values });

  it('takes the version of the newest run, and none that a newer tombstone hides', () => {
    const alive = newestAlive([
      [entry('a', '', null), entry('b', '3')],
      [entry('a', '2'), entry('b', '2'), entry('c', '2')],
      [entry('c', '', null)],
    ]);
    expect(alive.map(({ key, stamp }) => key + stamp)).toEqual(['b3', 'c2']);
  });
});

describe('compression', () => {
  it('leaves what is small as it is, with its mark', async () => {
    const small = new Uint8Array(1023).fill(65);
    expect(await compress(small)).toEqual(Uint8Array.from([0, ...small]));
  });

  it('deflates what is large and repeats', async () => {
    const large = new Uint8Array(5000).fill(65);
    const deflated = await compress(large);
    expect(deflated[0]).toBe(1);
    expect(deflated.length).toBeLessThan(100);
    expect(await decompress(deflated)).toEqual(large);
  });

  it('leaves what is large as it is when deflating would make it larger', async () => {
    const noise = crypto.getRandomValues(new Uint8Array(5000));
    const kept = await compress(noise);
    expect([kept[0], kept.length]).toEqual([0, 5001]);
    expect(await decompress(kept)).toEqual(noise);
  });
});
