import { describe, expect, it } from 'vitest';
import { siteOf } from '@/lib/matching/site-identity';

const pageOf = (url: string) => {
  const page = siteOf(url)?.page;
  return page ? `${page.platform}/${page.key}` : null;
};

describe('a company’s page on a platform', () => {
  it.each([
    ['https://www.linkedin.com/company/acme-inc/about/', 'LinkedIn/acme-inc'],
    ['https://de.linkedin.com/school/Acme?trk=x', 'LinkedIn/acme'],
    ['https://www.facebook.com/AcmeCorp/photos', 'Facebook/acmecorp'],
    ['https://m.facebook.com/pages/Acme/123456', 'Facebook/123456'],
    ['https://x.com/@acme', 'X/acme'],
    ['https://twitter.com/acme/status/1', 'X/acme'],
    ['https://www.instagram.com/acme.inc/', 'Instagram/acme.inc'],
    ['https://www.youtube.com/@Acme/videos', 'YouTube/acme'],
    ['https://www.tiktok.com/@acme', 'TikTok/acme'],
    ['https://www.xing.com/pages/acme', 'XING/acme'],
    ['https://github.com/acme/rocket', 'GitHub/acme'],
    ['https://github.com/orgs/acme/repositories', 'GitHub/acme'],
    ['https://www.crunchbase.com/organization/acme', 'Crunchbase/acme'],
    ['https://www.g2.com/products/acme/reviews', 'G2/acme'],
    ['https://www.trustpilot.com/review/www.acme.com', 'Trustpilot/www.acme.com'],
    ['https://www.glassdoor.com/Overview/Working-at-Acme-EI_IE12345.11,15.htm', 'Glassdoor/12345'],
    ['https://www.kununu.com/de/acme1', 'kununu/acme1'],
    ['https://apps.apple.com/us/app/acme/id6478489620', 'App Store/6478489620'],
    ['https://play.google.com/store/apps/details?hl=de&id=com.acme.app', 'Google Play/com.acme.app'],
    ['https://apply.workable.com/acme/j/1/', 'Workable/acme'],
    ['https://boards.greenhouse.io/acme', 'Greenhouse/acme'],
    ['https://www.amazon.co.uk/stores/acme', 'Amazon/acme'],
    ['https://sites.google.com/view/acme/start', 'Google Sites/acme'],
    ['https://www.gov.uk/government/organisations/hm-treasury', 'GOV.UK/hm-treasury'],
  ])('%s is %s', (url, page) => {
    expect(pageOf(url)).toBe(page);
  });

  it.each([
    'https://www.linkedin.com/',
    'https://www.linkedin.com/feed/',
    'https://www.linkedin.com/in/jane-doe',
    'https://www.linkedin.com/jobs/view/1',
    'https://www.facebook.com/groups/123',
    'https://www.facebook.com/profile.php?id=1',
    'https://x.com/home',
    'https://x.com/i/lists/1',
    'https://www.youtube.com/watch?v=1',
    'https://github.com/features/actions',
    'https://github.com/',
    'https://www.g2.com/categories/crm',
    'https://www.google.com/search?q=acme',
    'https://www.apple.com/de/',
    'https://www.amazon.com/dp/B0',
    'https://acme.com/company/other',
    'https://linkedin.com.evil.example.com/company/acme',
    'https://notlinkedin.com/company/acme',
  ])('is not %s', (url) => {
    expect(pageOf(url)).toBeNull();
  });
});
