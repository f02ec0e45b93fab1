import type { CDPSession, Page } from '@playwright/test';
import { locked, OPEN, PASSKEYS, WITH_PASSKEYS } from './fixtures/vault.ts';
import { no, ok, type State } from './state.ts';
import { options } from './states-options.ts';
import { protection } from './states-protection.ts';

/** The authenticator of each page: it goes with its session, and a page can have one. */
const sessions = new WeakMap<Page, CDPSession>();

/** The DevTools' own authenticator, so that what is seen here is what the browser really answers. */
async function authenticator(page: Page, can: { hasPrf: boolean; isUserVerified?: boolean }): Promise<void> {
  await sessions.get(page)?.detach();
  const devTools = await page.context().newCDPSession(page);
  sessions.set(page, devTools);
  await devTools.send('WebAuthn.enable');
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...can,
    },
  });
}

const add = (page: Page) => page.getByRole('button', { name: 'Add passkey' }).click();
const unlock = (page: Page) => page.getByRole('button', { name: 'Unlock with a passkey' }).click();
const alert = (page: Page, text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor();

export const passkeyStates: State[] = [
  protection('passkeys', WITH_PASSKEYS),
  protection('passkey-added', OPEN, { 'vault.addPasskey': ok({ ...OPEN, passkeys: PASSKEYS.slice(0, 1) }) }, async (page) => {
    await authenticator(page, { hasPrf: true });
    await add(page);
    await page.getByText('This computer is added.').waitFor();
  }),
  protection('passkey-unsupported', OPEN, {}, async (page) => {
    await authenticator(page, { hasPrf: false });
    await add(page);
    await alert(page, 'cannot keep a key');
  }),
  protection('passkey-refused', OPEN, { 'vault.addPasskey': no('vault.busy') }, async (page) => {
    await authenticator(page, { hasPrf: true });
    await add(page);
    await alert(page, 'being changed');
  }),
  protection('passkey-remove', WITH_PASSKEYS, {}, async (page) => {
    await page.getByRole('button', { name: 'Remove This computer' }).click();
    await page.getByRole('dialog').waitFor();
  }),
  protection(
    'passkey-removed',
    WITH_PASSKEYS,
    { 'vault.removePasskey': ok({ ...OPEN, passkeys: PASSKEYS.slice(1) }) },
    async (page) => {
      await page.getByRole('button', { name: 'Remove This computer' }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('button', { name: 'Remove This computer' }).waitFor({ state: 'detached' });
    },
  ),
  options('locked-passkey-lost', { 'vault.state': ok(locked('start', { passkeys: PASSKEYS })) }, async (page) => {
    await authenticator(page, { hasPrf: true });
    await unlock(page);
    await alert(page, 'The passkey was not used.');
  }),
];
