import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { mountView } from '@/components/ui/mount-view';
import { askHostAccess, askSiteAccess, dropGrant, dropSiteAccess, listGrants } from '@/lib/browser/site-access';
import { inventory } from '@/lib/privacy/inventory';
import { App } from './App';
import { openShortcutSettings } from './shortcut-settings';

document.title = i18n.t('options.title');

/** What the browser names its answer by; a wrapped one comes with details behind it, in an array. */
async function checkForUpdate(): Promise<boolean> {
  const answer: unknown = await browser.runtime.requestUpdateCheck();
  const first: unknown = Array.isArray(answer) ? answer[0] : answer;
  const status = typeof first === 'object' && first !== null && 'status' in first ? first.status : first;
  return status === 'update_available';
}

const LOCK_COMMAND = 'lock';

const lockKeys = {
  async ask(): Promise<string | null> {
    const commands = await browser.commands?.getAll();
    const lock = commands?.find(({ name }) => name === LOCK_COMMAND);
    return lock ? (lock.shortcut ?? '') : null;
  },
  change: () => void openShortcutSettings(),
};

const shortcuts = {
  async list() {
    const commands = (await browser.commands?.getAll()) ?? [];
    return commands.map(({ description = '', shortcut = '' }) => ({ description, shortcut }));
  },
  change: lockKeys.change,
};

void mountView(
  <App
    version={browser.runtime.getManifest().version}
    askHostAccess={askHostAccess}
    askSiteAccess={askSiteAccess}
    dropSiteAccess={dropSiteAccess}
    checkForUpdate={typeof browser.runtime.requestUpdateCheck === 'function' ? checkForUpdate : null}
    lockKeys={lockKeys}
    shortcuts={shortcuts}
    grants={{ list: listGrants, drop: dropGrant }}
    inventory={inventory()}
  />,
);
