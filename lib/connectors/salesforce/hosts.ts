import { AppError } from '@/lib/shared/errors';

/** Which hosts are Salesforce's. Anything a login answer or a user names is held against this before it is used. */
const LOGIN_HOSTS = ['login.salesforce.com', 'test.salesforce.com'];
const MY_DOMAIN = /^(?:[a-z0-9][a-z0-9-]*\.)+my\.salesforce\.com$/;

/** Whether one can sign in to Salesforce at a host, which is in lower case. */
function isLoginHost(host: string): boolean {
  return LOGIN_HOSTS.includes(host) || MY_DOMAIN.test(host);
}

/**
 * The origin of the login host that the user chose or typed.
 * @throws AppError `auth.host-invalid` for anything but login., test. or a My Domain of salesforce.com.
 */
export function loginOrigin(host: string): string {
  const clean = host.trim().toLowerCase();
  if (isLoginHost(clean)) return `https://${clean}`;
  throw new AppError('auth.host-invalid');
}

/**
 * The origin in a login answer's `instance_url`, accepted only as https on a My Domain without port, path or user.
 * @throws AppError `auth.foreign-instance`
 */
export function instanceOrigin(instanceUrl: unknown): string {
  const url = typeof instanceUrl === 'string' ? URL.parse(instanceUrl) : null;
  const plain = url && url.protocol === 'https:' && !url.port && !url.username && !url.password && !url.search && !url.hash;
  if (!plain || url.pathname !== '/' || !MY_DOMAIN.test(url.hostname)) throw new AppError('auth.foreign-instance');
  return url.origin;
}

/** The organisation and user ids (18 characters each) at the end of a login answer's `id` URL, or null. */
export function idsIn(idUrl: unknown): { orgId: string; userId: string } | null {
  const match = typeof idUrl === 'string' ? /\/id\/(00D[A-Za-z0-9]{15})\/(005[A-Za-z0-9]{15})$/.exec(idUrl) : null;
  return match?.[1] && match[2] ? { orgId: match[1], userId: match[2] } : null;
}

/** The page of a record: `X.my.salesforce.com` is shown to people at `X.lightning.force.com`. */
export function recordPage(instanceUrl: string, objectName: string, id: string): string {
  if (!/^[A-Za-z0-9]{15,18}$/.test(id)) throw new AppError('message.invalid');
  const host = new URL(instanceUrl).hostname.replace(/\.my\.salesforce\.com$/, '.lightning.force.com');
  return `https://${host}/lightning/r/${objectName}/${id}/view`;
}
