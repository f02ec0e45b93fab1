import { describe, expect, it } from 'vitest';
import { formSuggestions, suggestedFields } from '@/lib/prefill/form-suggestions';
import { countryCode, pageCountries } from '@/lib/prefill/page-country';
import { pageSuggestions } from '@/lib/prefill/page-suggestions';
import type { PageText } from '@/lib/prefill/page-text';
import { structuredData } from '@/lib/prefill/structured-data';
import { tidy } from '@/lib/prefill/suggestion';
import { pageSite } from './page-site';

const EMPTY: PageText = { title: '', siteNames: [], lang: '', copyright: '', blocks: [], mails: [], phones: [], selection: '' };
const SITE = pageSite('https://www.acme-pumps.com/');
const link = (href: string, near = '', text = '') => ({ href, near, text });
const mails = (...list: string[]) => list.map((one) => link(`mailto:${one}`));
const on = (page: Partial<PageText>, site = SITE) => pageSuggestions({ ...EMPTY, ...page }, site);
const value = (page: Partial<PageText>, name: string) => on(page).values[name]?.value;
const block = (one: unknown) => [JSON.stringify(one)];
const organization = (rest: object) => ({ '@type': 'Organization', name: 'Acme Pumps', url: 'https://acme-pumps.com', ...rest });

describe('an address to write to', () => {
  it.each<[string, string | undefined, string[]]>([
    ['is the company’s own', 'info@acme-pumps.com', ['info@acme-pumps.com']],
    ['may have another ending', 'info@acme-pumps.de', ['info@acme-pumps.de']],
    ['is none at a mail provider', undefined, ['acme-pumps@gmail.com', 'acme@web.de']],
    ['is none of an agency', undefined, ['info@webdesign-blitz.de']],
    [
      'is none that nobody reads, or that has another purpose',
      undefined,
      ['noreply@acme-pumps.com', 'privacy@acme-pumps.com', 'jobs@acme-pumps.com'],
    ],
    [
      'is rather the one for all than the sales team’s',
      'contact@acme-pumps.com',
      ['sales@acme-pumps.com', 'contact@acme-pumps.com'],
    ],
    [
      'is none that a page forges',
      undefined,
      ['info@acme-pumps.com.evil.example', 'info@evil.example?cc=info@acme-pumps.com', '<script>@acme-pumps.com'],
    ],
    [
      'may be written with escapes, and broken ones do not matter',
      'info@acme-pumps.com',
      ['100%@x', 'info%40acme-pumps.com?subject=Hi'],
    ],
  ])('%s', (_, expected, list) => expect(value({ mails: mails(...list) }, 'email')).toBe(expected));
});

describe('a person', () => {
  const names = (page: Partial<PageText>) => {
    const { firstName, lastName, email } = on(page).values;
    return [firstName?.value, lastName?.value, email?.value];
  };
  it('is whose own address it is, by the name beside the link', () => {
    const near = 'Jürgen Müller\nSales\nWrite';
    expect(names({ mails: [link('mailto:j.mueller@acme-pumps.com', near)] })).toEqual([
      'Jürgen',
      'Müller',
      'j.mueller@acme-pumps.com',
    ]);
  });
  it('is not somebody whose name only stands nearby', () => {
    expect(names({ mails: [link('mailto:ceo7@acme-pumps.com', 'Ada Keys')] })).toEqual([undefined, undefined, undefined]);
  });
  it.each(['info', 'noreply', 'privacy', 'sales.team', 'acmepumps', 'first.class.service'])('is not %s@', (local) => {
    expect(names({ mails: [link(`mailto:${local}@acme-pumps.com`, 'Ada Keys')] }).slice(0, 2)).toEqual([undefined, undefined]);
  });
  it('is none when the page names several: nobody can tell which is meant', () => {
    expect(names({ mails: mails('ada.keys@acme-pumps.com', 'nils.berg@acme-pumps.com', 'info@acme-pumps.com') })).toEqual([
      undefined,
      undefined,
      'info@acme-pumps.com',
    ]);
  });
  it('is none that the address may misspell', () => {
    expect(names({ mails: mails('juergen.koenig@acme-pumps.com') })).toEqual([undefined, undefined, undefined]);
  });
  it('comes from the company data, with job and number, and is no author', () => {
    const ada = {
      '@type': 'Person',
      givenName: 'Ada',
      familyName: 'Keys',
      jobTitle: 'Sales',
      email: 'ada@acme-pumps.com',
      telephone: '+1 212 736 5000',
    };
    const page = {
      blocks: block({
        '@graph': [
          organization({ employee: ada }),
          { '@type': 'Article', author: { '@type': 'Person', name: 'Nils Berg', jobTitle: 'Editor' } },
        ],
      }),
    };
    expect(names(page)).toEqual(['Ada', 'Keys', 'ada@acme-pumps.com']);
    expect(on(page).values.title).toEqual({ value: 'Sales', source: 'company-data' });
    expect(on(page).phones[0]?.value).toBe('+1 212 736 5000');
  });
});

describe('the selected text', () => {
  it('goes before what the page says, and says where it is from', () => {
    const selection = 'Mara Lindner\nmara@lindner.de\n+49 30 5550100';
    const { values, phones } = on({ selection, mails: mails('ada.keys@acme-pumps.com') });
    expect(values).toMatchObject({
      lastName: { value: 'Lindner', source: 'selection' },
      email: { value: 'mara@lindner.de', source: 'selection' },
    });
    expect(phones[0]).toEqual({ value: '+49 30 5550100', source: 'selection' });
    expect(values.company?.source).toBe('site-address');
  });
  it.each(['Our Company History', 'We build pumps for ships and for the shore.'])('says nothing by chance: %s', (selection) => {
    expect(on({ selection }).values).toEqual(on({}).values);
  });
});

describe('a hostile page', () => {
  const deep = (depth: number) => `${'{"@graph":['.repeat(depth)}${']}'.repeat(depth)}`;
  it.each<[string, string]>([
    ['nests without end', deep(20_000)],
    ['nests lists without end', '['.repeat(49_000) + ']'.repeat(49_000)],
    ['is no JSON', '{"@type":'],
    [
      'writes keys of the prototype',
      '{"__proto__":{"@type":"Organization","name":"Evil"},"constructor":{"name":"Evil"},"@type":"Organization"}',
    ],
    ['is a number', '7'],
    ['names itself by an object', '{"@type":"Organization","name":{"toString":1}}'],
    ['has types of every kind', '{"@type":[null,7,{},"Organization"],"name":[null,{}]}'],
  ])('that %s is nobody, and does no harm', (_, one) => {
    expect(structuredData([one]).organizations).toEqual([]);
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });
  it('is looked at for a while only', () => {
    const many = { '@graph': Array.from({ length: 5000 }, () => organization({})) };
    expect(structuredData(block(many)).organizations).toHaveLength(20);
  });
  it.each([
    ['Acme\u202e moc.live\u2066\n\u0000Inc\ud83d', 'Acme moc.live Inc\ufffd'],
    ['A\u200bc\u00adme &amp; Sons', 'Acme & Sons'],
    ['<script>alert(1)</script>', ''],
    ['<img src=x onerror=alert(1)>', ''],
    ['x'.repeat(1_000_000), ''],
    ['नमस्\u200dते 👩\u200d🚀', 'नमस्\u200dते 👩\u200d🚀'],
  ])('writes %j, and it reads %j', (text, line) => expect(tidy(text)).toBe(line));
  it('has its texts as they are read, everywhere', () => {
    const evil = '<script>alert(1)</script>';
    const page = {
      blocks: block(organization({ name: evil, address: { streetAddress: evil, addressLocality: evil } })),
      title: evil,
      siteNames: [evil],
      copyright: `© ${evil}`,
    };
    expect(JSON.stringify(on(page))).not.toContain('script>');
    expect(value(page, 'company')).toBe('Acme Pumps');
  });
  it('answers within its limits quickly, for the patterns do not run away', () => {
    const odd = `${'a '.repeat(60)}|${'| - '.repeat(100)}${'©'.repeat(30)}`.slice(0, 500);
    const far = mails(`${'a.'.repeat(31)}a@${'b-'.repeat(120)}.com`, `${'.'.repeat(60)}@acme-pumps.com`);
    expect(
      value({ title: odd, siteNames: [odd], copyright: odd.slice(0, 200), mails: far, selection: odd.repeat(4) }, 'company'),
    ).toBe('Acme Pumps');
  });
});

describe('the country of a page', () => {
  it.each<[string, string, string, string[]]>([
    ['Germany', 'fr-CH', 'acme.at', ['DE', 'CH', 'AT']],
    ['', 'de-AT', 'acme.com', ['AT']],
    ['', 'en-US', 'acme.de', ['DE', 'US']],
    ['', 'de', 'acme.co.uk', ['GB']],
    ['Deutschland', '', 'acme.io', ['DE']],
    ['XX', 'zh-Hant-TW', 'acme.eu', ['TW']],
  ])('address %j, language %j, site %s: %j', (address, lang, domain, codes) =>
    expect(pageCountries(address, lang, domain)).toEqual(codes),
  );
  it.each([
    ['UK', 'GB'],
    ['usa', 'US'],
    ['France', 'FR'],
    ['Atlantis', null],
    ['', null],
  ])('%j is %j', (text, code) => expect(countryCode(text)).toBe(code));
});

describe('what goes into a form', () => {
  const address = { streetAddress: '1 King St', addressLocality: 'Toronto', addressRegion: 'ON', addressCountry: 'CA' };
  const page = { ...EMPTY, blocks: block(organization({ address })), mails: mails('ada.keys@acme-pumps.com') };
  const names = (object: 'lead' | 'contact' | 'account' | 'task' | 'opportunity') =>
    Object.keys(formSuggestions(object, { site: SITE, page, text: null }, 'de').values).sort();
  it('is what the record is about', () => {
    expect(names('lead')).toEqual([
      'city',
      'company',
      'country',
      'countryCode',
      'email',
      'firstName',
      'lastName',
      'state',
      'street',
      'website',
    ]);
    expect(names('contact')).toEqual(['email', 'firstName', 'lastName']);
    expect(names('account')).toEqual(['city', 'country', 'countryCode', 'name', 'state', 'street', 'website']);
    expect(names('task')).toEqual([]);
    expect(names('opportunity')).toEqual([]);
  });
  it('names a country in the user’s language, or by its code where the CRM has a list', () => {
    const { values } = formSuggestions('account', { site: SITE, page, text: null }, 'de');
    expect(values.country?.value).toBe('Kanada');
    const field = (name: string, maxLength: number | null = null) => ({ name, maxLength });
    const fields = [field('BillingCountry'), field('BillingState'), field('BillingCountryCode')];
    const plain = { country: 'BillingCountry', state: 'BillingState' };
    expect(Object.keys(suggestedFields({ fields, names: plain }, values))).toEqual(['BillingState', 'BillingCountry']);
    const listed = { fields, names: { ...plain, countryCode: 'BillingCountryCode' } };
    expect(suggestedFields(listed, values)).toEqual({ BillingCountryCode: { value: 'CA', source: 'company-data' } });
  });
  it('is cut to what the CRM keeps, never through a character', () => {
    const form = { fields: [{ name: 'Company', maxLength: 5 }], names: { company: 'Company' } };
    const cut = (value: string) => suggestedFields(form, { company: { value, source: 'company-data' } });
    expect([cut('Castell').Company?.value, cut('abcd😀').Company?.value]).toEqual(['Caste', 'abcd']);
  });
});
