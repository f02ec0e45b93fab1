import { describe, expect, it } from 'vitest';
import { listGaps } from '@/entrypoints/background/list-gaps';
import { defaultSelection } from '@/lib/crm/selection';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

const NOTHING = { contacts: [], opportunities: [], tasks: [] };
const checkpoint = (coveredUntil: string | null) => ({
  checkpoint: {
    coveredUntil,
    deletedUntil: 'x',
    wanted: [],
    fields: [],
    types: {},
    describedAt: 'x',
    scope: '',
    pull: null,
  },
  compared: null,
  held: null,
  owed: null,
});

async function storeWith(copied: Partial<Record<'contact' | 'opportunity' | 'task', string | null>>) {
  const { store } = await testStore();
  for (const [object, until] of Object.entries(copied)) {
    await store.apply({ object: object as 'task', upserts: [], deletions: [], newBefore: null }, checkpoint(until));
  }
  return store;
}

describe('an empty list of an Account', () => {
  it('says that there is nothing when its object has been copied whole', async () => {
    const store = await storeWith({ contact: 'x', opportunity: 'x', task: 'x' });
    expect(await listGaps(NOTHING, { selection: defaultSelection(), store, live: false })).toEqual({});
  });

  it('is still coming while its object has never been copied whole', async () => {
    const store = await storeWith({ contact: 'x', opportunity: null });
    expect(await listGaps(NOTHING, { selection: defaultSelection(), store, live: false })).toEqual({
      opportunity: 'coming',
      task: 'coming',
    });
  });

  it('is believed during the first sync as soon as the CRM has answered for this Account', async () => {
    const store = await storeWith({});
    expect(await listGaps(NOTHING, { selection: defaultSelection(), store, live: true })).toEqual({});
  });

  it('is left out when its object is not to be copied, whether the CRM has answered or not', async () => {
    const store = await storeWith({ contact: 'x', opportunity: 'x', task: 'x' });
    const selection = defaultSelection();
    selection.objects.task.wanted = false;
    expect(await listGaps(NOTHING, { selection, store, live: true })).toEqual({ task: 'unwanted' });
  });
});

it('a list with something in it needs no excuse', async () => {
  const store = await storeWith({});
  const records = { ...NOTHING, contacts: [record('contact', '003')] };
  expect(await listGaps(records, { selection: null, store, live: false })).toEqual({ opportunity: 'coming', task: 'coming' });
});
