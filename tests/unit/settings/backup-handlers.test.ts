import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createBackupHandlers } from '@/entrypoints/background/backup-handlers';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { changeDecisions, decisionsOf } from '@/entrypoints/background/site-matching';
import type { CrmKind } from '@/lib/crm/crm-kind';
import { defaultSelection, type Selection, within } from '@/lib/crm/selection';
import { readBackup } from '@/lib/settings/backup-file';
import { NO_POLICY, type Policy } from '@/lib/settings/policy';
import { createSettings } from '@/lib/settings/settings';
import { AppError } from '@/lib/shared/errors';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { rootKey } from '../../builders/keys';
import { memoryArea } from '../../fakes/memory-area';

const told = vi.hoisted(() => ({ views: 0 }));
vi.mock('@/lib/browser/views', () => ({ tellOverlays: async () => undefined, tellViews: async () => void told.views++ }));

const CALLER = { role: 'options', tabId: null, documentId: null } as never;

/** A browser with connections, their choices and settings of its own. Those of `shut` cannot be opened. */
async function browserWith(crms: CrmKind[], policy: Policy = NO_POLICY, shut: string[] = []) {
  const { area, held } = memoryArea();
  const settings = createSettings(area, async () => policy);
  const chosen = new Map<string, Selection>();
  const connections = await Promise.all(
    crms.map(async (crm, index) => {
      const id = `c${index + 1}`;
      const boxes = createSealedBoxes(
        new ConnectionDatabase(new IDBFactory()),
        createCipher(await rootKey(index + 1)),
        id,
        createConnectionList(area).marks(id),
      );
      chosen.set(id, defaultSelection());
      return {
        entry: { id, crm },
        profile: { orgName: `Org ${index + 1}` },
        copy: { boxes },
        runner: {
          selection: async () => within(chosen.get(id) ?? defaultSelection(), policy),
          select: async (selection: Selection) => void chosen.set(id, selection),
        },
      } as unknown as LiveConnection;
    }),
  );
  const started: string[] = [];
  const replanned: number[] = [];
  const handlers = createBackupHandlers({
    settings,
    policy: { get: async () => policy },
    connections: {
      ready: async () => connections.filter(({ entry }) => !shut.includes(entry.id)),
      entries: async () => connections.map(({ entry }) => entry),
    },
    syncs: {
      startNow: ({ entry }) => void started.push(entry.id),
      replan: async () => void replanned.push((await settings.get()).syncHours),
    },
    locking: { followSettings: async () => undefined },
  });
  return {
    settings,
    chosen,
    connections,
    started,
    replanned,
    stored: () => structuredClone(held.settings),
    file: async () => (await handlers['backup.make']({}, CALLER)).text,
    check: (text: string) => handlers['backup.check']({ text }, CALLER),
    /** As a view does it: what was shown is what is to be done. */
    async apply(text: string, digest?: string) {
      return handlers['backup.apply'](
        { text, digest: digest ?? (await handlers['backup.check']({ text }, CALLER)).digest },
        CALLER,
      );
    },
  };
}

describe('settings that go from one browser to another', () => {
  let text: string;
  beforeEach(async () => {
    const old = await browserWith(['salesforce', 'salesforce']);
    await old.settings.change({ idleMinutes: 5, syncHours: 4, overlay: 'asked', keepDays: 90 });
    for (const connection of old.connections)
      await changeDecisions(connection, (all) => ({ ...all, never: ['banking', 'health'] }));
    const second = defaultSelection();
    second.objects.task.wanted = false;
    second.objects.contact.without = ['mobile'];
    second.objects.account.extra = [{ name: 'Tier__c', label: 'Tier' }];
    second.scope = { owner: 'mine', withWebsite: true, conditions: [{ field: 'Name', operator: 'is', values: ['Pia Power'] }] };
    second.leaveOut = { optedOut: true, closedTaskDays: null };
    old.chosen.set('c2', second);
    text = await old.file();
  });

  it('are shown as what would change, and nothing is changed by that', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    const before = here.stored();
    const { changes, notConnected } = await here.check(text);
    expect(changes.filter(({ held }) => held)).toEqual([]);
    const settings = [
      'closedTasks',
      'fields',
      'fields',
      'idleMinutes',
      'keepDays',
      'never',
      'objects',
      'optedOut',
      'overlay',
      'owner',
      'syncHours',
      'withWebsite',
    ];
    expect(changes.map(({ setting }) => setting).sort()).toEqual(settings);
    expect(changes).toContainEqual(
      expect.objectContaining({
        setting: 'fields',
        connectionId: 'c2',
        orgName: 'Org 2',
        object: 'contact',
        leftOut: ['mobile'],
      }),
    );
    expect(notConnected).toEqual([]);
    expect(here.stored()).toEqual(before);
    expect(here.chosen.get('c2')).toEqual(defaultSelection());
  });

  it('hold when they are applied, each connection’s in its own, and a second time there is nothing to change', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    await here.apply(text);
    expect(await here.settings.get()).toMatchObject({ idleMinutes: 5, syncHours: 4, overlay: 'asked', keepDays: 90 });
    for (const connection of here.connections) expect((await decisionsOf(connection)).never).toEqual(['banking', 'health']);
    expect(here.chosen.get('c1')).toEqual(defaultSelection());
    expect(here.chosen.get('c2')).toMatchObject({
      objects: { task: { wanted: false }, account: { extra: [{ name: 'Tier__c', label: 'Tier' }] } },
      scope: { owner: 'mine', withWebsite: true, conditions: [] },
      leaveOut: { optedOut: true, closedTaskDays: null },
    });
    expect(here.started).toEqual(['c2']);
    expect(here.replanned, 'the next syncs by the new interval').toEqual([4]);
    expect((await here.check(text)).changes).toEqual([]);
  });

  it('leave the conditions on Accounts that are here', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    const own = defaultSelection();
    own.scope.conditions = [{ field: 'Industry', operator: 'is', values: ['Energy'] }];
    here.chosen.set('c2', own);
    await here.apply(text);
    expect(here.chosen.get('c2')?.scope.conditions).toEqual(own.scope.conditions);
  });

  it('name a CRM that is not connected here, and leave its choices out', async () => {
    const here = await browserWith(['espocrm']);
    expect((await here.apply(text)).notConnected).toEqual(['Salesforce', 'Salesforce']);
    expect(here.chosen.get('c1')).toEqual(defaultSelection());
  });

  it('do not get round the organisation’s policy: what it has set stays, and is told as held', async () => {
    const policy: Policy = {
      ...NO_POLICY,
      maxKeepDays: 30,
      overlay: 'tab',
      maxIdleMinutes: 4,
      objects: ['account', 'contact'],
      fields: { account: ['Name'] },
    };
    const here = await browserWith(['salesforce', 'salesforce'], policy);
    const { changes } = await here.apply(text);
    const held = changes.filter((one) => one.held).map(({ setting }) => setting);
    expect(held).toEqual(expect.arrayContaining(['keepDays', 'overlay', 'idleMinutes', 'objects', 'fields']));
    expect(await here.settings.get()).toMatchObject({ idleMinutes: 4, overlay: 'tab', keepDays: 30, syncHours: 4 });
    const copied = await here.connections[1]?.runner.selection();
    expect(copied?.objects.lead.wanted).toBe(false);
    expect(copied?.objects.account.extra).toEqual([]);
  });

  it('leave what the policy has set as it was when a part of the same choice may be changed', async () => {
    const policy: Policy = { ...NO_POLICY, objects: ['account', 'contact', 'opportunity', 'task'] };
    const here = await browserWith(['salesforce'], policy);
    const choice = defaultSelection();
    choice.reserve = 0.3;
    const source = await browserWith(['salesforce']);
    source.chosen.set('c1', choice);
    await here.apply(await source.file());
    expect(here.chosen.get('c1')).toMatchObject({
      reserve: 0.3,
      objects: { lead: { wanted: false }, opportunity: { wanted: true }, task: { wanted: true } },
    });
  });

  it('land on no other connection when one cannot be opened: its choice is left out, and it is named', async () => {
    const here = await browserWith(['salesforce', 'salesforce'], NO_POLICY, ['c1']);
    const { notOpened, notConnected } = await here.apply(text);
    expect(notOpened).toEqual(['Salesforce']);
    expect(notConnected).toEqual([]);
    expect(here.chosen.get('c1')).toEqual(defaultSelection());
    expect(here.chosen.get('c2')).toMatchObject({ scope: { owner: 'mine' }, objects: { task: { wanted: false } } });
  });

  it('are saved by the place of their connection, or not at all', async () => {
    const [first, last] = await Promise.all([
      browserWith(['salesforce', 'salesforce'], NO_POLICY, ['c1']),
      browserWith(['salesforce', 'salesforce'], NO_POLICY, ['c2']),
    ]);
    expect(await codeOf(first.file())).toBe('backup.incomplete');
    expect(readBackup(await last.file()).selections).toHaveLength(1);
  });

  it('are refused when they would change something else than was shown, and nothing is changed', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    const { digest } = await here.check(text);
    await here.settings.change({ keepDays: 365 });
    const before = here.stored();
    expect(await codeOf(here.apply(text, digest))).toBe('backup.overtaken');
    expect(here.stored()).toEqual(before);
    expect(here.chosen.get('c2')).toEqual(defaultSelection());
    expect((await here.check(text)).digest).not.toBe(digest);
  });

  it('are refused when it is another file than was shown', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    const { digest } = await here.check(text);
    const other = text.replace('"label": "Tier"', '"label": "Other"');
    expect(other).not.toBe(text);
    expect(await codeOf(here.apply(other, digest))).toBe('backup.overtaken');
  });

  it('hold in every connection that can take them, and the views are told, when one cannot', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    const [first] = here.connections;
    if (first) first.copy.boxes.put = () => Promise.reject(new AppError('storage.quota'));
    told.views = 0;
    expect(await codeOf(here.apply(text))).toBe('storage.quota');
    expect(told.views).toBe(1);
    expect(here.chosen.get('c2')).toMatchObject({ scope: { owner: 'mine' } });
    expect(here.started).toEqual(['c2']);
  });

  it.each([
    ['backup.unreadable', (file: string) => file.replace('"asked"', '"loud"')],
    ['backup.newer', (file: string) => file.replace('"format": 1', '"format": 2')],
  ] as const)('are refused by %s when the file is not as it should be, and nothing is changed', async (code, spoil) => {
    const here = await browserWith(['salesforce', 'salesforce']);
    expect(spoil(text)).not.toBe(text);
    expect(await codeOf(here.apply(spoil(text)))).toBe(code);
    expect(here.stored()).toBeUndefined();
    expect(here.started).toEqual([]);
  });

  it('are changed nowhere when a connection’s decisions cannot be read', async () => {
    const here = await browserWith(['salesforce', 'salesforce']);
    const [first] = here.connections;
    if (first) first.copy.boxes.get = () => Promise.reject(new Error('unreadable'));
    await expect(here.apply(text)).rejects.toThrow();
    expect(here.stored()).toBeUndefined();
  });

  it('are a file that names nobody: no condition’s value, no organisation, no id', () => {
    expect(() => readBackup(text)).not.toThrow();
    for (const secret of ['Pia', 'Power', 'Org 1', 'Org 2', '"c1"', 'OwnerId']) expect(text).not.toContain(secret);
  });
});
