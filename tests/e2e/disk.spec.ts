import { expect, test } from '@playwright/test';
import { describeScan, type Needle, type ProfileScan, scanProfile } from '../world/profile-scan.ts';
import {
  browseAndCreate,
  controlScan,
  exceptVisited,
  needlesOf,
  PROSPECT,
  recordedKeys,
  recordKeys,
  storedSecrets,
} from './disk-scene.ts';
import { connect, openScene, type Scene, showOnAllSites, syncNow } from './scene.ts';

/**
 * What is on the disk. Every name, address, domain and token of the sandbox is looked for in every file of the browser's
 * profile, also inside what LevelDB, the HTTP cache and gzip have packed.
 */
test.describe.configure({ mode: 'serial' });

const PLANTED = 'planted-canary-7f31c0d2';

let scene: Scene;
let visited: string[];
let control: ProfileScan;
/** Bytes that must be gone after Disconnect: the key's halves and some of the sealed boxes. */
let secrets: Needle[];

test.beforeAll(async () => {
  scene = await openScene();
});
test.afterAll(async () => {
  await scene?.close();
});

test('a browser that connects, syncs, shows and creates', async () => {
  await recordKeys(scene);
  const options = await connect(scene);
  await showOnAllSites(options);
  visited = await browseAndCreate(scene);
  await syncNow(options);

  const [device, root] = await recordedKeys(scene);
  if (!device || !root) throw new Error('no key was made');
  const stored = await storedSecrets(options);
  secrets = [
    { label: 'root key', value: root },
    { label: 'device key', value: device },
    { label: 'key share', value: Uint8Array.from(atob(stored.share), (character) => character.charCodeAt(0)) },
    ...stored.boxes.map((box) => ({ label: 'sealed box', value: Uint8Array.from(box) })),
  ];
  await options.evaluate((value) => chrome.storage.local.set({ planted: value }), PLANTED);
  await scene.suspend();
  control = await controlScan(scene, [...visited, PROSPECT]);
});

test('leaves no name, address, domain or token on the disk', () => {
  const scan = scanProfile(scene.browser.profileDir, needlesOf(scene), { baseline: control, except: exceptVisited(visited) });
  console.log(describeScan(scan));
  expect(scan.hits, describeScan(scan)).toEqual([]);
  expect(scan.skipped.length).toBeLessThan(needlesOf(scene).length / 20);
});

test('is looked at by a scanner that finds what is there', () => {
  const planted = scanProfile(scene.browser.profileDir, [{ label: 'planted', value: PLANTED }]);
  expect(planted.hits.length).toBeGreaterThan(0);
  const found = new Set(scanProfile(scene.browser.profileDir, secrets).hits.map(({ needle }) => needle.label));
  // Device-key mode says so: both halves are on the disk while connected. The root key itself never is.
  expect([...found].sort()).toEqual(['device key', 'key share', 'sealed box']);
});

test('keeps neither ciphertext nor the key after Disconnect', async () => {
  await scene.resume();
  const popup = await scene.open('popup.html');
  await popup.getByRole('button', { name: 'Disconnect…' }).click();
  await popup.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(popup.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await scene.suspend();
  const scan = scanProfile(scene.browser.profileDir, [...secrets, ...needlesOf(scene)], {
    baseline: control,
    except: exceptVisited(visited),
  });
  expect(scan.hits, describeScan(scan)).toEqual([]);
});
