import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/connections';
import { createLeadCreation } from '@/entrypoints/background/lead-creation';
import type { DescribedField } from '@/lib/connectors/connector';
import type { RecordStore } from '@/lib/storage/record-store';
import { AppError } from '@/lib/shared/errors';
import { createOvertaken, type Overtaken } from '@/lib/sync/overtaken';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';

vi.mock('wxt/browser', () => ({ browser: {} }));

const field = (name: string): DescribedField => {
  return { name, label: name, type: 'text', required: false, maxLength: 80, options: [], defaultValue: '' };
};
const LEAD = {
  values: { LastName: 'Prospect', Company: 'Acme' },
  basis: { kind: 'consent', reason: '' },
  source: null,
  allowDuplicate: false,
} as const;
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

describe('sending a Lead', () => {
  let store: RecordStore;
  let overtaken: Overtaken;
  let copied: number;
  beforeEach(async () => {
    const clock = fakeClock();
    ({ store } = await testStore());
    const checkpoint = { checkpoint: CHECKPOINT, compared: null, held: null, owed: null };
    await store.apply({ object: 'lead', upserts: [], deletions: [], newBefore: null }, checkpoint);
    overtaken = createOvertaken(clock);
    copied = 0;
  });

  /** Sends one to a CRM that makes it as `l1`, and gives the answer. */
  function send(change: Partial<RecordStore> = {}, create = async (): Promise<unknown> => ({ kind: 'created', id: 'l1' })) {
    const connector = {
      describe: async () => ({ fields: ['LastName', 'Company', 'Description'].map(field) }),
      create,
      read: async (_: string, id: string) => record('lead', id),
      recordUrl: (_: string, id: string) => `https://crm.example/${id}`,
    };
    const live = { entry: { id: 'c1' }, connector, copy: { store: { ...store, ...change } }, runner: { overtaken } };
    const leads = createLeadCreation(fakeClock().now, () => {
      copied += 1;
    });
    return leads.create(live as unknown as LiveConnection, LEAD);
  }

  it('has it in the copy a moment later, and views are told then', async () => {
    expect(await send()).toMatchObject({ kind: 'created', id: 'l1', name: 'Prospect' });
    await expect.poll(() => copied).toBe(1);
    expect(await store.get('lead', 'l1')).toMatchObject({ id: 'l1' });
  });

  it.each(['vault.busy', 'storage.quota', 'vault.tampered'] as const)(
    'is done when the CRM has made it, though the copy does not take it (%s): sent again it would be there twice',
    async (code) => {
      const failing = () => Promise.reject(new AppError(code));
      expect(await send({ apply: failing })).toMatchObject({ kind: 'created', id: 'l1' });
      expect(await send({ checkpoint: failing })).toMatchObject({ kind: 'created', id: 'l1' });
      expect(copied).toBe(0);
    },
  );

  it('is done though the copy takes no writes for as long as it is encrypted anew', async () => {
    expect(await send({ apply: () => new Promise(() => undefined) })).toMatchObject({ kind: 'created', id: 'l1' });
  });

  it('is noted before it is written, so that no run takes what it fetched before for newer', async () => {
    const began = fakeClock().now();
    const noted: boolean[] = [];
    await send({
      async apply(...batch) {
        noted.push(overtaken.since('lead', 'l1', began));
        return store.apply(...batch);
      },
    });
    await expect.poll(() => noted).toEqual([true]);
  });
});
