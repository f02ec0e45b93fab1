import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import type { QueryClient } from '@tanstack/react-query';
import { askAhead } from '@/components/hooks/use-request';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

const tab = Number(new URLSearchParams(location.search).get('tab') ?? Number.NaN);
const tabId = Number.isInteger(tab) ? tab : null;

const openOptions = () => {
  void browser.runtime.openOptionsPage();
  window.close();
};

const first = (client: QueryClient) =>
  Promise.all([
    askAhead(client, 'vault.state', {}),
    askAhead(client, 'site.state', { tabId }),
    askAhead(client, 'connections.list', {}),
  ]);
void mountView(<App tabId={tabId} openOptions={openOptions} />, { first });
