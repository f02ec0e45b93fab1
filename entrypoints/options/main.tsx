import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

document.title = i18n.t('options.title');

const ALL_SITES = { origins: ['https://*/*', 'http://*/*'] };

mountView(
  <App
    version={browser.runtime.getManifest().version}
    askHostAccess={(origins) => browser.permissions.request({ origins })}
    askSiteAccess={() => browser.permissions.request(ALL_SITES)}
    dropSiteAccess={() => browser.permissions.remove(ALL_SITES)}
  />,
);
