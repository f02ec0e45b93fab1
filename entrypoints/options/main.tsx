import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

document.title = i18n.t('options.title');

const ALL_SITES = { origins: ['https://*/*', 'http://*/*'] };

async function grantedOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter((origin) => !ALL_SITES.origins.includes(origin));
}

/**
 * Chromium takes the CRM's own hosts away together with "all sites", which covers them. Asking for them again right after is
 * granted without a question, since they were granted before. Firefox leaves them, and would not let us ask here.
 */
async function dropSiteAccess(): Promise<boolean> {
  const narrower = await grantedOrigins();
  const dropped = await browser.permissions.remove(ALL_SITES);
  const left = await grantedOrigins();
  const lost = narrower.filter((origin) => !left.includes(origin));
  if (lost.length > 0) await browser.permissions.request({ origins: lost });
  return dropped;
}

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
  change: () => void browser.tabs.create({ url: 'chrome://extensions/shortcuts' }),
};

void mountView(
  <App
    version={browser.runtime.getManifest().version}
    askHostAccess={(origins) => browser.permissions.request({ origins })}
    askSiteAccess={() => browser.permissions.request(ALL_SITES)}
    dropSiteAccess={dropSiteAccess}
    checkForUpdate={typeof browser.runtime.requestUpdateCheck === 'function' ? checkForUpdate : null}
    lockKeys={lockKeys}
  />,
);
