import type { Egress } from '@/lib/egress/egress';
import type { ConnectedProfile, Session } from '../connector';
import { keyRefusal, storeOf } from '../key-client';
import { details } from './api-schemas';
import { API_ORIGIN, createClient, whoAmI } from './client';
import { nameOf, ownersOf } from './owners';

/**
 * Signs in with the token of a private app: asks which account it is of, who has made it, and which owner that is. Up to four
 * calls; what the token may not see is left open.
 * @throws AppError `auth.key-invalid`, those of the `crm.` group and of egress
 */
export async function signInByToken(
  token: string,
  egressTo: (origin: string) => Egress,
): Promise<{ session: Session; profile: ConnectedProfile }> {
  const session: Session = {
    accessToken: token.trim(),
    // A token lives until somebody ends it: there is nothing to renew.
    refreshToken: '',
    instanceUrl: API_ORIGIN,
    loginOrigin: API_ORIGIN,
    clientId: '',
    userId: '',
    orgId: '',
  };
  const client = createClient({ sessions: storeOf(session), egress: egressTo(API_ORIGIN) });
  const { uiDomain, portalId } = await client
    .get('account-info/v3/details', details)
    .catch((error) => Promise.reject(keyRefusal(error)));
  const { userId } = await whoAmI(client).catch(() => ({ userId: undefined }));
  const owners = await ownersOf(client).catch(() => []);
  const me = owners.find((one) => userId !== undefined && one.userId === userId);
  return {
    session: { ...session, userId: me?.id ?? '', orgId: `${uiDomain}/${portalId}` },
    profile: { userName: me ? nameOf(me) : `${userId ?? ''}`, orgName: `HubSpot ${portalId}`, host: uiDomain },
  };
}
