import { callbackUrl, launchLogin, launchSilentLogin } from '@/lib/browser/login-window';
import type { ConnectedProfile, Session } from '@/lib/connectors/connector';
import { type LaunchLogin, wantsUser } from '@/lib/connectors/oauth';
import { isKeyCrm, KEY_LOGINS, type SignedInCrm } from '@/lib/connectors/registry';
import type { KeyCrm } from '@/lib/crm/crm-kind';
import { salesforceProfile } from '@/lib/connectors/salesforce';
import { revokeSession, signInToSalesforce } from '@/lib/connectors/salesforce/auth';
import { instanceOrigin, loginOrigin } from '@/lib/connectors/salesforce/hosts';
import { createTabSessions, tabLogin } from '@/lib/connectors/salesforce/tab-login';
import type { Egress } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import { hasAccess } from '@/lib/browser/host-access';
import { readCookie } from '@/lib/browser/session-cookie';

/** A CRM that wants to see the user will not change its mind within this time. */
const SILENTLY_EVERY_MS = 10 * 60_000;

/** @throws AppError `access.host-denied` when the browser has not been given access to `origin`. */
export async function requireAccess(origin: string): Promise<void> {
  if (!(await hasAccess([`${origin}/*`]))) throw new AppError('access.host-denied');
}

/** Signs in, with the user and without. */
export function createSignIns({ clock, egressTo }: { clock: Clock; egressTo: (...origins: string[]) => Egress }) {
  const triedAt = new Map<string, number>();

  function login(loginHost: string, clientId: string, launch: LaunchLogin): Promise<Session> {
    const { send } = egressTo(loginOrigin(loginHost));
    return signInToSalesforce({ loginHost, clientId, redirectUri: callbackUrl('salesforce'), launch, send });
  }

  type SignedIn = { session: Session; profile: ConnectedProfile };
  const signIns = {
    /** Signs in and asks who it was. On any failure after the login the new token is given back. */
    async signIn(loginHost: string, clientId: string): Promise<SignedIn> {
      const origin = loginOrigin(loginHost);
      await requireAccess(origin);
      const session = await login(loginHost, clientId, launchLogin);
      try {
        await requireAccess(session.instanceUrl);
        return { session, profile: await salesforceProfile(storeOf(session), egressTo(session.instanceUrl)) };
      } catch (error) {
        await revokeSession(session, egressTo(origin).send);
        throw error;
      }
    },

    /** Takes the login of a tab that is signed in at the My Domain `host`, and asks who it is. It stays the browser's own. */
    async signInByTab(host: string): Promise<SignedIn> {
      const origin = instanceOrigin(`https://${host}`);
      await requireAccess(origin);
      const egress = egressTo(origin);
      const ports = { readCookie, send: egress.send };
      const session = await tabLogin(host, ports);
      return { session, profile: await salesforceProfile(createTabSessions(session, ports), egress) };
    },

    /** Takes a key for the CRM at the address `typed`, and asks who it belongs to. */
    async signInWithKey(crm: KeyCrm, typed: string, apiKey: string): Promise<SignedIn> {
      await requireAccess(KEY_LOGINS[crm].origin(typed));
      return KEY_LOGINS[crm].signIn(typed, apiKey, egressTo);
    },

    /** Signs in once more where `old` has ended; `apiKey` is a new one, where the login is a key. */
    signInAgain(crm: SignedInCrm, old: Session, apiKey: string | null): Promise<SignedIn> {
      if (isKeyCrm(crm)) return signIns.signInWithKey(crm, old.instanceUrl, apiKey ?? old.accessToken);
      const { host } = new URL(old.loginOrigin);
      return old.fromTab ? signIns.signInByTab(host) : signIns.signIn(host, old.clientId);
    },

    /**
     * A new session without the user, for one whose refresh token is dead: the browser may have been closed between the CRM's
     * answer to a rotation and its storing. Null when the CRM wants to see the user, or knows another one.
     */
    async signInSilently(old: Session): Promise<Session | null> {
      const key = `${old.orgId}/${old.userId}`;
      if (clock.now() - (triedAt.get(key) ?? Number.NEGATIVE_INFINITY) < SILENTLY_EVERY_MS) return null;
      triedAt.set(key, clock.now());
      const session = await login(new URL(old.loginOrigin).host, old.clientId, launchSilentLogin).catch((error) => {
        // Trouble that passes is no reason to wait: until it works the user is told to reconnect.
        if (!wantsUser(error)) triedAt.delete(key);
        throw error;
      });
      const isSame = session.orgId === old.orgId && session.userId === old.userId && session.instanceUrl === old.instanceUrl;
      if (isSame) return session;
      await revokeSession(session, egressTo(session.loginOrigin).send);
      return null;
    },
  };
  return signIns;
}

/** A login that is not stored yet. */
const storeOf = (session: Session) => ({ load: async () => session, save: async () => undefined });
