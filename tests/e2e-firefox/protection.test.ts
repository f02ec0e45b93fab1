import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostOf } from '../e2e/expected.ts';
import { describeScan, type Needle, type ProfileScan } from '../world/profile-scan.ts';
import { recordKeys, sandboxNeedles, scanControl, scanDisk, secretsOf } from './disk-scan.ts';
import { fill, press, see } from './person.ts';
import { connect, hasOverlay, openScene, openSidebar, type Scene, showOnAllSites, visit } from './scene.ts';
import { until } from '../world/within.ts';

/** A passphrase in Firefox: nothing is shown while it is locked, and no key is on the disk. */
const PASSPHRASE = 'lamp river onion seven';

let scene: Scene;
let visited: string[];
let control: ProfileScan;
let keys: Needle[];
let boxes: Needle[];

beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene?.close();
});

const scan = (wanted: readonly Needle[]) => scanDisk(scene, wanted, { control, visited });
const seenKeys = (view: Awaited<ReturnType<Scene['open']>>) =>
  view.evaluate(async () => {
    const page = (await chrome.runtime.getBackgroundPage()) as Window & { seenKeys?: string[] };
    return page.seenKeys ?? [];
  });

test('locks everything that is open, and opens it again', async () => {
  const first = await scene.open('options.html');
  await recordKeys(first);
  const options = await connect(scene);
  await showOnAllSites(options);
  await press(options, 'link', 'Protection');
  await press(options, 'button', 'Set a passphrase…');
  await fill(options, 'New passphrase', PASSPHRASE);
  await fill(options, 'New passphrase again', PASSPHRASE);
  await press(options, 'button', 'Set passphrase');
  await see(options, 'The passphrase is set.');
  const host = scene.sandbox.org.rows('Account').flatMap((row) => hostOf(row) ?? [])[100] ?? '';
  visited = [host];
  const page = await visit(scene, host);
  await see(await openSidebar(page), /As in Salesforce|Synced/);
  ({ boxes } = await secretsOf(options));

  await press(options, 'button', 'Lock now');
  await see(options, 'Sidelight is locked');
  await until(60_000, 'the overlay to go', async () => !(await hasOverlay(page)) || undefined);
  expect(await options.evaluate(() => chrome.storage.session.get(null))).toEqual({});
  const answer = await options.evaluate(() =>
    chrome.runtime.sendMessage({ sidelight: 1, name: 'connections.list', payload: {} }),
  );
  expect(answer).toEqual({ ok: false, code: 'vault.locked' });

  await fill(options, 'Passphrase', PASSPHRASE);
  await press(options, 'button', 'Unlock');
  await see(options, 'Protection');
  await see(await openSidebar(page), /As in Salesforce|Synced/);
  keys = (await seenKeys(options)).map((list, index) => ({
    label: `key ${index}`,
    value: Uint8Array.from(list.split(','), Number),
  }));
  expect(keys.length).toBeGreaterThan(6);
  await press(options, 'link', 'Protection');
  await press(options, 'button', 'Lock now');
  await see(options, 'Sidelight is locked');
  await scene.suspend();
  control = await scanControl(scene, visited, sandboxNeedles(scene.sandbox));
});

test('leaves no value of a record, no token, no passphrase and no key on the disk', () => {
  const found = scan([...sandboxNeedles(scene.sandbox), { label: 'passphrase', value: PASSPHRASE }, ...keys]);
  console.log(describeScan(found));
  expect(found.hits, describeScan(found)).toEqual([]);
  expect(new Set(scan(boxes).hits.map(({ needle }) => needle.label))).toEqual(new Set(['sealed box']));
});

test('is locked after a restart, and keeps no ciphertext after Disconnect', async () => {
  await scene.resume();
  const options = await scene.open('options.html');
  await see(options, 'Sidelight is locked');
  await fill(options, 'Passphrase', PASSPHRASE);
  await press(options, 'button', 'Unlock');
  await see(options, 'Connected as');
  await press(options, 'button', 'Disconnect…');
  await press(options, 'button', 'Disconnect');
  await see(options, 'The key is destroyed.');
  await scene.suspend();
  const found = scan([...boxes, ...keys, ...sandboxNeedles(scene.sandbox)]);
  expect(found.hits, describeScan(found)).toEqual([]);
});
