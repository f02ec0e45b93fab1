import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

const tab = Number(new URLSearchParams(location.search).get('tab') ?? Number.NaN);
const tabId = Number.isInteger(tab) ? tab : null;

const openOptions = () => {
  void browser.runtime.openOptionsPage();
  window.close();
};

void mountView(<App tabId={tabId} openOptions={openOptions} />, [
  ['vault.state', {}],
  ['site.state', { tabId }],
  ['connections.list', {}],
]);
