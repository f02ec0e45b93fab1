import list from './free-mail-domains.txt?raw';

let domains: Set<string> | null = null;

/** A line of the list is a suffix and the names below it (`com aol gmail`): a quarter shorter than the domains written out. */
function read(): Set<string> {
  return new Set(
    list.split('\n').flatMap((line) => {
      const [suffix, ...names] = line.split(' ');
      return names.map((name) => `${name}.${suffix}`);
    }),
  );
}

/**
 * Whether a mail domain is a provider's, so that an address there says nothing about the company. Used only for e-mail:
 * a visited site or an Account's website on the list is still a company (zoho.com, bt.com).
 */
export function isFreeMail(domain: string): boolean {
  domains ??= read();
  return domains.has(domain);
}
