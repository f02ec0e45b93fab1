import { beforeEach, describe, expect, it } from 'vitest';
import { createUnseenReceipts, type UnseenReceipt, type UnseenReceipts } from '@/lib/privacy/unseen-receipts';
import { memoryArea } from '../../fakes/memory-area';

const receipt = (id: string, rest: Partial<UnseenReceipt> = {}): UnseenReceipt => ({
  id,
  crm: 'salesforce',
  copy: id,
  startedAt: '2026-05-01T10:00:00.000Z',
  finishedAt: '2026-05-01T10:00:09.000Z',
  counts: { contact: 12 },
  bytes: 4096,
  revocation: 'confirmed',
  verified: { bucketGone: true, keyGone: true },
  ...rest,
});

describe('receipts that nobody has seen', () => {
  let memory: ReturnType<typeof memoryArea>;
  let receipts: UnseenReceipts;
  beforeEach(() => {
    memory = memoryArea();
    receipts = createUnseenReceipts(memory.area);
  });

  it('are none at first', async () => {
    expect(await receipts.list()).toEqual([]);
  });

  it('are kept until they are dismissed, for the next worker too', async () => {
    await receipts.put(receipt('one'));
    await receipts.put(receipt('two'));
    await receipts.dismiss('one');
    expect(await createUnseenReceipts(memory.area).list()).toEqual([receipt('two')]);
  });

  it('leave nothing behind when all are dismissed', async () => {
    await receipts.put(receipt('one'));
    await receipts.dismiss('one');
    await receipts.dismiss('another');
    expect(memory.held).toEqual({});
  });

  it('are one for each connection, as it was told last', async () => {
    await receipts.put(receipt('one', { finishedAt: null, verified: null }));
    await receipts.put(receipt('one'));
    expect(await receipts.list()).toEqual([receipt('one')]);
  });

  it('are none lost when they come at once', async () => {
    await Promise.all(['one', 'two', 'three'].map((id) => receipts.put(receipt(id))));
    expect((await receipts.list()).map(({ id }) => id)).toEqual(['one', 'two', 'three']);
  });

  it('are the last twenty', async () => {
    for (let n = 0; n < 23; n += 1) await receipts.put(receipt(`c${n}`));
    expect((await receipts.list()).map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, n) => `c${n + 3}`));
  });

  it.each([undefined, null, 'text', {}, [7, null, { id: 'x' }]])('are none when %j stands in their place', async (value) => {
    memory.held.receipts = value;
    expect(await receipts.list()).toEqual([]);
    await receipts.put(receipt('one'));
    expect(await receipts.list()).toEqual([receipt('one')]);
  });
});
