import { beforeEach, describe, expect, it, vi } from 'vitest';

const commands: { openShortcutSettings?: () => Promise<void> } = {};
const create = vi.fn(async (_: { url: string }) => undefined);
vi.mock('wxt/browser', () => ({ browser: { commands, tabs: { create } } }));
const { openShortcutSettings } = await import('@/entrypoints/options/shortcut-settings');

beforeEach(() => {
  create.mockClear();
  delete commands.openShortcutSettings;
});

describe('the page where the browser’s keys are set', () => {
  it('is opened by the browser’s own way where there is one, as in Firefox, and by no address', async () => {
    const opened = vi.fn(async () => undefined);
    commands.openShortcutSettings = opened;
    await openShortcutSettings();
    expect(opened).toHaveBeenCalledOnce();
    expect(create).not.toHaveBeenCalled();
  });

  it('is opened by its address elsewhere', async () => {
    await openShortcutSettings();
    expect(create).toHaveBeenCalledWith({ url: 'chrome://extensions/shortcuts' });
  });

  it('breaks nothing when the browser refuses', async () => {
    commands.openShortcutSettings = () => Promise.reject(new Error('no'));
    await expect(openShortcutSettings()).resolves.toBeUndefined();
    delete commands.openShortcutSettings;
    create.mockRejectedValueOnce(new Error('no'));
    await expect(openShortcutSettings()).resolves.toBeUndefined();
  });
});
