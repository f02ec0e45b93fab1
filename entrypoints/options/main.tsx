import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

const ALL_SITES = { origins: ['https://*/*', 'http://*/*'] };

mountView(
  <App
    version={browser.runtime.getManifest().version}
    askHostAccess={(origins) => browser.permissions.request({ origins })}
    askSiteAccess={() => browser.permissions.request(ALL_SITES)}
    dropSiteAccess={() => browser.permissions.remove(ALL_SITES)}
  />,
);
