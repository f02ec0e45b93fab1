import { describe, expect, it } from 'vitest';
import { readCheckpoint, readStored } from '@/lib/sync/checkpoint';

const pull = { startedAt: 'x', from: null, fresh: true, after: null, job: { id: '750', locator: null, rows: 3 } };
const checkpoint = {
  coveredUntil: 'x',
  deletedUntil: 'x',
  wanted: ['Name'],
  fields: ['Name'],
  types: { Name: 'text', Amount: 'number', IsWon: 'flag', Since__c: 'day', Seen__c: 'moment' },
  describedAt: 'x',
  scope: '',
  pull,
};
const whole = { checkpoint, compared: { at: 1, gap: 0 }, held: null, owed: null };

describe('what is stored of an object', () => {
  it.each([
    ['with a pull that a job is under way for', whole],
    [
      'with a pull by pages',
      { ...whole, checkpoint: { ...checkpoint, pull: { ...pull, after: { stamp: 'x', id: 'y' }, job: null } } },
    ],
    ['when it is whole', { ...whole, checkpoint: { ...checkpoint, pull: null } }],
    ['before its first pull is whole', { ...whole, checkpoint: { ...checkpoint, coveredUntil: null }, compared: null }],
    ['with held deletions', { ...whole, held: { count: 60, of: 100, ids: ['a'] } }],
    ['with a comparison that is owed', { ...whole, owed: 'sweep' }],
    ['with a changed scope', { ...whole, owed: 'scope' }],
  ])('is read as it was written: %s', (_, stored) => {
    expect(readStored(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
    expect(readCheckpoint(stored)).toEqual(stored.checkpoint);
  });

  it.each([
    null,
    undefined,
    'x',
    {},
    checkpoint,
    { ...whole, owed: 'money' },
    { ...whole, compared: { at: 'yesterday', gap: 0 } },
    { ...whole, held: { count: 1 } },
    { ...whole, checkpoint: { ...checkpoint, fields: 'Name' } },
    { ...whole, checkpoint: { ...checkpoint, types: { Name: 'blob' } } },
    { ...whole, checkpoint: { ...checkpoint, pull: { startedAt: 'x' } } },
    { ...whole, checkpoint: { ...checkpoint, pull: { ...pull, job: { id: '750' } } } },
    { cursor: null, coveredUntil: 'x', pullStartedAt: 'x', deletedUntil: 'x', fields: ['Name'], describedAt: 'x' },
  ])('is nothing when it is of another age or damaged, so that the object is pulled anew (%#)', (stored) => {
    expect(readStored(stored)).toBeNull();
    expect(readCheckpoint(stored)).toBeNull();
  });
});
