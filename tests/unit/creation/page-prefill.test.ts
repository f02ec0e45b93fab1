import { afterEach, describe, expect, it, vi } from 'vitest';
import { companyName, isPageFacts, type PageFacts, readPage } from '@/lib/creation/page-prefill';

const facts = (change: Partial<PageFacts>): PageFacts => ({ organizationNames: [], siteName: null, title: null, ...change });

describe('companyName', () => {
  it('is what the page’s company data says before anything else', () => {
    const found = companyName(facts({ organizationNames: ['Acme Corp.'], siteName: 'Acme Shop', title: 'Acme' }), 'acme.com');
    expect(found).toEqual({ value: 'Acme Corp.', source: 'company-data' });
  });

  it('is the site name when there is no company data', () => {
    expect(companyName(facts({ siteName: 'Acme  Shop\n', title: 'Acme' }), 'acme.com')).toEqual({
      value: 'Acme Shop',
      source: 'site-name',
    });
  });

  it.each([
    ['Welcome | Acme Rockets', 'acme-rockets.com', 'Acme Rockets'],
    ['Acme – Rockets for everyone', 'acme.com', 'Acme'],
    ['Products - Müller & Söhne', 'mueller.de', null],
    ['Start · Bücher', 'bücher.de', 'Bücher'],
    ['ACME', 'acme-online.com', 'ACME'],
    ['Everything you need | Home', 'acme.com', null],
    ['★★ | Home', 'acme.com', null],
    ['-- | !! | ??', 'acme.com', null],
  ])('from the title %j at %s is %j', (title, domain, name) => {
    const found = companyName(facts({ title }), domain);
    expect(found.source === 'page-title' ? found.value : null).toBe(name);
  });

  it.each([
    [null, 'acme.co.uk', 'Acme'],
    [facts({}), 'acme.com', 'Acme'],
    [facts({ organizationNames: ['', ' ', 'x', 'y'.repeat(121)] }), 'acme.com', 'Acme'],
  ])('is the domain’s own name when %j says nothing', (found, domain, value) => {
    expect(companyName(found, domain)).toEqual({ value, source: 'site-address' });
  });

  it('holds no line breaks, no half characters and nothing that turns the direction of text', () => {
    const hostile = facts({ organizationNames: ['Acme\u202e moc.live\u2066\n\u0000Inc\ud83d'] });
    expect(companyName(hostile, 'acme.com').value).toBe('Acme moc.live Inc\ufffd');
  });

  it('keeps joined characters whole', () => {
    expect(companyName(facts({ organizationNames: ['नमस्\u200dते 👩\u200d🚀'] }), 'acme.com').value).toBe('नमस्\u200dते 👩\u200d🚀');
  });
});

describe('isPageFacts', () => {
  it('accepts what readPage gives', () => {
    expect(isPageFacts(facts({ organizationNames: ['Acme'], title: 'x' }))).toBe(true);
  });

  it.each([
    null,
    undefined,
    'text',
    [],
    {},
    { organizationNames: 'Acme', siteName: null, title: null },
    { organizationNames: [{}], siteName: null, title: null },
    { organizationNames: [], siteName: {}, title: null },
    { organizationNames: [], siteName: null, title: 7 },
    { organizationNames: [], siteName: null },
  ])('refuses %j', (value) => {
    expect(isPageFacts(value)).toBe(false);
  });
});

/** As much of a document as `readPage` looks at. */
function pageWith(options: { blocks?: string[]; siteName?: string; title?: string }) {
  vi.stubGlobal('document', {
    title: options.title ?? '',
    querySelectorAll: (selector: string) =>
      selector === 'script[type="application/ld+json"]' ? (options.blocks ?? []).map((textContent) => ({ textContent })) : [],
    querySelector: (selector: string) =>
      selector === 'meta[property="og:site_name"]' && options.siteName !== undefined
        ? { getAttribute: (name: string) => (name === 'content' ? options.siteName : null) }
        : null,
  });
}
const block = (value: unknown) => JSON.stringify(value);

describe('readPage', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('reads title and site name', () => {
    pageWith({ title: 'Acme', siteName: 'Acme Shop' });
    expect(readPage()).toEqual({ organizationNames: [], siteName: 'Acme Shop', title: 'Acme' });
  });

  it('has nothing to say of a page that declares nothing', () => {
    pageWith({});
    expect(readPage()).toEqual({ organizationNames: [], siteName: null, title: null });
  });

  it.each<[string, unknown]>([
    ['alone', { '@type': 'Organization', name: 'Acme' }],
    [
      'in a list',
      [
        { '@type': 'WebSite', name: 'Site' },
        { '@type': 'Corporation', name: 'Acme' },
      ],
    ],
    ['in a graph', { '@graph': [{ '@type': 'WebPage' }, { '@type': ['Thing', 'LocalBusiness'], name: 'Acme' }] }],
    [
      'as the publisher of an article',
      { '@type': 'Article', name: 'News', publisher: { '@type': 'Organization', name: 'Acme' } },
    ],
  ])('finds an organisation %s', (_, value) => {
    pageWith({ blocks: [block(value)] });
    expect(readPage().organizationNames).toEqual(['Acme']);
  });

  it('goes on when a block is not JSON, as one in six is', () => {
    pageWith({ blocks: ['{"@type": "Organization",', '', 'null', block({ '@type': 'Organization', name: 'Acme' })] });
    expect(readPage().organizationNames).toEqual(['Acme']);
  });

  it('takes text only', () => {
    pageWith({ blocks: [block({ '@type': 'Organization', name: { '@value': 'Acme' } }), block({ '@type': 7, name: 'x' })] });
    expect(readPage().organizationNames).toEqual([]);
  });

  it('looks at no more than 20 blocks, 50 entries of a list and a few levels, so that a page cannot keep it busy', () => {
    const organization = { '@type': 'Organization', name: 'Acme' };
    pageWith({ blocks: Array.from({ length: 100 }, () => block(organization)) });
    expect(readPage().organizationNames).toHaveLength(20);
    pageWith({ blocks: [block(Array.from({ length: 1000 }, () => organization))] });
    expect(readPage().organizationNames).toHaveLength(50);
    let deep: unknown = organization;
    for (let level = 0; level < 200; level += 1) deep = { publisher: deep };
    pageWith({ blocks: [block(deep)] });
    expect(readPage().organizationNames).toEqual([]);
  });

  it('refers to nothing outside itself, since it runs in the page', () => {
    pageWith({ title: 'Acme', blocks: [block({ '@type': 'Organization', name: 'Acme' })] });
    const alone = new Function(`return (${readPage.toString()})()`) as () => PageFacts;
    expect(alone()).toEqual({ organizationNames: ['Acme'], siteName: null, title: 'Acme' });
  });
});
