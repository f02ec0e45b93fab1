import { expect, type Page } from '@playwright/test';
import { defaultSelection } from '@/lib/crm/selection';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { RunEntry } from '@/lib/sync/run-history';
import { inWorker } from '../extension-worker.ts';
import { logIn, loginWindow } from '../../e2e/scene.ts';
import { DISK_PAGE } from '../kill/extension-copy.ts';
import { type KillScene, openKillScene } from '../kill/kill-scene.ts';
import { until, within } from '../within.ts';
import type { DiskPage, Tampering } from './disk-page.ts';

declare const disk: DiskPage;

type Answer<T> = { ok: true; value: T } | { ok: false; code: string };

const RUN_MS = 60_000;
const VIEWS_AT_ONCE = 16;
const DISK_MS = 30_000;

const onDisk = <T>(work: Promise<T>): Promise<T> => within(DISK_MS, 'what the page does with the disk', work);

/** A connected extension, and somebody who changes what it has on the disk while it is not running. */
export interface TamperScene {
  kill: KillScene;
  /** Asks as the options page, or as the popup does. Never throws for a refusal. */
  ask<T = unknown>(name: string, payload?: object, page?: Page): Promise<Answer<T>>;
  /** Stops the worker, then changes the disk. */
  tamper(how: readonly Tampering[]): Promise<void>;
  snapshot(name: string): Promise<void>;
  restore(name: string): Promise<void>;
  /** The extension's own storage on the disk. */
  local(): Promise<Record<string, unknown>>;
  /** State and error of the one connection in one line. */
  told(): Promise<string>;
  /**
   * Opens Accounts until one is refused or all were opened (`all`) or a few (`few`). Fails when one of those that are shown
   * is not as in the CRM. Gives the codes of the refusals.
   */
  openAccounts(howMany: 'all' | 'few'): Promise<string[]>;
  /** Asks for a sync and waits for its end. Gives the code with which it failed, null when it did not. */
  sync(): Promise<string | null>;
  connectAnew(): Promise<void>;
  /** Presses Reconnect in Options, logs in and waits for the run that this starts. */
  signInAgain(): Promise<void>;
  /** What the user has chosen to copy and decided about sites. */
  choices(): Promise<{ selection: unknown; decisions: unknown }>;
  /** Saves that everything is to be copied, with a reserve that is nobody's default, and waits for the run that this starts. Nothing of an earlier choice is asked for. */
  chooseAll(): Promise<void>;
  /** Lets every named box be written once more than it was. */
  decideAnew(): Promise<void>;
  /** Forgets the decisions about sites that are damaged. */
  resetDecisions(): Promise<void>;
  /** How many notes about syncs the newest run has begun anew. */
  renewed(): Promise<number>;
  /** Names the worker that runs now. */
  worker(): Promise<number>;
}

export async function openTamperScene(options: Parameters<typeof openKillScene>[0]): Promise<TamperScene> {
  const kill = await openKillScene(options);
  const { scene, sandbox } = kill;
  const diskPage = await scene.open(DISK_PAGE);
  const popup = await scene.open('popup.html');
  let connectionId = '';

  async function ask<T>(name: string, payload: object = {}, page = kill.options): Promise<Answer<T>> {
    return page.evaluate((message) => chrome.runtime.sendMessage(message), { sidelight: 1, name, payload });
  }

  async function summary(): Promise<ConnectionSummary> {
    const answer = await ask<ConnectionSummary[]>('connections.list');
    const [connection] = answer.ok ? answer.value : [];
    if (!connection) throw new Error(`connections.list: ${JSON.stringify(answer)}`);
    connectionId = connection.id;
    return connection;
  }

  function expectAsInTheCrm(view: AccountView, accountId: string): void {
    const names = (object: string, name: string) =>
      sandbox.org
        .rows(object)
        .filter((row) => row.AccountId === accountId && row.IsClosed !== true)
        .map((row) => String(row[name]))
        .sort();
    const shown = (items: readonly { name: string }[]) => items.map(({ name }) => name).sort();
    expect(view.account.name).toBe(sandbox.org.find('Account', accountId)?.Name);
    expect(shown(view.contacts), `contacts of ${accountId}`).toEqual(names('Contact', 'Name'));
    expect(shown(view.opportunities), `opportunities of ${accountId}`).toEqual(names('Opportunity', 'Name'));
  }

  /** An open view may start a worker at any moment: one that read the disk before `change` must not be the one that is asked. */
  async function withoutWorker(change: () => Promise<unknown>): Promise<void> {
    await kill.killer.kill();
    await change();
    await kill.killer.kill();
  }

  const self: TamperScene = {
    kill,
    ask,
    tamper: (how) =>
      withoutWorker(async () => {
        for (const one of how) await onDisk(diskPage.evaluate((change) => disk.tamper(change), one));
      }),
    snapshot: (name) => onDisk(diskPage.evaluate((label) => disk.snapshot(label), name)),
    local: () => diskPage.evaluate(() => disk.local()),
    restore: (name) => withoutWorker(() => onDisk(diskPage.evaluate((label) => disk.restore(label), name))),
    async told() {
      const { state, sync } = await summary();
      return sync.lastError ? `${state} ${sync.lastError.code}` : state;
    },
    async openAccounts(howMany) {
      const ids = sandbox.org.rows('Account').map(({ Id }) => Id);
      const refused = new Set<string>();
      for (let at = 0; at < ids.length && refused.size === 0; at += VIEWS_AT_ONCE) {
        const some = ids.slice(at, at + VIEWS_AT_ONCE);
        const answers = await Promise.all(
          some.map((accountId) => ask<AccountView>('account.view', { connectionId, accountId }, popup)),
        );
        for (const [index, answer] of answers.entries()) {
          if (answer.ok) expectAsInTheCrm(answer.value, some[index] ?? '');
          else refused.add(answer.code);
        }
        if (howMany === 'few') break;
      }
      return [...refused].sort();
    },
    async sync() {
      const began = kill.now();
      const answer = await ask('sync.start', { connectionId });
      if (!answer.ok) return answer.code;
      return until(RUN_MS, 'the end of the sync', async () => {
        const history = await ask<RunEntry[]>('sync.history', { connectionId });
        const [last] = history.ok ? history.value : [];
        // An alarm may have started it a moment before; then this one has joined it.
        const isOver = (last?.endedAt ?? '') > began && (await summary()).sync.running === null;
        return isOver ? (last?.code ?? null) : undefined;
      });
    },
    async connectAnew() {
      await ask('connections.disconnect', { connectionId });
      const began = kill.now();
      await kill.connect();
      await kill.ended(began);
      await summary();
    },
    async signInAgain() {
      await kill.options.reload();
      const began = kill.now();
      const login = loginWindow(scene);
      await kill.options.getByRole('button', { name: 'Reconnect', exact: true }).click();
      await logIn(await login);
      await kill.ended(began);
    },
    choices: async () => ({
      selection: await kill.ask('selection.get', { connectionId }),
      decisions: await kill.ask('decisions.list', {}),
    }),
    async chooseAll() {
      const began = kill.now();
      await kill.ask('selection.save', { connectionId, selection: { ...defaultSelection(), reserve: 0.3 } });
      await kill.ended(began);
    },
    async decideAnew() {
      for (const never of [['banking'], ['banking', 'health']]) await ask('decisions.never', { never });
      await self.chooseAll();
      sandbox.tokens.expireAccessTokens();
    },
    async resetDecisions() {
      expect(await ask('decisions.reset')).toEqual({ ok: true, value: null });
      expect(await self.told()).toBe('ready');
    },
    async renewed() {
      const history = await ask<RunEntry[]>('sync.history', { connectionId });
      return history.ok ? (history.value[0]?.renewed ?? 0) : 0;
    },
    worker: () => inWorker(scene.browser.context, scene.extensionId, () => performance.timeOrigin, null),
  };
  return self;
}
