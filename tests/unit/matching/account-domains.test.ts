import { describe, expect, it } from 'vitest';
import { accountDomains, addressesOf, leadDomain, sitesIn } from '@/lib/matching/account-domains';
import { isFreeMail } from '@/lib/matching/free-mail';
import { rowsOf } from '../../fixtures/csv';

const domainsIn = (website: string | null) => accountDomains({ fields: { website } });

describe('sitesIn', () => {
  describe('given one address, however it was typed', () => {
    it.each([
      'acme.com',
      'www.acme.com',
      'https://www.acme.com/',
      'http://acme.com:8080/path?query#fragment',
      'HTTPS://WWW.ACME.COM',
      'http://http://acme.com',
      'https//acme.com',
      'http:acme.com',
      'http:\\\\acme.com',
      'htp://acme.com',
      '//acme.com',
      '  acme.com  ',
      'acme.com.',
      'acme.com,',
      'acme.com;',
      '<acme.com>',
      '"acme.com"',
      'acme.com (old)',
      'acme.com(old)',
      'Acme: www.acme.com',
      'info@acme.com',
      'mailto:info@acme.com',
      'https://user:pass@acme.com/',
      'https://acme.com/legal,imprint.html',
      'HTTP://Www.Acme.com/en?x',
      'Website:www.acme.com',
      'web: acme.com',
      '[Acme](https://acme.com)',
      '<a href="https://acme.com">Acme</a>',
      'https%3A%2F%2Fwww.acme.com%2Fstart',
      'https://www.google.com/url?q=https://www.acme.com/&sa=D',
      'https://web.archive.org/web/2020/http://acme.com/',
      'http://www.http://acme.com',
      'hhttps://acme.com',
      'ttps://acme.com',
      'http;//acme.com',
      'wwww.acme.com',
      'ww.acme.com',
      'www..acme.com',
      'www.www.acme.com',
      'acme\uFF0Ecom',
      'acme\u3002com',
      '\u200Bacme.com\uFEFF',
      '\u00A0www.acme.com\u00A0',
      'acme.com/',
      'acme.com//',
      'www.acme.com - main site',
      'Tel. 555.123.4567 www.acme.com',
      'acme,com',
      'www acme.com',
      'www,acme.com',
      'www.acme,com',
      'acme .com',
      'acme. com',
      'acme dot com',
      'acme [dot] com',
      'acme(.)com',
      'www.acmecom',
      'see linkedin.com/company/acme and acme.com',
    ])('finds acme.com in %s', (website) => {
      expect(domainsIn(website)).toEqual(['acme.com']);
    });

    it('takes both readings of a www that has lost its dot', () => {
      expect(domainsIn('wwwacme.com')).toEqual(['wwwacme.com', 'acme.com']);
    });

    it.each(['acme.com,au', 'acme.com .au', 'acme.com. au', 'www.acme.com,au/'])('does not take %s for acme.com', (website) => {
      expect(domainsIn(website)).toEqual(['acme.com.au']);
    });

    it('goes by what a link leads to, not by its text', () => {
      expect(domainsIn('[rival.com](https://acme.com/)')).toEqual(['acme.com']);
      expect(domainsIn('<a class="x" href="https://acme.com/">rival.com</a>')).toEqual(['acme.com']);
    });

    it.each(['httpbin.org', 'https.cio.com', 'httpool.com'])('keeps a name that begins like a scheme: %s', (website) => {
      expect(sitesIn(website).map((site) => site.host)).toEqual([website]);
    });

    it('is right for at least 98 % of real messy website fields', () => {
      const rows = rowsOf('matching/messy_website_fields.csv', 'website_raw', 'expected_host', 'expected_domain');
      const wrong = rows.filter(({ website_raw, expected_host, expected_domain }) => {
        const found = domainsIn(website_raw).join(' ');
        // A field that names a public suffix has no registrable domain; the suffix then stands for itself, or for nothing.
        return found !== expected_domain && !(expected_domain === '' && found === expected_host);
      });
      const rate = 1 - wrong.length / rows.length;
      console.info(`messy website fields: ${rows.length - wrong.length} of ${rows.length} right (${(rate * 100).toFixed(1)} %)`);
      expect(rows.length).toBeGreaterThan(120);
      expect(rate, JSON.stringify(wrong)).toBeGreaterThanOrEqual(0.98);
    });
  });

  describe('given several addresses in one field', () => {
    it.each([
      'acme.com, acme.de',
      'acme.com; acme.de',
      'acme.com / acme.de',
      'acme.com | acme.de',
      'acme.com\nacme.de',
      'http://acme.com and https://www.acme.de/start',
    ])('finds both in %s', (website) => {
      expect(domainsIn(website)).toEqual(['acme.com', 'acme.de']);
    });

    it('names a domain once when several of its hosts are given', () => {
      expect(domainsIn('www.acme.com shop.acme.com')).toEqual(['acme.com']);
      expect(sitesIn('www.acme.com shop.acme.com www.acme.com')).toHaveLength(2);
    });
  });

  describe('given what names no site', () => {
    it.each([
      null,
      '',
      ' ',
      '-',
      'n/a',
      'none',
      '205.156.54.206',
      'localhost',
      'Acme Inc.',
      'Acme Co., Ltd.',
      'Acme S.p.A.',
      'Acme, no website',
      'Acme. In liquidation',
      'bit.ly/3xYz',
      'https://maps.google.com/?cid=123',
      'drive.google.com/file/d/1',
    ])('finds nothing in %j', (website) => {
      expect(sitesIn(website)).toEqual([]);
    });

    it.each(['jane.doe@gmail.com', 'mailto:jane@gmx.de', 'Jane <jane@web.de>'])(
      'finds nothing in %s, since the address belongs to a person and the domain to a mail provider',
      (website) => {
        expect(sitesIn(website)).toEqual([]);
      },
    );

    it('still finds a provider that is the Account itself', () => {
      expect(domainsIn('https://www.zoho.com')).toEqual(['zoho.com']);
    });

    it('looks at the first 500 characters only, so that a megabyte costs nothing', () => {
      expect(domainsIn(`${'x '.repeat(300)}acme.com`)).toEqual([]);
    });
  });
});

describe('leadDomain', () => {
  const domain = (website: string | null, email: string | null) => leadDomain({ website, email });

  it('is that of the website when there is one', () => {
    expect(domain('https://www.acme.com', 'jane@other.com')).toBe('acme.com');
  });

  it('is that of the e-mail address when there is no website', () => {
    expect(domain(null, 'jane@mail.acme.co.uk')).toBe('acme.co.uk');
  });

  it('is that of the e-mail address when the website names none', () => {
    expect(domain('n/a', 'Jane@ACME.com')).toBe('acme.com');
  });

  it.each(['jane@gmail.com', 'jane@GMX.de', 'jane@cfl.rr.com', 'jane@i.softbank.jp', 'x@mailinator.com', 'x@sub.yopmail.com'])(
    'is none when %s is all there is, an address at a mail provider',
    (email) => {
      expect(domain(null, email)).toBeNull();
    },
  );

  it('is none when the website is an address at a mail provider and the e-mail is too', () => {
    expect(domain('jane@gmail.com', 'jane@gmail.com')).toBeNull();
  });

  it.each([null, '', 'jane', 'jane@', '@', 'jane@localhost', 'jane@10.0.0.1'])('is none for the address %j', (email) => {
    expect(domain(null, email)).toBeNull();
  });
});

describe('an Account’s further addresses', () => {
  const account = (custom: Record<string, string>) => ({ fields: { website: 'acme.com' }, custom });

  it.each(['Domains__c', 'Other_Website__c', 'AdditionalDomains', 'Second_URL__c', 'email_domain', 'Website2__c'])(
    'stand in an added field that is called %s',
    (name) => {
      expect(accountDomains(account({ [name]: 'acme.de; acme.fr' }))).toEqual(['acme.com', 'acme.de', 'acme.fr']);
    },
  );

  it.each(['Partner_Website__c', 'Competitor_Domain__c', 'Description', 'Support_Portal__c'])(
    'are not taken from one that is called %s',
    (name) => {
      expect(accountDomains(account({ [name]: 'rival.com' }))).toEqual(['acme.com']);
    },
  );

  it('are its pages on platforms, whatever the field is called', () => {
    const { pages } = addressesOf(account({ LinkedIn_Company__c: 'https://www.linkedin.com/company/Acme-Inc/about/' }));
    expect(pages).toEqual([{ platform: 'LinkedIn', key: 'acme-inc' }]);
  });
});

describe('free mail', () => {
  it.each(['gmail.com', 'gmx.de', 'outlook.com', 'icloud.com', 'yahoo.co.jp', 'qq.com', 'proton.me'])('is %s', (provider) => {
    expect(isFreeMail(provider)).toBe(true);
  });

  it.each(['acme.com', '', 'com', 'GMAIL'])('is not %j', (other) => {
    expect(isFreeMail(other)).toBe(false);
  });
});

describe('a page on somebody else’s platform', () => {
  it.each(['https://www.facebook.com/acme', 'linkedin.com/company/acme', 'http://x.com/acme', 'https://github.com/acme/'])(
    'names no site: %s',
    (website) => {
      expect(domainsIn(website)).toEqual([]);
    },
  );

  it.each([
    ['https://www.facebook.com/', 'facebook.com'],
    ['github.com', 'github.com'],
    ['https://acme.com/facebook.com', 'acme.com'],
  ])('is told from the platform’s own: %s', (website, domain) => {
    expect(domainsIn(website)).toEqual([domain]);
  });

  it('does not hide the company’s own site in the same field', () => {
    expect(domainsIn('facebook.com/acme, acme.com')).toEqual(['acme.com']);
  });
});
