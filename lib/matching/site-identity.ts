import { parse } from 'tldts';

/** The site of a page, as Accounts are matched against it. Both in ASCII (punycode) and lower case. */
export interface Site {
  host: string;
  /** Registrable domain, private suffixes of the Public Suffix List counted as suffixes: `acme.myshopify.com`. */
  domain: string;
}

/**
 * The site of a URL, or null for what belongs to no company: other schemes, IP addresses, names without a
 * public suffix or without a dot.
 * A host that is itself a public suffix (`gov.uk`) stands for itself.
 */
export function siteOf(url: string): Site | null {
  const parsed = URL.parse(url);
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null;
  const host = parsed.hostname.replace(/\.$/, '');
  const { isIp, isIcann, isPrivate, domain } = parse(host, { allowPrivateDomains: true, extractHostname: false });
  if (isIp || !(isIcann || isPrivate) || !host.includes('.')) return null;
  return { host, domain: domain ?? host };
}
