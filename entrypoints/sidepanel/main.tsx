import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';
import { followTab } from './follow-tab';

const openOptions = () => void browser.runtime.openOptionsPage();
const askSiteAccess = () => browser.permissions.request({ origins: ['https://*/*', 'http://*/*'] });

void mountView(<App follow={followTab} openOptions={openOptions} askSiteAccess={askSiteAccess} />);
