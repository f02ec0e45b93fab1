import { describe, expect, it } from 'vitest';
import { type Deed, EMPTY_LOG, firstBreak, type ProcessingLog, readLog, withDeed } from '@/lib/privacy/processing-log';

const AT = '2026-05-01T10:00:00.000Z';
const NONE = new Map<string, number>();

async function logOf(...acts: Deed['act'][]): Promise<ProcessingLog> {
  let log = EMPTY_LOG;
  for (const act of acts) log = await withDeed(log, { act, at: AT }, NONE);
  return log;
}

describe('the processing log', () => {
  it('counts what was done and which hosts were called for it', async () => {
    const deed: Deed = { act: 'synced', at: AT, records: [{ object: 'contact', deed: 'received', count: 12 }] };
    const { entries, hosts } = await withDeed(EMPTY_LOG, deed, new Map([['acme.my.salesforce.com', 7]]));
    expect(entries).toMatchObject([
      {
        n: 1,
        at: AT,
        act: 'synced',
        code: null,
        records: [{ object: 'contact', deed: 'received', count: 12 }],
        calls: [{ host: 'acme.my.salesforce.com', count: 7 }],
      },
    ]);
    expect(hosts).toEqual([{ host: 'acme.my.salesforce.com', calls: 7, first: AT, last: AT }]);
  });

  it('adds the calls of a host up for as long as there is the log', async () => {
    const first = await withDeed(EMPTY_LOG, { act: 'connected', at: AT }, new Map([['login.salesforce.com', 2]]));
    const later = '2026-05-02T10:00:00.000Z';
    const { hosts } = await withDeed(first, { act: 'synced', at: later }, new Map([['login.salesforce.com', 3]]));
    expect(hosts).toEqual([{ host: 'login.salesforce.com', calls: 5, first: AT, last: later }]);
  });

  it('leaves out what nothing was done to', async () => {
    const { entries } = await withDeed(
      EMPTY_LOG,
      { act: 'synced', at: AT, records: [{ object: 'lead', deed: 'deleted', count: 0 }] },
      NONE,
    );
    expect(entries[0]?.records).toEqual([]);
  });

  it('is whole as it was written, also as a file that was read again', async () => {
    const log = await logOf('connected', 'synced', 'looked', 'created');
    expect(await firstBreak(log)).toBeNull();
    expect(await firstBreak(readLog(JSON.parse(JSON.stringify(log))) ?? EMPTY_LOG)).toBeNull();
  });

  it.each<[string, (log: ProcessingLog) => void, number]>([
    ['an entry is taken out', ({ entries }) => void entries.splice(1, 1), 3],
    ['two entries are exchanged', ({ entries }) => void entries.splice(1, 2, ...entries.slice(1, 3).reverse()), 3],
    ['an act is another one', ({ entries }) => void Object.assign(entries[2] ?? {}, { act: 'looked' }), 3],
    ['a time is another one', ({ entries }) => void Object.assign(entries[1] ?? {}, { at: '2026-04-01T10:00:00.000Z' }), 2],
    ['an entry is put between', ({ entries }) => void entries.splice(1, 0, { ...(entries[0] as (typeof entries)[0]) }), 1],
    ['the beginning is cut off', ({ entries }) => void entries.shift(), 2],
  ])('shows where it is broken when %s', async (_, change, at) => {
    const log = structuredClone(await logOf('connected', 'synced', 'created', 'synced'));
    change(log);
    expect(await firstBreak(log)).toBe(at);
  });

  it('forgets the oldest entries behind four hundred, and stays whole', async () => {
    let log = EMPTY_LOG;
    for (let count = 0; count < 403; count += 1) log = await withDeed(log, { act: 'synced', at: AT }, NONE);
    expect(log.entries).toHaveLength(400);
    expect(log.before.n).toBe(3);
    expect(log.entries[0]?.n).toBe(4);
    expect(await firstBreak(log)).toBeNull();
  });

  it('is not what is no log', () => {
    expect(readLog({ entries: 'none' })).toBeNull();
    expect(readLog(null)).toBeNull();
  });
});
