import { expect, type Page } from '@playwright/test';
import { OBJECTS } from '@/lib/crm/records';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { EXTENSION_DIR, logIn, loginWindow, openScene, type Scene, startConnecting } from '../../e2e/scene.ts';
import type { SandboxOptions } from '../../sandbox-crm/sandbox.ts';
import { until } from '../within.ts';
import { differencesFrom } from './differences.ts';
import { extensionWithReader, READER_PAGE } from './extension-copy.ts';
import { storedCopy } from './stored-copy.ts';
import { type Trapper, trapper } from './trapper.ts';
import { type WorkerKiller, workerKiller } from './worker-killer.ts';

const WAIT_MS = 60_000;

type Answer<T> = { ok: true; value: T } | { ok: false; code: string };

/** An extension whose protection is changed, with a hand at its worker's throat; also over restarts of the browser. */
export interface ProtectionScene {
  scene: Scene;
  killer(): WorkerKiller;
  traps(): Trapper;
  ask<T = unknown>(name: string, payload?: object): Promise<Answer<T>>;
  /** Asks for what will never be answered, since the worker is killed meanwhile. */
  begin(name: string, payload: object): void;
  connect(): Promise<void>;
  /** Lets the copies look as if they were made so many days ago; the next worker sees it. */
  age(days: number): Promise<void>;
  ringAlarm(name: string): Promise<void>;
  /** `meanwhile` is done to the profile while no browser has it open. */
  restartBrowser(meanwhile?: (profileDir: string) => void): Promise<void>;
  state(): Promise<VaultState>;
  connection(): Promise<ConnectionSummary | undefined>;
  /** How often the copy was made anew. */
  copyNumber(): Promise<number>;
  /** What stands in storage and buckets that no connection needs, and what one needs and is not there. Empty when all is well. */
  strays(): Promise<string[]>;
  /** Forgets wrong passphrases, whose wait is tested elsewhere. */
  forgetTries(): Promise<void>;
  expectSame(): Promise<void>;
  close(): Promise<void>;
}

export async function openProtectionScene(options: SandboxOptions): Promise<ProtectionScene> {
  const extension = await extensionWithReader(EXTENSION_DIR);
  const scene = await openScene({ sandbox: { dailyApiCalls: 1_000_000, ...options }, browser: { extensionDir: extension.dir } });
  let now = await standby();

  async function standby() {
    const page = await scene.open('options.html');
    const reader = await scene.open(READER_PAGE);
    const killer = await workerKiller(scene.browser.context, scene.extensionId);
    return { page, reader, killer, traps: await trapper({ scene, reader }) };
  }

  async function ask<T>(name: string, payload: object = {}): Promise<Answer<T>> {
    return now.page.evaluate((message) => chrome.runtime.sendMessage(message), { sidelight: 1, name, payload });
  }

  async function must<T>(name: string): Promise<T> {
    const answer = await ask<T>(name);
    if (!answer.ok) throw new Error(`${name} was answered with ${answer.code}`);
    return answer.value;
  }

  const self: ProtectionScene = {
    scene,
    killer: () => now.killer,
    traps: () => now.traps,
    ask,
    begin(name, payload) {
      const message = { sidelight: 1, name, payload };
      now.page.evaluate((asked) => void chrome.runtime.sendMessage(asked).catch(() => undefined), message).catch(() => undefined);
    },
    async connect() {
      await now.page.reload();
      const login = loginWindow(scene);
      await startConnecting(scene, now.page);
      await logIn(await login);
      await until(WAIT_MS, 'the first sync', async () => {
        const connection = await self.connection();
        return connection?.sync.running === null && connection.sync.lastSuccessAt ? true : undefined;
      });
    },
    async age(days) {
      await now.killer.kill();
      await now.reader.evaluate(async (ago) => {
        const { connections } = (await chrome.storage.local.get('connections')) as { connections: object[] };
        const copiedAt = new Date(Date.now() - ago * 24 * 60 * 60_000).toISOString();
        await chrome.storage.local.set({ connections: connections.map((entry) => ({ ...entry, copiedAt })) });
      }, days);
    },
    ringAlarm: (name) =>
      now.reader.evaluate((alarm) => chrome.alarms.create(alarm, { when: Date.now(), periodInMinutes: 30 }), name),
    async restartBrowser(meanwhile = () => undefined) {
      await scene.suspend();
      try {
        meanwhile(scene.browser.profileDir);
      } finally {
        await scene.resume();
        now = await standby();
      }
    },
    state: () => must<VaultState>('vault.state'),
    connection: async () => (await must<ConnectionSummary[]>('connections.list'))[0],
    copyNumber: () =>
      now.reader.evaluate(async () => {
        const { connections } = (await chrome.storage.local.get('connections')) as { connections: { copy: number }[] };
        return connections[0]?.copy ?? -1;
      }),
    strays: () => straysSeenBy(now.reader),
    forgetTries: () => now.reader.evaluate(() => chrome.storage.local.remove('unlock-failures')),
    async expectSame() {
      const content = await storedCopy(now.reader).content();
      expect(differencesFrom(scene.sandbox, new Set(OBJECTS), content), 'copy and CRM').toEqual([]);
    },
    async close() {
      await scene.close();
      extension.remove();
    },
  };
  return self;
}

function straysSeenBy(reader: Page): Promise<string[]> {
  return reader.evaluate(async () => {
    const { storageBuckets } = navigator as unknown as { storageBuckets: { keys(): Promise<string[]> } };
    const [local, session, buckets] = await Promise.all([
      chrome.storage.local.get(null),
      chrome.storage.session.get(null),
      storageBuckets.keys(),
    ]);
    const entries = (local.connections ?? []) as { id: string; copy: number; disconnecting: boolean }[];
    const names = entries.map(({ id, copy }) => (copy === 0 ? id : `${id}_${copy}`));
    const mode = (local.protection as { mode?: string } | undefined)?.mode ?? 'device';
    const wanted = new Set([
      ...names.flatMap((name) => [
        `local share:${name}`,
        `local anchor:${name}`,
        `local marks:${name}`,
        `bucket connection-${name}`,
      ]),
    ]);
    const known = new Set([
      'local connections',
      'local protection',
      'local settings',
      'local unlock-failures',
      'local locked-by',
      'local receipts',
    ]);
    if (mode === 'passphrase') known.add('session vault');
    const found = [
      ...Object.keys(local).map((key) => `local ${key}`),
      ...Object.keys(session)
        .filter((key) => key === 'vault' || key.startsWith('pending'))
        .map((key) => `session ${key}`),
      ...buckets.map((name) => `bucket ${name}`),
    ];
    return [
      ...found.filter((one) => !wanted.has(one) && !known.has(one)),
      ...[...wanted].filter((one) => !found.includes(one)).map((one) => `no ${one}`),
      ...entries.filter(({ disconnecting }) => disconnecting).map(({ id }) => `${id} is still going`),
    ];
  });
}
