import type { Egress } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import type { ConnectedProfile, Session } from '../connector';
import { keyRefusal, storeOf } from '../key-client';
import { appUser } from './api-schemas';
import { createClient } from './client';

/**
 * Where an EspoCRM is, from what was typed or pasted out of the address bar: any https host, with the folder it is installed in.
 * @throws AppError `auth.address-invalid`
 */
export function siteOf(typed: string): { origin: string; base: string } {
  const text = typed.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url?.protocol !== 'https:' || url.username || url.password) throw new AppError('auth.address-invalid');
  const folder = url.pathname.replace(/\/(?:api(?:\/v1)?|index\.php)?\/*$/, '').replace(/\/+$/, '');
  return { origin: url.origin, base: `${url.origin}${folder}` };
}

/**
 * Signs in with the key of an API user: asks who it belongs to. One call.
 * @throws AppError `auth.address-invalid`, `auth.key-invalid`, those of the `crm.` group and of egress
 */
export async function signInByKey(
  address: string,
  apiKey: string,
  egressTo: (origin: string) => Egress,
): Promise<{ session: Session; profile: ConnectedProfile }> {
  const { origin, base } = siteOf(address);
  const session: Session = {
    accessToken: apiKey.trim(),
    // A key lives until somebody ends it: there is nothing to renew.
    refreshToken: '',
    instanceUrl: base,
    loginOrigin: origin,
    clientId: '',
    userId: '',
    orgId: base,
  };
  const { user, settings } = await createClient({ sessions: storeOf(session), egress: egressTo(origin) })
    .get('App/user', appUser)
    .catch((error) => Promise.reject(keyRefusal(error)));
  return {
    session: { ...session, userId: user.id },
    profile: {
      userName: user.name || user.userName || user.id,
      orgName: settings?.companyName || settings?.applicationName || new URL(origin).host,
      host: new URL(origin).host,
    },
  };
}
