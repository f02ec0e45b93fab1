import { NOBODYS_HOSTS, type Platform, PLATFORMS } from './platform-table';

/** A company's page on somebody else's platform. */
export interface PlatformPage {
  /** The platform as a person calls it. */
  platform: string;
  /** What tells the company's page from others there, in lower case: the last part of `linkedin.com/company/acme`. */
  key: string;
}

const byLabel = new Map<string, Platform[]>();
for (const platform of PLATFORMS) {
  for (const label of platform.labels) byLabel.set(label, [...(byLabel.get(label) ?? []), platform]);
}

/** What stands where a company's name would, and is the platform's own. */
const RESERVED = new Set(
  `about abuse accounts ads advertising all api app apps articles ask auth billing blog brand business campaign careers categories
  category channels channel codespaces collections community company contact cookies customer-stories dashboard detail developer
  developers dialog directory direct discover discussions download en enterprise error events explore features feed feeds files
  flow forgot gaming government groups hashtag help home i in index.html index.php info intent invite issues jobs join latest
  learning legal lists live local login logout mail maps marketplace me media messages messenger messaging mynetwork new news
  notes notifications oauth p pages partners people permalink.php photo photo.php photos places playlist plugins policies policy
  popular post posts premium press pricing privacy product products profile profile.php public pulls pulse reel reels register
  results reviews rules sales salesnavigator search security services settings share shared sharer sharer.php shop shopping
  shorts showcase signin signup site sitemap sponsors stars start status stories story.php store subscribe subscriptions support
  tag tags talent team teams terms top topics tos tr trending tv upload u url user users video videos watch webstore welcome wiki
  wp-admin wp-login.php www`.split(/\s+/),
);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * The company's page that `url` is on, when it lies on a platform. `label` is the first label of the URL's registrable domain.
 * Null on the platform's own pages.
 */
export function platformPageOf(url: URL, label: string): PlatformPage | null {
  const host = url.hostname.replace(/\.+$/, '');
  for (const { name, host: hosts, path } of byLabel.get(label) ?? []) {
    if (!hosts.test(host)) continue;
    const found = path.exec(url.pathname + url.search)?.[1];
    const key = found ? decoded(found).normalize('NFKC').toLowerCase() : '';
    if (key !== '' && !RESERVED.has(key)) return { platform: name, key };
  }
  return null;
}

/** Whether companies have pages of their own on this host. */
export function hasCompanyPages(host: string, label: string): boolean {
  return (byLabel.get(label) ?? []).some((platform) => platform.host.test(host));
}

/**
 * Whether an address below this host with this path says nothing about whose domain it is: it is somebody's page on a
 * platform, or what a link shortener or a file share makes. Taken by its domain it would stand beside the whole platform.
 */
export function isSomebodysPage(url: URL, label: string): boolean {
  if (url.pathname.length <= 1 && url.search === '') return false;
  const host = url.hostname.replace(/^www\./, '');
  if (NOBODYS_HOSTS.has(host) || platformPageOf(url, label)) return true;
  return (byLabel.get(label) ?? []).some((platform) => platform.open && platform.host.test(url.hostname));
}
