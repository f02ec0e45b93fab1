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
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { rootKey } from '../../builders/keys';
import { memoryArea } from '../../fakes/memory-area';

vi.mock('@/lib/browser/views', () => ({ tellOverlays: async () => undefined, tellViews: async () => undefined }));

const CALLER = { role: 'options', tabId: null, documentId: null } as never;

/** A browser with connections, their choices and settings of its own. */
async function browserWith(crms: CrmKind[], policy: Policy = NO_POLICY) {
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
  const handlers = createBackupHandlers({
    settings,
    policy: { get: async () => policy },
    connections: { ready: async () => connections },
    syncs: { startNow: ({ entry }) => void started.push(entry.id) },
    locking: { followSettings: async () => undefined },
  });
  return {
    settings,
    chosen,
    connections,
    started,
    stored: () => structuredClone(held.settings),
    file: async () => (await handlers['backup.make']({}, CALLER)).text,
    check: (text: string) => handlers['backup.check']({ text }, CALLER),
    apply: (text: string) => handlers['backup.apply']({ text }, CALLER),
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
