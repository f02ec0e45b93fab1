import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { mountView } from '@/components/ui/mount-view';
import { askHostAccess, askSiteAccess, dropSiteAccess } from '@/lib/browser/site-access';
import { App } from './App';

document.title = i18n.t('setup.title');

void mountView(
  <App
    askHostAccess={askHostAccess}
    askSiteAccess={askSiteAccess}
    dropSiteAccess={dropSiteAccess}
    openOptions={() => void browser.runtime.openOptionsPage()}
  />,
);
