import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createPrivacyHandlers } from '@/entrypoints/background/privacy-handlers';
import { createProcessingLogs } from '@/entrypoints/background/processing-logs';
import { firstBreak } from '@/lib/privacy/processing-log';
import { createSettings } from '@/lib/settings/settings';
import { UNPACED } from '@/lib/shared/pace';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { rootKey } from '../../builders/keys';
import { fakeClock } from '../../fakes/fake-clock';
import { memoryArea } from '../../fakes/memory-area';

const CALLER = { role: 'options', tabId: null, documentId: null } as never;

describe('what was done, written down in the copy of each connection', () => {
  const clock = fakeClock();
  let db: ConnectionDatabase;
  let boxes: SealedBoxes;
  let connection: LiveConnection;
  let logs: ReturnType<typeof createProcessingLogs>;

  const acts = async () => (await logs.load(connection)).entries.map(({ act }) => act);

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    db = new ConnectionDatabase(new IDBFactory());
    const list = createConnectionList(memoryArea().area);
    boxes = createSealedBoxes(db, createCipher(await rootKey(1)), 'c1', list.marks('c1'));
    connection = {
      entry: { id: 'c1', crm: 'salesforce' },
      profile: { userName: 'Jo', orgName: 'Acme', host: 'acme.my.salesforce.com' },
      session: { instanceUrl: 'https://acme.my.salesforce.com', loginOrigin: 'https://login.salesforce.com' },
      copy: { boxes },
    } as unknown as LiveConnection;
    logs = createProcessingLogs(clock);
    logs.follow({ ready: async () => [connection] });
    return () => void vi.useRealTimers();
  });

  it('has the calls of the sign-in, which came before there was a connection', async () => {
    logs.called('login.salesforce.com');
    logs.called('acme.my.salesforce.com');
    await logs.add(connection, { act: 'connected' });
    const { entries } = await logs.load(connection);
    expect(entries).toMatchObject([
      {
        act: 'connected',
        calls: [
          { host: 'login.salesforce.com', count: 1 },
          { host: 'acme.my.salesforce.com', count: 1 },
        ],
      },
    ]);
  });

  it('counts each call once, whatever it was for', async () => {
    logs.called('acme.my.salesforce.com');
    await logs.add(connection, { act: 'created', records: [{ object: 'lead', deed: 'created', count: 1 }] });
    logs.called('acme.my.salesforce.com');
    await vi.advanceTimersByTimeAsync(6000);
    await vi.waitFor(async () => expect(await acts()).toEqual(['created', 'calls']));
    expect((await logs.load(connection)).hosts).toMatchObject([{ host: 'acme.my.salesforce.com', calls: 2 }]);
  });

  it('gives the calls of a sync to its entry: a long one does not fill the log', async () => {
    logs.runs('c1');
    for (let page = 0; page < 20; page += 1) {
      logs.called('acme.my.salesforce.com');
      clock.wait(2000);
      await vi.advanceTimersByTimeAsync(2000);
    }
    expect(await acts()).toEqual([]);
    logs.rests('c1');
    await logs.ran(connection, { endedAt: 'x', objects: [], code: null } as never);
    const { entries } = await logs.load(connection);
    expect(entries).toMatchObject([{ act: 'synced', calls: [{ host: 'acme.my.salesforce.com', count: 20 }] }]);
  });

  it('writes down what a run has called a minute ago, since its worker may be killed', async () => {
    logs.runs('c1');
    logs.called('acme.my.salesforce.com');
    clock.wait(61_000);
    await logs.flush();
    expect(await acts()).toEqual(['calls']);
  });

  it('writes a day of looking at Accounts as counts, and not which Accounts', async () => {
    logs.looked('c1');
    logs.looked('c1');
    await logs.flush();
    const { entries } = await logs.load(connection);
    expect(entries).toMatchObject([{ act: 'looked', records: [{ object: 'account', deed: 'received', count: 2 }] }]);
    const told = entries.map(({ hash, ...rest }) => rest);
    expect(JSON.stringify(told)).not.toMatch(/c1|Acme/);
  });

  it('says of a host of somebody else nothing', async () => {
    logs.called('other.my.salesforce.com');
    await logs.flush();
    expect(await acts()).toEqual([]);
  });

  it('begins anew when it is not what was written, and says so', async () => {
    await logs.add(connection, { act: 'connected' });
    await db.boxes.delete('processing-log');
    await logs.add(connection, { act: 'synced' });
    expect(await acts()).toEqual(['begun-anew', 'synced']);
  });

  it('is chained over the life of a worker', async () => {
    await logs.add(connection, { act: 'connected' });
    const next = createProcessingLogs(clock);
    await Promise.all([next.add(connection, { act: 'synced' }), next.add(connection, { act: 'locked' })]);
    const log = await next.load(connection);
    expect(log.entries.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(await firstBreak(log)).toBeNull();
  });

  it('fails nothing when it cannot be written', async () => {
    db.close();
    await expect(logs.add(connection, { act: 'synced' })).resolves.toBeUndefined();
  });

  it('has in it that it was saved as a file', async () => {
    const handlers = createPrivacyHandlers({
      connections: { get: async () => connection, ready: async () => [connection] },
      outboxes: { of: () => ({ box: { list: async () => [] } }) as never },
      logs,
      pace: UNPACED,
      settings: createSettings(memoryArea().area),
      syncs: { replan: async () => undefined },
    });
    await logs.add(connection, { act: 'connected' });
    const { entries, brokenAt } = await handlers['privacy.exportLog']({ connectionId: 'c1' }, CALLER);
    expect(entries.map(({ act }) => act)).toEqual(['connected', 'exported']);
    expect(brokenAt).toBeNull();
  });
});
