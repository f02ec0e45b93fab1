/** Which of the CRM's hosts a request reached, and how their addresses look from there. */

type SiteKind =
  /** login.salesforce.com and test.salesforce.com: sign-in only. */
  | 'login'
  /** The org's My Domain: sign-in and API. */
  | 'instance'
  /** The host of the user interface: pages, no API. */
  | 'lightning'
  /** 127.0.0.1 and localhost: login host and instance at once. */
  | 'local'
  /** Not the CRM's. Nobody should ever come here. */
  | 'foreign';

export interface Site {
  kind: SiteKind;
  /** `https://northwind-demo.my.salesforce.com`: where the API is for whoever came this way. */
  instanceUrl: string;
  /** Where identity addresses point. */
  identityBase: string;
  lightningUrl: string;
  secure: boolean;
}

export interface HostNames {
  /** `northwind-demo.my.salesforce.com`. */
  myDomain: string;
  lightning: string;
}

const LOGIN_HOSTS = ['login.salesforce.com', 'test.salesforce.com'];

export function siteOf(url: URL, hosts: HostNames): Site {
  const secure = url.protocol === 'https:';
  const at = (host: string) => `${url.protocol}//${host}${url.port ? `:${url.port}` : ''}`;
  const name = url.hostname.toLowerCase();
  if (['127.0.0.1', 'localhost', '[::1]'].includes(name)) {
    return { kind: 'local', instanceUrl: url.origin, identityBase: url.origin, lightningUrl: url.origin, secure };
  }
  const kind: SiteKind = LOGIN_HOSTS.includes(name)
    ? 'login'
    : name === hosts.myDomain
      ? 'instance'
      : name === hosts.lightning
        ? 'lightning'
        : 'foreign';
  const identityBase = at(name === 'test.salesforce.com' ? name : 'login.salesforce.com');
  return { kind, instanceUrl: at(hosts.myDomain), identityBase, lightningUrl: at(hosts.lightning), secure };
}
