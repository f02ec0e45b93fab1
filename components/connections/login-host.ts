/** Where a Salesforce login goes: the two hosts of everyone, or the organisation's own My Domain. */
export type HostChoice = 'production' | 'sandbox' | 'my-domain';

const SHARED_HOSTS = { production: 'login.salesforce.com', sandbox: 'test.salesforce.com' } as const;
const MY_DOMAIN_SUFFIX = '.my.salesforce.com';
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** Partitions that stand between an organisation's name and the suffix, e.g. `acme--uat.sandbox.my.salesforce.com`. */
const PARTITIONS = ['sandbox', 'develop', 'scratch', 'demo', 'trailblaze', 'patch'];

/**
 * The My Domain host that was meant: a host, a bare name, or an address pasted from the browser (also the Lightning
 * one, which is what people have in their address bar). Null when it is none of these.
 */
export function myDomainHost(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const hasScheme = /^[a-z][a-z0-9+.-]*:/.test(text);
  if (text === '' || (hasScheme && !text.startsWith('https://'))) return null;
  const address = hasScheme ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.port !== '' || url.username !== '' || url.password !== '') return null;
  const name = url.hostname.replace(/\.lightning\.force\.com$/, '').replace(/\.my\.salesforce\.com$/, '');
  const [label, partition, ...rest] = name.split('.');
  if (!label || !LABEL.test(label) || rest.length > 0) return null;
  if (partition !== undefined && !PARTITIONS.includes(partition)) return null;
  return `${name}${MY_DOMAIN_SUFFIX}`;
}

/** The host to log in at, or null when the My Domain that was typed is none. */
export function loginHostOf(choice: HostChoice, typed: string): string | null {
  return choice === 'my-domain' ? myDomainHost(typed) : SHARED_HOSTS[choice];
}

/** Whether somebody can sign in to Salesforce at a host; the others that an organisation names are of other CRMs. */
export const isSalesforceHost = (host: string): boolean => Object.values<string>(SHARED_HOSTS).includes(host) || isMyDomain(host);

/** Whether a host is an organisation's own, at which the login of a tab is. */
export const isMyDomain = (host: string): boolean => host.endsWith(MY_DOMAIN_SUFFIX);

/**
 * The addresses a connection needs. From a shared login host the CRM sends the user on to an organisation that is not
 * known yet, so all of Salesforce's own hosts must be asked for; a My Domain is known, so it is all that is asked for.
 */
export function originsFor(loginHost: string): string[] {
  const login = `https://${loginHost}/*`;
  return isMyDomain(loginHost) ? [login] : [login, `https://*${MY_DOMAIN_SUFFIX}/*`];
}
