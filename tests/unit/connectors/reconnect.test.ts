import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createConnections } from '@/entrypoints/background/connections';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createProcessingLogs } from '@/entrypoints/background/processing-logs';
import { createRetention } from '@/entrypoints/background/retention';
import type { ConnectedProfile, Session } from '@/lib/connectors/connector';
import { NO_POLICY, type Policy } from '@/lib/settings/policy';
import { loadLog } from '@/lib/privacy/processing-log-box';
import { createSettings } from '@/lib/settings/settings';
import { AppError } from '@/lib/shared/errors';
import { UNPACED } from '@/lib/shared/pace';
import { createConnectionList } from '@/lib/storage/connection-list';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { DAY } from '@/lib/sync/schedule';
import { NEVER_RUN } from '@/lib/sync/sync-status';
import { createVault } from '@/lib/vault/vault';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { fakeClock } from '../../fakes/fake-clock';
import { memoryArea } from '../../fakes/memory-area';
import { memoryBuckets } from '../../fakes/memory-buckets';

/** The CRM: what it lets in next, and what was given back to it. */
const crm = vi.hoisted(() => ({
  login: async (): Promise<unknown> => null,
  revoked: [] as string[],
  beforeRevoking: async (): Promise<void> => undefined,
}));
vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }));
vi.mock('@/entrypoints/background/sign-ins', () => ({
  requireAccess: async () => undefined,
  createSignIns: () => ({
    signIn: () => crm.login(),
    signInByTab: () => crm.login(),
    signInWithKey: () => crm.login(),
    signInAgain: () => crm.login(),
    signInSilently: async () => null,
  }),
}));
vi.mock('@/lib/connectors/salesforce/auth', async (original) => ({
  ...(await original<object>()),
  async revokeSession({ refreshToken }: Session) {
    await crm.beforeRevoking();
    crm.revoked.push(refreshToken);
    return true;
  },
}));

const profile: ConnectedProfile = { userName: 'Ada', orgName: 'Acme', host: 'acme.my.salesforce.com' };
const session = (token: string): Session => ({
  accessToken: `access-${token}`,
  refreshToken: token,
  instanceUrl: 'https://acme.my.salesforce.com',
  loginOrigin: 'https://login.salesforce.com',
  clientId: 'client',
  userId: 'user',
  orgId: 'org',
});

const tabSession: Session = {
  ...session(''),
  accessToken: '',
  loginOrigin: 'https://acme.my.salesforce.com',
  clientId: '',
  fromTab: true,
};

describe('signing in again', () => {
  let rules: Policy;
  let clock: ReturnType<typeof fakeClock>;
  let connections: ReturnType<typeof createConnections>;
  let list: ReturnType<typeof createConnectionList>;
  let first: LiveConnection;
  let onOpen: (connection: LiveConnection) => Promise<void>;
  beforeEach(async () => {
    fakeBrowser.reset();
    crm.revoked.length = 0;
    rules = NO_POLICY;
    crm.beforeRevoking = async () => undefined;
    crm.login = async () => ({ session: session('first'), profile });
    onOpen = async () => undefined;
    const local = memoryArea();
    clock = fakeClock();
    list = createConnectionList(local.area);
    connections = createConnections({
      syncInterval: async () => 86_400_000,
      clock,
      onOpen: (connection) => onOpen(connection),
      onCall: () => undefined,
      pace: UNPACED,
      buckets: memoryBuckets().buckets,
      list,
      vault: createVault({ local: local.area, session: memoryArea().area, clock }),
      policy: { get: async () => rules, ignored: async () => [] },
      onStatus: () => undefined,
      onLiveAnswer: () => undefined,
    });
    first = await connections.connect('login.salesforce.com', 'client');
  });

  /** The login window is open until the promise is fulfilled. */
  function loginWindow(token: string) {
    const [opened, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    crm.login = async () => {
      opened.resolve();
      await closed.promise;
      return { session: session(token), profile };
    };
    return { opened: opened.promise, close: closed.resolve };
  }

  it('ends the login that was there, which may be alive, and keeps the new one', async () => {
    crm.login = async () => ({ session: session('second'), profile });
    const again = await connections.reconnect(first.entry.id);
    expect(again.session?.refreshToken).toBe('second');
    expect(crm.revoked).toEqual(['first']);
  });

  it('leaves no login alive when the connection is removed while the login window is open', async () => {
    const window = loginWindow('second');
    const again = codeOf(connections.reconnect(first.entry.id));
    await window.opened;
    await list.put({ ...first.entry, disconnecting: true });
    const [revoking, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    crm.beforeRevoking = () => {
      revoking.resolve();
      return goOn.promise;
    };
    const disconnected = first.connector.revoke();
    await revoking.promise;
    window.close();
    goOn.resolve();
    await disconnected;
    expect(await again).toBe('connection.missing');
    expect(new Set(crm.revoked)).toEqual(new Set(['first', 'second']));
  });

  it('gives the new login back when the copy is gone by then', async () => {
    const window = loginWindow('second');
    const again = codeOf(connections.reconnect(first.entry.id));
    await window.opened;
    await list.put({ ...first.entry, disconnecting: true });
    await first.connector.revoke();
    first.copy.close();
    window.close();
    expect(await again).not.toBe('it did not fail');
    expect(new Set(crm.revoked)).toEqual(new Set(['first', 'second']));
  });

  it('is not undone by a refresh that is under way: what that brought ends, too', async () => {
    const window = loginWindow('second');
    const again = connections.reconnect(first.entry.id);
    await window.opened;
    const [held, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const refresh = navigator.locks.request(`sidelight:session:${first.entry.id}`, async () => {
      held.resolve();
      await answer.promise;
      await first.copy.boxes.put('token', session('refreshed'));
    });
    await held.promise;
    window.close();
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    answer.resolve();
    await refresh;
    expect((await again).session?.refreshToken).toBe('second');
    expect(crm.revoked).toEqual(['refreshed']);
  });

  describe('given what the organisation allows', () => {
    /** How often somebody was asked to sign in, or the login of a tab was taken. */
    let logins: number;
    beforeEach(() => {
      logins = 0;
      crm.login = async () => {
        logins += 1;
        return { session: tabSession, profile };
      };
    });

    it.each<[string, Partial<Policy>]>([
      ['only other login hosts', { loginHosts: ['login.salesforce.com', 'other.my.salesforce.com'] }],
      ['no login host', { loginHosts: [] }],
      ['an app of its own', { consumerKey: 'client', loginHosts: ['acme.my.salesforce.com'] }],
    ])('takes no login of a tab, new or again, where it has set %s', async (_, set) => {
      await list.remove(first.entry.id);
      const { entry, isLoginBack } = await connections.connectByTab('acme.my.salesforce.com');
      expect(logins).toBe(1);
      rules = { ...NO_POLICY, ...set };
      expect(await codeOf(connections.connectByTab('Acme.my.salesforce.com '))).toBe('policy.refused');
      expect(await codeOf(connections.reconnect(entry.id))).toBe('policy.refused');
      expect(await isLoginBack()).toBe(false);
      expect(logins).toBe(1);
    });

    it('takes the login of a tab at a My Domain that it allows', async () => {
      rules = { ...NO_POLICY, loginHosts: ['acme.my.salesforce.com'] };
      await list.remove(first.entry.id);
      const { entry } = await connections.connectByTab('acme.my.salesforce.com');
      expect((await connections.reconnect(entry.id)).session).toEqual(tabSession);
      expect(logins).toBe(2);
    });

    it.each<[string, Partial<Policy>]>([
      ['only other hosts', { loginHosts: ['login.salesforce.com', 'crm.globex.example'] }],
      ['an app of its own, which a key has not', { consumerKey: 'client' }],
    ])('takes no key, new or again, where it has set %s', async (_, set) => {
      await list.remove(first.entry.id);
      const { entry } = await connections.connectByKey('crm.acme.example:8443', 'key');
      rules = { ...NO_POLICY, ...set };
      expect(await codeOf(connections.connectByKey('https://crm.acme.example:8443/', 'key'))).toBe('policy.refused');
      expect(await codeOf(connections.reconnect(entry.id, 'new'))).toBe('policy.refused');
      expect(logins).toBe(1);
    });

    it('takes a key at a host that it allows, at any port', async () => {
      rules = { ...NO_POLICY, loginHosts: ['crm.acme.example'] };
      await list.remove(first.entry.id);
      const { entry } = await connections.connectByKey('crm.acme.example:8443', 'key');
      expect(entry.crm).toBe('espocrm');
    });

    it('signs in again with the app that it has set', async () => {
      rules = { ...NO_POLICY, consumerKey: 'another', loginHosts: ['login.salesforce.com'] };
      crm.login = async () => ({ session: { ...session('second'), clientId: 'another' }, profile });
      expect((await connections.reconnect(first.entry.id)).session?.clientId).toBe('another');
      expect(await codeOf(connections.connect('login.salesforce.com', 'client'))).toBe('policy.refused');
      expect(await codeOf(connections.connect('test.salesforce.com', 'another'))).toBe('policy.refused');
    });
  });

  describe('a copy that is opened', () => {
    it('is shown to nobody before it was looked at whether it is too old, and not at all when that failed', async () => {
      const { id } = first.entry;
      const looked = Promise.withResolvers<void>();
      const asked: string[] = [];
      onOpen = async ({ entry }) => {
        asked.push(entry.id);
        await looked.promise;
      };
      await connections.closeAll();
      let shown = false;
      const opening = connections.ready().then((all) => {
        shown = true;
        return all;
      });
      await expect.poll(() => asked).toEqual([id]);
      expect(shown).toBe(false);
      looked.resolve();
      expect((await opening).map(({ entry }) => entry.id)).toEqual([id]);

      onOpen = async () => Promise.reject(new AppError('storage.unreadable'));
      await connections.closeAll();
      expect(await connections.ready()).toEqual([]);
      expect(await codeOf(connections.get(id))).toBe('storage.unreadable');
    });

    it.each(['auth.damaged', 'storage.unreadable'])(
      'stays open and has it in its log when its records were too old, also when the last sync ended with %s',
      async (code) => {
        const { store, boxes } = first.copy;
        await store.apply({ object: 'account', upserts: [record('account', 'a1')], deletions: [], newBefore: null });
        const at = new Date(clock.now()).toISOString();
        await boxes.put('sync-status', { ...NEVER_RUN, lastSuccessAt: at, lastError: { code, at }, failures: 1 });
        await connections.closeAll();
        clock.wait(31 * DAY);
        const settings = createSettings(memoryArea().area);
        onOpen = createRetention({ clock, settings, logs: createProcessingLogs(clock) }).enforceOn;
        const [opened] = await connections.ready();
        expect(await opened?.copy.store.counts()).toMatchObject({ account: 0 });
        expect((await loadLog(opened?.copy.boxes as SealedBoxes)).entries).toMatchObject([
          { act: 'expired', records: [{ object: 'account', deed: 'deleted', count: 1 }] },
        ]);
        expect(await connections.opened()).toEqual([opened]);
      },
    );
  });
});
