/**
 * Sites on which many companies have a page of their own. An address below one of them (`facebook.com/acme`) names that
 * page, not the platform: taken by its domain it would stand beside everything on the platform.
 */
const PLATFORMS = new Set(
  `linkedin.com facebook.com fb.com x.com twitter.com instagram.com youtube.com youtu.be tiktok.com pinterest.com threads.net
  threads.com vk.com weibo.com xing.com t.me telegram.me bsky.app medium.com patreon.com linktr.ee github.com gitlab.com
  bitbucket.org npmjs.com docker.com crunchbase.com wellfound.com angel.co ycombinator.com producthunt.com g2.com capterra.com
  trustpilot.com glassdoor.com indeed.com kununu.com yelp.com google.com apple.com amazon.com etsy.com ebay.com workable.com
  lever.co greenhouse.io ashbyhq.com smartrecruiters.com wikipedia.org yahoo.com bloomberg.com`.split(/\s+/),
);

/** Whether an address with this registrable domain and path is a company's page on somebody else's platform. */
export function isPageOnPlatform(domain: string, path: string): boolean {
  return path.length > 1 && PLATFORMS.has(domain);
}
