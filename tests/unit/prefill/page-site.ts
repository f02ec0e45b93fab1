import { isFreeMail } from '@/lib/matching/free-mail';
import { siteOf } from '@/lib/matching/site-identity';
import type { PageSite } from '@/lib/prefill/own-host';

/** The site of an address, as the background tells the form of it. */
export function pageSite(url: string): PageSite {
  const { host = '', domain = '' } = siteOf(url) ?? {};
  return { host, domain, isFreeMail: isFreeMail(domain) };
}
