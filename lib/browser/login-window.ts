import { browser } from 'wxt/browser';

/** Opens the browser's login window and resolves with the URL it was redirected to. Rejects when the user closes it. */
export async function launchLogin(url: string): Promise<string> {
  const landed = await browser.identity.launchWebAuthFlow({ url, interactive: true });
  if (!landed) throw new Error('the login window ended nowhere');
  return landed;
}

/** The callback URL for a CRM, to be registered in the app: one path per CRM, as a defence against mix-up. */
export function callbackUrl(crm: string): string {
  return browser.identity.getRedirectURL(`cb/${crm}`);
}
