/** The site in front. `isFreeMail`: it is a mail provider's, so that an address there says nothing of a company. Both names in ASCII. */
export interface PageSite {
  host: string;
  domain: string;
  isFreeMail: boolean;
}

/** The host of an address as pages write them, with a scheme or without, or null when it is none of its own. Pure. */
export function hostIn(text: string): string | null {
  const whole = /^https?:/i.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
  const host = URL.parse(whole)?.hostname.replace(/\.$/, '') ?? '';
  return host.includes('.') ? host : null;
}

/** Whether a host is the site's own. Pure. */
export const isOwnHost = (host: string, { domain }: PageSite): boolean => host === domain || host.endsWith(`.${domain}`);

/** Endings of one or two labels; what is longer may be somebody's name. */
const ENDING = /^(?:[a-z]{2,24}|(?:co|com|org|net|ac|gov|edu|or|ne)\.[a-z]{2})$/;

/** Whether a host is the site's own, or has the same name in front of another ending: `acme.de` beside `acme.com`. Pure. */
export function isSameBrand(host: string, site: PageSite): boolean {
  if (isOwnHost(host, site)) return true;
  const [label = '', ...ending] = host.split('.');
  return label.length >= 4 && label === site.domain.split('.')[0] && ENDING.test(ending.join('.'));
}
