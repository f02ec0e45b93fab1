import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { sentenceFor } from '../builders/sentence.ts';
import { connect, openScene, type Scene } from './scene.ts';
import { lockedHeading, send, setPassphrase, unlock } from './vault-scene.ts';

/** Passkeys with the browser's own virtual authenticator: made, used, lost, refused, and one that cannot keep a key. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let devtools: CDPSession;
let authenticatorId: string;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 200 } });
  options = await connect(scene);
  await setPassphrase(options);
  devtools = await scene.browser.context.newCDPSession(options);
  await devtools.send('WebAuthn.enable');
});
test.afterAll(async () => {
  await scene?.close();
});

async function plugIn(change: { hasPrf?: boolean } = {}): Promise<void> {
  if (authenticatorId) await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  const made = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      ...change,
    },
  });
  ({ authenticatorId } = made);
}

async function lock(): Promise<void> {
  await send(options, 'vault.lock');
  await expect(lockedHeading(options)).toBeVisible();
}

async function addPasskey(name: string): Promise<void> {
  await options.getByLabel('Name of a new passkey').fill(name);
  await options.getByRole('button', { name: 'Add passkey' }).click();
}

const usePasskey = () => options.getByRole('button', { name: 'Unlock with a passkey' }).click();

test('an authenticator that cannot keep a key is refused, and nothing is stored of it', async () => {
  await plugIn({ hasPrf: false });
  await addPasskey('Old key');
  await expect(options.getByText(sentenceFor('vault.passkey-unsupported')).first()).toBeVisible();
  expect((await send(options, 'vault.state')).value).toMatchObject({ passkeys: [] });
});

test('a user who does not pass the check adds none', async () => {
  await plugIn();
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await addPasskey('Not mine');
  await expect(options.getByText(sentenceFor('vault.passkey-cancelled')).first()).toBeVisible();
  expect((await send(options, 'vault.state')).value).toMatchObject({ passkeys: [] });
});

test('a passkey is made, is listed, and unlocks what the passphrase locked', async () => {
  await plugIn();
  await addPasskey('Laptop');
  await expect(options.getByText('Laptop is added.')).toBeVisible();
  await lock();
  await usePasskey();
  await expect(lockedHeading(options)).toHaveCount(0);
  expect(await send(options, 'connections.list')).toMatchObject({ ok: true });
});

test('a user who does not pass the check unlocks nothing; the passphrase still does', async () => {
  await lock();
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await usePasskey();
  await expect(options.getByText(sentenceFor('vault.passkey-cancelled')).first()).toBeVisible();
  await expect(lockedHeading(options)).toBeVisible();
  await unlock(options);
  await expect(lockedHeading(options)).toHaveCount(0);
});

test('a lost authenticator unlocks nothing; the passphrase does, and the passkey can be removed', async () => {
  await lock();
  // Another device, which knows none of it.
  await plugIn();
  await usePasskey();
  await expect(options.getByText(sentenceFor('vault.passkey-cancelled')).first()).toBeVisible();
  await unlock(options);
  await expect(lockedHeading(options)).toHaveCount(0);
  await options.getByRole('button', { name: 'Remove Laptop' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect.poll(async () => (await send(options, 'vault.state')).value).toMatchObject({ passkeys: [] });
  await lock();
  await expect(options.getByRole('button', { name: 'Unlock with a passkey' })).toHaveCount(0);
  await unlock(options);
});

test('a passkey of before does not open what another passphrase protects', async () => {
  await addPasskey('Before');
  await expect(options.getByText('Before is added.')).toBeVisible();
  const before = await options.evaluate(async () => (await chrome.storage.local.get('protection')).protection as object);
  const changed = await send(options, 'vault.setPassphrase', {
    passphrase: 'copper violin and seven geese',
    current: 'lamp river onion seven',
  });
  expect(changed).toMatchObject({ ok: true, value: { kind: 'unlocked' } });
  expect((await send(options, 'vault.state')).value).toMatchObject({ passkeys: [] });
  const after = await options.evaluate(async () => (await chrome.storage.local.get('protection')).protection as object);
  expect(JSON.stringify(before)).toContain('"passkeys":[{');
  expect(JSON.stringify(after)).toContain('"passkeys":[]');
});
