import { describe, expect, it } from 'vitest';
import { defaultSelection } from '@/lib/crm/selection';
import { backupText, chosenWith, choiceOf, readBackup } from '@/lib/settings/backup-file';
import { codeOf } from '../../builders/codes';

const SETTINGS = {
  idleMinutes: 5,
  keepDays: 7,
  syncHours: 4,
  overlay: 'asked',
  sidebar: { order: ['tasks', 'leads'], closed: ['leads'] },
  tab: { edge: 'left', at: 0.5 },
} as const;
const content = () => ({
  settings: structuredClone(SETTINGS) as never,
  never: ['banking' as const],
  selections: [choiceOf('salesforce', defaultSelection())],
});
const changed = (change: object) => JSON.stringify({ ...JSON.parse(backupText(content())), ...change });

describe('a file of settings', () => {
  it('comes back as it was', () => {
    expect(readBackup(backupText(content()))).toEqual({ sidelight: 'settings', format: 1, ...content() });
  });

  it('has none of the conditions on Accounts, and leaves those that there are', () => {
    const selection = defaultSelection();
    selection.scope.conditions = [{ field: 'OwnerId', operator: 'is', values: ['005Qy0000Pia'] }];
    const choice = choiceOf('salesforce', selection);
    expect(JSON.stringify(choice)).not.toContain('005Qy0000Pia');
    expect(chosenWith(choice, selection).scope.conditions).toEqual(selection.scope.conditions);
  });

  it('has none of what the organisation allows, which is no choice of the user', () => {
    const selection = defaultSelection();
    selection.objects.account.only = ['Name'];
    expect(choiceOf('salesforce', selection).objects.account).toEqual({ wanted: true, without: [], extra: [] });
  });

  it.each([2, 99])('of format %i is said to be of a newer version, whatever else is in it', async (format) => {
    expect(await codeOf(Promise.resolve().then(() => readBackup(changed({ format, more: 1 }))))).toBe('backup.newer');
  });

  it.each([
    ['nothing', ''],
    ['half of one', backupText(content()).slice(0, 200)],
    ['another file', '{"sidelight":"diagnostics","format":1}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a field that nobody knows', changed({ token: 'x' })],
    ['an unknown kind of sites', changed({ never: ['dating'] })],
    ['an interval that is not offered', changed({ settings: { ...SETTINGS, syncHours: 2 } })],
    ['a number as a text', changed({ settings: { ...SETTINGS, idleMinutes: '5' } })],
    [
      'a field’s name that could end a query',
      changed({
        selections: [
          { ...content().selections[0], objects: { account: { wanted: true, without: ['Name FROM User--'], extra: [] } } },
        ],
      }),
    ],
    ['a format that is no number', changed({ format: '2' })],
  ])('that is %s is refused', async (_, text) => {
    expect(await codeOf(Promise.resolve().then(() => readBackup(text)))).toBe('backup.unreadable');
  });
});
