import type { PageSite } from '@/lib/creation/page-company';
import { isFreeMail } from '@/lib/matching/free-mail';
import { siteOf } from '@/lib/matching/site-identity';

/** The site of an address, as the background tells extraction of it. */
export function pageSite(url: string): PageSite {
  const { host = '', domain = '' } = siteOf(url) ?? {};
  return {
    host,
    domain,
    isFreeMail,
    domainOf: (text) => siteOf(text.includes('://') ? text : `https://${text}`)?.domain ?? null,
  };
}
