import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createRecordChanges } from '@/entrypoints/background/record-changes';
import type { CreateValues, UpdateOutcome } from '@/lib/connectors/creation-contract';
import type { RecordStore } from '@/lib/storage/record-store';
import { createOvertaken } from '@/lib/sync/overtaken';
import { described, describedObject, picklist } from '../../builders/description';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';

vi.mock('wxt/browser', () => ({ browser: {} }));

interface Update {
  object: string;
  id: string;
  values: CreateValues;
  readAt: string | null;
}

let answer: UpdateOutcome;
let updates: Update[];
const writer = {
  update: async (object: string, id: string, values: CreateValues, readAt: string | null) => {
    updates.push({ object, id, values, readAt });
    return answer;
  },
  convertLead: async () => ({ accountId: 'a1', contactId: 'c1' }),
};

const OPPORTUNITY = describedObject(
  [
    described('StageName', { type: 'picklist', restricted: true, options: picklist(['Proposal', 'Won']) }),
    described('CloseDate', { type: 'date' }),
    described('Status', { updateable: false }),
  ],
  { object: 'opportunity', modelNames: { stage: 'StageName', closeOn: 'CloseDate', status: 'Status' } },
);
const CHECKPOINT = {
  coveredUntil: '2026-05-01T00:00:00.000Z',
  deletedUntil: '2026-05-01T00:00:00.000Z',
  wanted: [],
  fields: [],
  types: {},
  describedAt: '2026-05-01T00:00:00.000Z',
  scope: '',
  pull: null,
};

describe('a change without a form', () => {
  let store: RecordStore;
  let told: number;
  let written: unknown[];
  beforeEach(async () => {
    ({ store } = await testStore());
    const checkpoint = { checkpoint: CHECKPOINT, compared: null, held: null, owed: null };
    const known = record('opportunity', 'o1', { stage: 'Proposal', closeOn: '2026-06-01' }, '2026-04-30T00:00:00.000Z');
    await store.apply({ object: 'opportunity', upserts: [known], deletions: [], newBefore: null }, checkpoint);
    answer = { kind: 'updated' };
    updates = [];
    told = 0;
    written = [];
  });

  const connection = () =>
    ({
      connector: {
        writer,
        read: async (_: string, id: string) => record('opportunity', id, { stage: 'Won' }, '2026-05-01T10:00:00.000Z'),
        recordUrl: (_: string, id: string) => `https://crm.example/${id}`,
      },
      copy: { store },
      runner: { overtaken: createOvertaken(fakeClock()) },
    }) as unknown as LiveConnection;
  const changes = () =>
    createRecordChanges(
      { described: async () => OPPORTUNITY, requireAllowed: async () => undefined },
      () => {
        told += 1;
      },
      async (_, deed) => void written.push(deed),
    );
  const change = (values: Record<string, string>, force = false) =>
    changes().change(connection(), { connectionId: 'k', object: 'opportunity', id: 'o1', values, force });

  it('goes to the CRM by its own names, with the moment from which the copy is', async () => {
    expect(await change({ stage: 'Won' })).toEqual({ kind: 'changed', before: { stage: 'Proposal' } });
    expect(updates).toEqual([
      { object: 'opportunity', id: 'o1', values: { StageName: 'Won' }, readAt: '2026-04-30T00:00:00.000Z' },
    ]);
  });

  it('is in the copy when it is answered, so that taking it back starts from there', async () => {
    await change({ stage: 'Won' });
    expect((await store.get('opportunity', 'o1'))?.modifiedAt).toBe('2026-05-01T10:00:00.000Z');
    expect(told).toBe(1);
  });

  it('is written down as a count, without the record', async () => {
    await change({ stage: 'Won' });
    expect(written).toEqual([{ act: 'changed', records: [{ object: 'opportunity', deed: 'changed', count: 1 }] }]);
  });

  it('empties a date', async () => {
    await change({ closeOn: '' });
    expect(updates[0]?.values).toEqual({ CloseDate: null });
  });

  it('shows what the CRM holds when somebody else was faster, and brings it into the copy', async () => {
    answer = { kind: 'conflict', current: { StageName: 'Won' }, modifiedAt: '2026-05-01T09:00:00.000Z' };
    expect(await change({ stage: 'Proposal' })).toEqual({
      kind: 'conflict',
      current: { stage: 'Won' },
      changedAt: '2026-05-01T09:00:00.000Z',
    });
    expect((await store.get('opportunity', 'o1'))?.fields.stage).toBe('Won');
  });

  it('is made over somebody else’s only when the user has said so', async () => {
    await change({ stage: 'Won' }, true);
    expect(updates[0]?.readAt).toBeNull();
  });

  it('that the CRM would refuse costs no call', async () => {
    expect(await change({ stage: 'Nonsense' })).toMatchObject({ kind: 'invalid' });
    expect(updates).toEqual([]);
  });

  it('says what the CRM says against it', async () => {
    answer = { kind: 'invalid', fieldErrors: { StageName: 'Needs an amount.' }, formErrors: ['Closed.'] };
    expect(await change({ stage: 'Won' })).toEqual({ kind: 'invalid', reasons: ['Closed.', 'Needs an amount.'] });
  });

  it('of a record that is gone takes it out of the copy', async () => {
    answer = { kind: 'gone' };
    expect(await change({ stage: 'Won' })).toEqual({ kind: 'gone' });
    expect(await store.get('opportunity', 'o1')).toBeNull();
  });

  it.each([
    [{ status: 'x' }, 'a field that this user may not change'],
    [{ dueOn: '2026-01-01' }, 'a field that the object does not have'],
    [{}, 'nothing'],
  ])('is refused before any call: %o, %s', async (values: Record<string, string>, _what: string) => {
    await expect(change(values)).rejects.toMatchObject({ code: 'crm.forbidden' });
    expect(updates).toEqual([]);
  });
});
