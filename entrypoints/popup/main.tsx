import '@/components/ui/theme.css';
import { browser } from 'wxt/browser';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

const tab = Number(new URLSearchParams(location.search).get('tab') ?? Number.NaN);

const openOptions = () => {
  void browser.runtime.openOptionsPage();
  window.close();
};

mountView(<App tabId={Number.isInteger(tab) ? tab : null} openOptions={openOptions} />);
