import { browser } from 'wxt/browser';

/** Opens the browser's login window and resolves with the URL it was redirected to. Rejects when the user closes it. */
export async function launchLogin(url: string): Promise<string> {
  const landed = await browser.identity.launchWebAuthFlow({ url, interactive: true });
  if (!landed) throw new Error('the login window ended nowhere');
  return landed;
}

/**
 * The same without a window: only a CRM that knows the user from its own cookies answers. Rejects when it wants to see the
 * user, or does not answer in time.
 */
export async function launchSilentLogin(url: string): Promise<string> {
  const landed = await browser.identity.launchWebAuthFlow({ url, interactive: false });
  if (!landed) throw new Error('the login ended nowhere');
  return landed;
}

/** The callback URL for a CRM, to be registered in the app: one path per CRM, as a defence against mix-up. */
export function callbackUrl(crm: string): string {
  return browser.identity.getRedirectURL(`cb/${crm}`);
}
