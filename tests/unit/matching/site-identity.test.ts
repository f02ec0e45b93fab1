import { describe, expect, it } from 'vitest';
import { siteOf } from '@/lib/matching/site-identity';
import { rowsOf } from '../../fixtures/csv';

const withScheme = (website: string) => (website.includes('://') ? website : `https://${website}`);

describe('siteOf', () => {
  describe('given a page of a company', () => {
    it.each([
      ['https://www.acme.com/products?id=1#top', { host: 'www.acme.com', domain: 'acme.com' }],
      ['http://ACME.com', { host: 'acme.com', domain: 'acme.com' }],
      ['https://acme.com./', { host: 'acme.com', domain: 'acme.com' }],
      ['https://acme.com:8443/', { host: 'acme.com', domain: 'acme.com' }],
      ['https://user:secret@acme.com/', { host: 'acme.com', domain: 'acme.com' }],
      ['https://shop.acme.co.uk/', { host: 'shop.acme.co.uk', domain: 'acme.co.uk' }],
      ['https://acme.myshopify.com/', { host: 'acme.myshopify.com', domain: 'acme.myshopify.com' }],
      ['https://acme.com../', { host: 'acme.com', domain: 'acme.com' }],
      ['view-source:https://www.acme.com/a', { host: 'www.acme.com', domain: 'acme.com' }],
      ['about:reader?url=https%3A%2F%2Facme.com%2Fnews', { host: 'acme.com', domain: 'acme.com' }],
      [
        'chrome-distiller://9a1b_2c/?title=News&time=1&url=https%3A%2F%2Facme.com%2Fnews',
        { host: 'acme.com', domain: 'acme.com' },
      ],
      ['read://https_acme.com/?url=https%3A%2F%2Facme.com%2Fnews', { host: 'acme.com', domain: 'acme.com' }],
      ['blob:https://acme.com/5a1', { host: 'acme.com', domain: 'acme.com' }],
      ['https://acme.zendesk.com/hc/en-us', { host: 'acme.zendesk.com', domain: 'acme.zendesk.com' }],
      ['https://shop.acme.wordpress.com/', { host: 'shop.acme.wordpress.com', domain: 'acme.wordpress.com' }],
      ['https://acme.wd5.myworkdayjobs.com/x', { host: 'acme.wd5.myworkdayjobs.com', domain: 'acme.wd5.myworkdayjobs.com' }],
      ['https://www.zendesk.com/', { host: 'www.zendesk.com', domain: 'zendesk.com' }],
      ['https://support.zendesk.com/', { host: 'support.zendesk.com', domain: 'zendesk.com' }],
      ['https://bücher.example.de/', { host: 'xn--bcher-kva.example.de', domain: 'example.de' }],
    ])('%s is %o', (url, site) => {
      expect(siteOf(url)).toEqual(site);
    });

    it.each(rowsOf('matching/multilabel_suffix.csv', 'website_raw', 'domain', 'public_suffix'))(
      'keeps one label before the suffix $public_suffix',
      ({ website_raw, domain }) => {
        expect(siteOf(withScheme(website_raw))?.domain).toBe(domain);
      },
    );

    it.each(rowsOf('matching/private_suffix_sites.csv', 'website_raw', 'domain', 'public_suffix'))(
      'tells the tenants of $public_suffix apart',
      ({ website_raw, domain }) => {
        expect(siteOf(withScheme(website_raw))?.domain).toBe(domain);
      },
    );

    it.each(rowsOf('matching/idn.csv', 'website_raw', 'host_ascii', 'host_unicode', 'domain'))(
      'is in ASCII for $host_unicode, typed either way',
      ({ website_raw, host_ascii, host_unicode, domain }) => {
        expect(siteOf(website_raw)).toEqual({ host: host_ascii, domain });
        expect(siteOf(`https://${host_unicode}/`)).toEqual({ host: host_ascii, domain });
      },
    );
  });

  describe('given what belongs to no company', () => {
    it.each([
      'about:blank',
      'chrome://extensions/',
      'chrome-extension://abcdefghijklmnop/popup.html',
      'file:///home/me/page.html',
      'data:text/html,hello',
      'blob:null/5a1',
      'blob:file:///5a1',
      'about:reader',
      'about:reader?url=about%3Aconfig',
      'view-source:chrome://version',
      'filesystem:https://acme.com/temporary/x',
      'ftp://acme.com/',
      'http://192.168.0.1:8080/',
      'http://[2001:db8::1]/',
      'http://nas.local/',
      'http://wiki.internal/',
      'javascript:alert(1)',
      'http://localhost:3000/',
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::1]/',
      'http://printer/',
      'http://intranet.corp/',
      'https://com/',
      'not a url',
      '',
    ])('%s is no site', (url) => {
      expect(siteOf(url)).toBeNull();
    });

    it.each(rowsOf('matching/invalid_or_suffix_itself.csv', 'website_raw', 'host'))(
      '$website_raw is no site, or a public suffix that stands for itself',
      ({ website_raw, host }) => {
        const site = siteOf(withScheme(website_raw));
        expect([null, host]).toContain(site?.host ?? null);
        expect([null, host]).toContain(site?.domain ?? null);
      },
    );

    it('is a public suffix that stands for itself, since organisations publish there', () => {
      expect(siteOf('https://gov.uk/')).toEqual({ host: 'gov.uk', domain: 'gov.uk' });
      expect(siteOf('https://gov.uk/mod')).toEqual({
        host: 'gov.uk',
        domain: 'gov.uk',
        page: { platform: 'GOV.UK', key: 'mod' },
      });
    });
  });
});
