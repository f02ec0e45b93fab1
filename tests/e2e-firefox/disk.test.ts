import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostOf } from '../e2e/expected.ts';
import { describeScan, type Needle, type ProfileScan } from '../world/profile-scan.ts';
import { recordKeys, sandboxNeedles, scanControl, scanDisk, secretsOf } from './disk-scan.ts';
import { field, fill, press, see } from './person.ts';
import { connect, openScene, openSidebar, type Scene, showOnAllSites, syncNow, tabId, visit } from './scene.ts';

/**
 * What is on the disk of a Firefox. Every text of every record and every token of the sandbox is looked for in every file
 * of the profile, also inside what SQLite, IndexedDB, the session and the HTTP cache have packed.
 */
const PLANTED = 'planted-canary-7f31c0d2';
const PROSPECT = 'unknown-prospect.com';

let scene: Scene;
let visited: string[];
let control: ProfileScan;
let secrets: Awaited<ReturnType<typeof secretsOf>>;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene?.close();
});

const needles = (): Needle[] => sandboxNeedles(scene.sandbox);
const scan = (wanted: readonly Needle[]) => scanDisk(scene, wanted, { control, visited });

test('a browser that connects, syncs, shows and creates', async () => {
  const first = await scene.open('options.html');
  await recordKeys(first);
  const options = await connect(scene);
  secrets = await secretsOf(first);
  await first.close();
  expect(scene.sandbox.org.rows('Account').length).toBeGreaterThan(5000);
  await showOnAllSites(options);
  const accounts = scene.sandbox.org.rows('Account').filter((row) => hostOf(row) !== null);
  visited = [...accounts.slice(100, 103).map((row) => hostOf(row) ?? ''), PROSPECT];
  for (const host of visited.slice(0, 3)) await see(await openSidebar(await visit(scene, host)), /As in Salesforce/);

  const popup = await scene.open(`popup.html?tab=${await tabId(scene, await visit(scene, PROSPECT))}`);
  await press(popup, 'button', 'Create lead');
  await fill(popup, 'Last Name', 'Ottersbury-Quixandra');
  await fill(popup, 'Email', `quixandra.ottersbury@${PROSPECT}`);
  await (await field(popup, 'Contract')).click();
  await press(popup, 'button', 'Create lead');
  await see(popup, 'Lead created');
  await syncNow(options);
  await scene.suspend();
  control = await scanControl(scene, visited, needles());
});

test('leaves no value of a record and no token on the disk', () => {
  const found = scan(needles());
  console.log(describeScan(found));
  for (const { needle, file } of found.excepted) console.log(`excepted: ${needle.label} ${needle.value} in ${file}`);
  expect(found.hits, describeScan(found)).toEqual([]);
  const own = found.excepted.filter(({ needle }) => needle.label.startsWith('User '));
  expect(own.filter(({ file }) => !/^(?:cache2|startupCache)[\\/]/.test(file))).toEqual([]);
  expect(needles().some(({ value }) => String(value).includes('Ottersbury-Quixandra'))).toBe(true);
});

test('holds both halves of the device key and the boxes while connected, and never the root key', () => {
  const labels = new Set(
    scan([secrets.rootKey, secrets.deviceKey, secrets.keyShare, ...secrets.boxes]).hits.map((hit) => hit.needle.label),
  );
  expect([...labels].sort()).toEqual(['device key', 'key share', 'sealed box']);
});

test('keeps neither ciphertext nor the key after Disconnect, but the half in the add-on storage', async () => {
  await scene.resume();
  const popup = await scene.open('popup.html');
  await press(popup, 'button', 'Disconnect…');
  await press(popup, 'button', 'Disconnect');
  await see(popup, 'The key is destroyed.');
  await scene.suspend();
  const found = scan([secrets.rootKey, secrets.deviceKey, ...secrets.boxes, ...needles()]);
  expect(found.hits, describeScan(found)).toEqual([]);
  // Firefox keeps what was removed from storage.local in its file (PRIVACY.md): 32 random bytes, useless without the other half.
  const share = scan([secrets.keyShare]).hits.map(({ file, container }) => `${file} ${container}`);
  console.log('key share after Disconnect:', share);
  expect(share.every((place) => place.includes('userContextId=4294967295'))).toBe(true);
});

test('is looked at by a scanner that finds what is there', async () => {
  await scene.resume();
  scene.sites.set('planted.example', () => cacheable(`${'planted-canary- '.repeat(20)}${PLANTED}`));
  await visit(scene, 'planted.example');
  const options = await scene.open('options.html');
  await options.evaluate(async (value) => {
    await chrome.storage.local.set({ planted: value });
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('planted');
      request.onupgradeneeded = () => request.result.createObjectStore('values');
      request.onsuccess = () => resolve(request.result);
    });
    const noise = Array.from(crypto.getRandomValues(new Uint8Array(20_000)), (byte) => byte.toString(36)).join('');
    const transaction = db.transaction('values', 'readwrite');
    transaction.objectStore('values').put({ text: `planted-canary- ${noise} ${value}` }, 1);
    transaction.objectStore('values').put(1, value);
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    db.close();
  }, PLANTED);
  await scene.suspend();
  const containers = scan([{ label: 'planted', value: PLANTED }]).hits.map(({ container }) => container);
  console.log(containers);
  expect(containers).toEqual(expect.arrayContaining(['structured clone', 'indexeddb key', 'cached body', 'mozlz4']));
});

/** A page that a browser keeps, compressed in a way that leaves no mark; its title goes into the session. */
function cacheable(text: string): Response {
  const body = brotliCompressSync(Buffer.from(`<!doctype html><title>${PLANTED}</title><p>${text}</p>`));
  return new Response(new Uint8Array(body), {
    headers: { 'content-type': 'text/html', 'content-encoding': 'br', 'cache-control': 'max-age=86400' },
  });
}
