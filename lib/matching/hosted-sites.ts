/**
 * Families of sites that many companies share by subdomain and that the Public Suffix List does not have. Below one of them a
 * subdomain is a company's own site, as `acme.myshopify.com` is by the list: `acme.zendesk.com` is not Zendesk.
 */
const FAMILIES = `wordpress.com weebly.com squarespace.com tumblr.com medium.com substack.com jimdo.com jimdosite.com jimdofree.com
  webnode.com webnode.page godaddysites.com business.site strikingly.com yolasite.com site123.me ueniweb.com zendesk.com
  freshdesk.com helpscoutdocs.com statuspage.io atlassian.net slack.com sharepoint.com onmicrosoft.com my.salesforce.com
  my.site.com lightning.force.com workable.com recruitee.com breezy.hr bamboohr.com myworkdayjobs.com teamtailor.com
  jobs.personio.de jobs.personio.com softgarden.io etnet.com.hk todayir.com translate.goog`;

/** Names below a family that are the provider's own, so that nobody's company is called "www". */
const PROVIDERS = new Set(
  `www m mobile en de fr es app apps api public-api account accounts login auth id admin help support docs developer developers
  dev status blog news press about careers jobs apply my static cdn assets img images mail email go get info shop store
  marketplace community forum forums learn academy partners partner resources trust legal security wd1 wd3 wd5`.split(/\s+/),
);

const families = new Set(FAMILIES.split(/\s+/));

/** `acme.wd5.myworkdayjobs.com`, `acme.enterprise.slack.com`: the company stands in front of the provider's own label. */
const BETWEEN = /^(?:wd\d+|enterprise|na|eu|sandbox|develop)$/;

/** The label of the company within the family, read from the family on outwards: `shop.acme` gives `acme`. */
function tenantIn(labels: readonly string[]): string | null {
  const inner = labels.at(-1) ?? '';
  const tenant = BETWEEN.test(inner) && labels.length > 1 ? labels.slice(-2).join('.') : inner;
  const name = tenant.split('.')[0] ?? '';
  return name === '' || PROVIDERS.has(name) ? null : tenant;
}

/**
 * The part of `host` that belongs to one company when the host lies in a shared family, else null. `host` is in lower-case ASCII.
 * Families are as observed in real website fields, and as their providers document them.
 */
export function tenantDomain(host: string): string | null {
  const labels = host.split('.');
  for (let at = 1; at < labels.length - 1; at += 1) {
    const family = labels.slice(at).join('.');
    if (!families.has(family)) continue;
    const tenant = tenantIn(labels.slice(0, at));
    return tenant === null ? null : `${tenant}.${family}`;
  }
  return null;
}
