import { setTimeout as pause } from 'node:timers/promises';
import { expect, type Page } from '@playwright/test';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { RequestName, Requests } from '@/lib/messaging/protocol';
import { EXTENSION_DIR, logIn, loginWindow, openScene, type Scene, startConnecting } from '../../e2e/scene.ts';
import type { SandboxOptions } from '../../sandbox-crm/sandbox.ts';
import { until } from '../within.ts';
import { differencesFrom } from './differences.ts';
import { extensionWithReader, READER_PAGE } from './extension-copy.ts';
import { type StoredCopy, storedCopy } from './stored-copy.ts';
import { type WorkerKiller, workerKiller } from './worker-killer.ts';

/** A run of fifty thousand records under random faults, on a machine that does other things too. */
const RUN_MS = 10 * 60_000;
/** Between two looks at the disk, which cost the run some of its time. */
const LOOK_MS = 100;

/** The extension beside a large org, with a hand at its worker's throat and a view of its disk. */
export interface KillScene extends Pick<Scene, 'sandbox'> {
  scene: Scene;
  options: Page;
  reader: Page;
  killer: WorkerKiller;
  copy: StoredCopy;
  /** Objects that are copied now. */
  readonly wanted: ReadonlySet<ObjectKind>;
  /** Signs in; the first run begins then and is not waited for. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  ask<N extends RequestName>(name: N, payload: Requests[N]['in']): Promise<Requests[N]['out']>;
  /** Lets a page of the extension ask for something, which wakes the worker. Nobody waits for the answer. */
  wake(): void;
  startSync(): Promise<void>;
  /** Chooses whether an object is copied; the run that this starts is not waited for. */
  choose(object: ObjectKind, isWanted: boolean): Promise<void>;
  /** A moment before everything that begins now, as the extension's clock tells it (ISO). */
  now(): string;
  /** Waits until the run that began or ended after `since` (ISO) has ended well. Nothing is done to bring that about. */
  ended(since: string): Promise<void>;
  /** The same, but a run that fails is asked for again, as a user would. */
  endedAtLast(since: string): Promise<void>;
  /** Fails unless copy, indexes and counts say what the CRM says. */
  expectSame(): Promise<void>;
  /** Fails unless the options page shows the copy's counts. */
  expectShown(): Promise<void>;
  close(): Promise<void>;
}

/** Starts all of it; nothing is connected yet. */
export async function openKillScene(options: SandboxOptions): Promise<KillScene> {
  const extension = await extensionWithReader(EXTENSION_DIR);
  const scene = await openScene({ sandbox: { dailyApiCalls: 1_000_000, ...options }, browser: { extensionDir: extension.dir } });
  const page = await scene.open('options.html');
  const reader = await scene.open(READER_PAGE);
  const killer = await workerKiller(scene.browser.context, scene.extensionId);
  const copy = storedCopy(reader);
  const wanted = new Set<ObjectKind>(OBJECTS);
  let connectionId = '';

  async function ask<N extends RequestName>(name: N, payload: Requests[N]['in']): Promise<Requests[N]['out']> {
    const reply = await page.evaluate((message) => chrome.runtime.sendMessage(message), { sidelight: 1, name, payload });
    if (!reply?.ok) throw new Error(`${name} was answered with ${reply?.code}`);
    return reply.value;
  }

  const self: KillScene = {
    scene,
    sandbox: scene.sandbox,
    options: page,
    reader,
    killer,
    copy,
    wanted,
    ask,
    async connect() {
      await page.reload();
      const login = loginWindow(scene);
      await startConnecting(scene, page);
      await logIn(await login);
      connectionId = await until(RUN_MS, 'the connection', async () => (await ask('connections.list', {}))[0]?.id);
    },
    async disconnect() {
      await ask('connections.disconnect', { connectionId });
    },
    wake() {
      const message = { sidelight: 1, name: 'connections.list', payload: {} };
      // A worker that is killed before it answers never does.
      page.evaluate((asked) => void chrome.runtime.sendMessage(asked).catch(() => undefined), message).catch(() => undefined);
    },
    async startSync() {
      await ask('sync.start', { connectionId });
    },
    async choose(object, isWanted) {
      const selection = await ask('selection.get', { connectionId });
      selection.objects[object].wanted = isWanted;
      if (isWanted) wanted.add(object);
      else wanted.delete(object);
      await ask('selection.save', { connectionId, selection });
    },
    now: () => new Date(Date.now() - 1).toISOString(),
    async ended(since) {
      const status = await until(RUN_MS, 'the end of the run', async () => {
        await pause(LOOK_MS);
        const now = await copy.status();
        return now?.runStartedAt === null && newest(now.lastSuccessAt, now.lastError?.at) > since ? now : undefined;
      });
      expect(status.lastError, 'why the run failed').toBeNull();
    },
    async endedAtLast(since) {
      let asked = since;
      await until(RUN_MS, 'a run that ends well', async () => {
        await pause(LOOK_MS);
        const now = await copy.status();
        if (!now || now.runStartedAt !== null) return undefined;
        if ((now.lastSuccessAt ?? '') > since) return now;
        const failedAt = now.lastError?.at ?? '';
        if (failedAt <= asked) return undefined;
        asked = failedAt;
        await self.startSync();
        return undefined;
      });
    },
    async expectSame() {
      expect(differencesFrom(scene.sandbox, wanted, await copy.content()), 'copy and CRM').toEqual([]);
      const [connection] = await ask('connections.list', {});
      expect(connection?.sync.held, 'deletions that wait for the user').toEqual([]);
      expect(connection?.sync.skipped, 'records left out').toBe(0);
    },
    async expectShown() {
      const [connection] = await ask('connections.list', {});
      // A question that the last kill cut off stands there as an error.
      await page.reload();
      for (const object of OBJECTS.filter((one) => one !== 'user')) {
        const shown = (connection?.counts[object] ?? 0).toLocaleString('en-US');
        await expect(page.locator('dd').getByText(shown, { exact: true }).first(), `count of ${object}`).toBeVisible();
      }
    },
    async close() {
      await scene.close();
      extension.remove();
    },
  };
  return self;
}

const newest = (...times: (string | null | undefined)[]): string =>
  times
    .filter((time) => typeof time === 'string')
    .sort()
    .at(-1) ?? '';
