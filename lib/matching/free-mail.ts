import list from './free-mail-domains.txt?raw';

let domains: Set<string> | null = null;

/**
 * Whether a mail domain is a provider's, so that an address there says nothing about the company. Used only for e-mail:
 * a visited site or an Account's website on the list is still a company (zoho.com, bt.com).
 */
export function isFreeMail(domain: string): boolean {
  domains ??= new Set(list.split('\n').filter((line) => line !== ''));
  return domains.has(domain);
}
