import { expect, test } from '@playwright/test';
import { inWorker, stopWorker } from '../world/extension-worker.ts';
import { describeScan, type Needle, scanProfile } from '../world/profile-scan.ts';
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
import { lockedHeading, PASSPHRASE, send, setPassphrase, unlock } from './vault-scene.ts';

/**
 * The same as disk.spec.ts with a passphrase and a passkey: neither a name nor a token nor any key is on the disk, not even the
 * device key and the plain copy of before the passphrase was set. After Disconnect no ciphertext is.
 */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let boxes: Needle[];
let keys: Needle[];
let visited: string[];

test.beforeAll(async () => {
  scene = await openScene();
});
test.afterAll(async () => {
  await scene?.close();
});

const scan = async () => {
  const control = await controlScan(scene, [...visited, PROSPECT]);
  const needles = [...needlesOf(scene), { label: 'passphrase', value: PASSPHRASE }, ...keys];
  return {
    control,
    found: scanProfile(scene.browser.profileDir, needles, { baseline: control, except: exceptVisited(visited) }),
  };
};

test('a browser that connects, gets a passphrase and a passkey, browses, creates, locks and unlocks', async () => {
  await recordKeys(scene);
  const options = await connect(scene);
  await showOnAllSites(options);
  const before = await storedSecrets(options);
  await setPassphrase(options);
  const devtools = await scene.browser.context.newCDPSession(options);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
    },
  });
  await options.getByRole('button', { name: 'Add passkey' }).click();
  await expect(options.getByText('This computer is added.')).toBeVisible();
  visited = await browseAndCreate(scene);
  await send(options, 'vault.lock');
  await expect(lockedHeading(options)).toBeVisible();
  await options.getByRole('button', { name: 'Unlock with a passkey' }).click();
  await expect(lockedHeading(options)).toHaveCount(0);
  await send(options, 'vault.lock');
  await unlock(options);
  await options.getByRole('link', { name: 'Connections' }).click();
  await syncNow(options);

  const recorded = await recordedKeys(scene);
  expect(recorded.length).toBeGreaterThan(6);
  keys = recorded.map((value, index) => ({ label: `key ${index}`, value }));
  const now = await storedSecrets(options);
  const asNeedles = (label: string, list: readonly number[][]) => list.map((box) => ({ label, value: Uint8Array.from(box) }));
  boxes = [...asNeedles('sealed box', now.boxes), ...asNeedles('sealed box of before', before.boxes)];
  const live = await inWorker(scene.browser.context, scene.extensionId, () => chrome.storage.session.get('vault'), null);
  keys.push({ label: 'vault key', value: Buffer.from(String((live.vault as { key: string }).key), 'base64') });
  await send(options, 'vault.lock');
  await expect(lockedHeading(options)).toBeVisible();
  await scene.suspend();
});

test('leaves no name, no token, no passphrase and no key on the disk', async () => {
  const { found } = await scan();
  console.log(describeScan(found));
  expect(found.hits, describeScan(found)).toEqual([]);
});

test('keeps the new copy, of which the scanner finds boxes, and nothing of the old one', () => {
  const found = scanProfile(scene.browser.profileDir, boxes).hits.map(({ needle }) => needle.label);
  expect([...new Set(found)]).toEqual(['sealed box']);
});

test('keeps neither ciphertext nor keys after Disconnect', async () => {
  await scene.resume();
  const options = await scene.open('options.html');
  await unlock(options);
  await options.getByRole('button', { name: 'Disconnect…' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await stopWorker(scene.browser.context, scene.extensionId);
  await scene.suspend();
  const { control, found } = await scan();
  expect(found.hits, describeScan(found)).toEqual([]);
  expect(scanProfile(scene.browser.profileDir, boxes, { baseline: control }).hits).toEqual([]);
});
