import * as z from 'zod/mini';
import type { Session, SessionStore } from '../connector';
import type { Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { API_ROOT } from './rest-api';
import { idsIn, instanceOrigin } from './hosts';
import { assertUsable, SessionExpired } from './transport';

/**
 * The login of somebody whose admin has no app for them: the session of a signed-in Salesforce tab, whose cookie is an access token
 * (crm-apis 1.3). The cookie is read for every use and written nowhere; what is kept says only whose session it has to be.
 */
const SESSION_COOKIE = 'sid';

/** The value of a cookie at an origin, or null. */
type ReadCookie = (origin: string, name: string) => Promise<string | null>;

interface Ports {
  readCookie: ReadCookie;
  send: Send;
}

/** Who a session belongs to stands in the API's list of resources, as an identity URL (REST API guide, "Resources by Version"). */
const resources = z.object({ identity: z.string() });

/**
 * The login of the tab that is signed in at the My Domain `host`, without its token, to be stored.
 * @throws AppError `auth.no-session` when nobody is, `auth.foreign-instance`, `auth.answer-invalid`, and those of egress.
 */
export async function tabLogin(host: string, ports: Ports): Promise<Session> {
  const instanceUrl = instanceOrigin(`https://${host}`);
  const sid = await ports.readCookie(instanceUrl, SESSION_COOKIE);
  const ids = sid === null ? null : await ownerOf(instanceUrl, sid, ports.send);
  if (ids === null) throw new AppError('auth.no-session');
  return { fromTab: true, accessToken: '', refreshToken: '', clientId: '', instanceUrl, loginOrigin: instanceUrl, ...ids };
}

/** The sessions of a stored login of this kind. */
export interface TabSessions extends SessionStore {
  /** Whether the user's session is there, asked of the CRM if it has to be. Never throws. */
  isThere(): Promise<boolean>;
}

/**
 * Gives `login` with the token that the browser holds now. A token that was not seen before is used only after the CRM has said that it is
 * the same user's of the same organisation. `load` throws AppError `auth.session-ended` when there is none, `auth.session-other`
 * when it is somebody else's, and those of egress.
 */
export function createTabSessions(login: Session, ports: Ports): TabSessions {
  const { instanceUrl, orgId, userId } = login;
  /** The last token that was found to be this user's: in memory alone, and gone with the worker. */
  let known: string | null = null;
  /** The last one that was not. It never will be, so whoever only looks need not ask the CRM again. */
  let refused: string | null = null;

  async function current(trust: boolean): Promise<Session> {
    const sid = await ports.readCookie(instanceUrl, SESSION_COOKIE);
    if (sid === null) throw new AppError('auth.session-ended');
    if (!trust || sid !== known) {
      known = null;
      if (!trust && sid === refused) throw new AppError('auth.session-ended');
      const ids = await ownerOf(instanceUrl, sid, ports.send);
      const isSame = ids?.orgId === orgId && ids.userId === userId;
      if (!isSame) {
        refused = sid;
        throw new AppError(ids === null ? 'auth.session-ended' : 'auth.session-other');
      }
      known = sid;
    }
    return { ...login, accessToken: sid };
  }

  return {
    load: () => current(true),
    // There is nothing to keep: the token is the browser's.
    save: async () => undefined,
    isThere: () =>
      current(false).then(
        () => true,
        () => false,
      ),
  };
}

/** Whose session `sid` is, or null when it is none that the API takes. One call. @throws AppError */
async function ownerOf(instanceUrl: string, sid: string, send: Send): Promise<{ orgId: string; userId: string } | null> {
  const answer = await send({
    method: 'GET',
    url: `${instanceUrl}${API_ROOT}`,
    headers: { authorization: `Bearer ${sid}`, accept: 'application/json' },
  });
  try {
    assertUsable(answer);
  } catch (error) {
    if (error instanceof SessionExpired) return null;
    throw error;
  }
  if (answer.status === 403) throw new AppError('crm.forbidden');
  const ids = idsIn(resources.safeParse(jsonIn(answer.body)).data?.identity);
  // The token names its organisation too; two that differ are no session to rely on.
  if (answer.status !== 200 || !ids || !sid.startsWith(`${ids.orgId.slice(0, 15)}!`)) throw new AppError('auth.answer-invalid');
  return ids;
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
