import '@/components/ui/theme.css';
import { mountView } from '@/components/ui/mount-view';
import { request } from '@/lib/messaging/request';
import { App } from './App';
import { guardClicks } from './seen-clicks';

guardClicks();
// What is dragged carries its text and address, and the page around is where it would be dropped.
addEventListener('dragstart', (event) => event.preventDefault(), true);
const token = new URLSearchParams(location.hash.slice(1)).get('t') ?? '';
void mountView(<App token={token} />, [
  ['vault.state', {}],
  ['sidebar.open', { token }],
  ['sidebar.layout', {}],
]);
// The page around may let no frame in; the content script waits for this. Without an answer nothing is lost here.
request('sidebar.here', {}).catch(() => {});
