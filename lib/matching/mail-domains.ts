import { isDisposable } from './disposable-mail';
import { isFreeMail } from './free-mail';
import { type Site, siteOf } from './site-identity';

/** An address at a mail provider is a person's, a throw-away one nobody's: neither says anything about a company. */
export function isAtMailProvider({ host, domain }: Site): boolean {
  return isFreeMail(host) || isFreeMail(domain) || isDisposable(domain);
}

/**
 * The registrable domain of a company's e-mail address, or null for one at a mail provider, a throw-away one, and what is none.
 * Of several addresses in one field the first counts.
 */
export function mailDomain(email: string | null): string | null {
  const host = /@([^\s@,;<>"']+)/.exec(email ?? '')?.[1];
  const site = host ? siteOf(`https://${host}`) : null;
  return site && !isAtMailProvider(site) ? site.domain : null;
}
