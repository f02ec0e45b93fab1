import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MANIFEST = {
  manifest_version: 3,
  name: 'Throwaway',
  version: '1',
  permissions: ['identity', 'storage', 'unlimitedStorage'],
  optional_host_permissions: ['https://*/*'],
  action: { default_popup: 'popup.html' },
  background: { service_worker: 'worker.js' },
  content_scripts: [{ matches: ['https://framed.example/*'], js: ['content.js'] }],
  web_accessible_resources: [{ resources: ['frame.html'], matches: ['https://*/*'], use_dynamic_url: true }],
};

const WORKER = `
const started = performance.timeOrigin;
chrome.runtime.onMessage.addListener((message, sender, answer) => { answer({ started }); });
self.signIn = (url) => chrome.identity.launchWebAuthFlow({ url, interactive: true });
self.language = () => chrome.i18n.getUILanguage();
self.call = (url, init) => fetch(url, init).then((response) => response.text());
self.store = async (rows) => {
  const open = indexedDB.open('throwaway', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('rows', { autoIncrement: true });
  await new Promise((resolve, reject) => { open.onsuccess = resolve; open.onerror = () => reject(open.error); });
  for (const row of rows) {
    const transaction = open.result.transaction('rows', 'readwrite', { durability: 'strict' });
    transaction.objectStore('rows').add(row.repeat ? { text: row.text, filler: filler(row.repeat) } : { text: row.text });
    await new Promise((resolve, reject) => { transaction.oncomplete = resolve; transaction.onerror = () => reject(transaction.error); });
  }
  open.result.close();
};
function filler(length) {
  let state = length, text = '';
  while (text.length < length) { state = (state * 1103515245 + 12345) & 0x7fffffff; text += state.toString(36); }
  return text;
}
`;

const FILES = {
  'worker.js': WORKER,
  'popup.html': `<!doctype html><meta charset="utf-8"><title>Popup</title><body style="width:300px">
    <p id="count">0 clicks</p><button id="more">More</button><input id="name"><button id="ask">Ask</button>
    <button id="late" hidden>Late</button><button id="bye">Bye</button><script src="popup.js"></script>`,
  'popup.js': `let clicks = 0;
    const by = (id) => document.getElementById(id);
    by('more').onclick = (event) => { by('count').textContent = ++clicks + ' clicks' + (event.isTrusted ? '' : ' faked'); };
    by('ask').onclick = async () => {
      const granted = await chrome.permissions.request({ origins: ['https://asked.example/*'] });
      by('count').textContent = 'granted ' + granted;
    };
    by('bye').onclick = () => window.close();`,
  'frame.html': `<!doctype html><title>Frame</title><p>In the frame</p><input id="typed">`,
  'content.js': `const host = document.createElement('div');
    const frame = document.createElement('iframe');
    frame.src = chrome.runtime.getURL('frame.html');
    host.attachShadow({ mode: 'closed' }).append(frame);
    document.documentElement.append(host);
    document.addEventListener('remove-frame', () => host.remove());`,
};

/** Writes a small unpacked extension into a new folder and gives the folder. */
export function throwawayExtension(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sidelight-throwaway-'));
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(MANIFEST));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(dir, name), content);
  return dir;
}
