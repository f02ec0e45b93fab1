import { afterEach, describe, expect, it, vi } from 'vitest';
import { isPageText, type PageText, readPage } from '@/lib/prefill/page-text';
import { documentOf, mail, organization, page, tel } from '../../fixtures/company-pages/page';

const LARGE = 'x'.repeat(1_000_000);
const read = (html: string, selection = ''): PageText => {
  vi.stubGlobal('document', documentOf(html));
  vi.stubGlobal('getSelection', () => selection);
  return readPage();
};
const htmlOf = (parts: Parameters<typeof page>[1]) => page('https://acme.com/', parts, { company: [] }).html;
const NOTHING: PageText = {
  title: '',
  siteNames: [],
  lang: 'en',
  copyright: '',
  blocks: [],
  mails: [],
  phones: [],
  selection: '',
};

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('reading a page', () => {
  it('takes title, site name, language, company data, copyright line, links with what stands around them, and the selection', () => {
    const ld = organization('Acme');
    const body = `<div><h4>Mara Lindner</h4><p>Sales</p>${mail('m@acme.com', 'Write')}</div>${tel('+1 2')}`;
    const html = htmlOf({ title: 'Acme', og: 'Acme Shop', ld: [ld], body, footer: '<p>© 2024 Acme</p>' });
    expect(read(html, 'marked')).toEqual({
      ...{ title: 'Acme', siteNames: ['Acme Shop'], lang: 'en', copyright: '© 2024 Acme', blocks: [JSON.stringify(ld)] },
      mails: [{ href: 'mailto:m@acme.com', text: 'Write', near: expect.stringContaining('Mara Lindner\nSales\nWrite') }],
      phones: [{ href: 'tel:+1 2', text: '+1 2', near: expect.any(String) }],
      selection: 'marked',
    });
  });

  it('has nothing to say of a page that declares nothing', () => {
    expect(read(htmlOf({}))).toEqual(NOTHING);
  });

  it('refers to nothing outside itself, since it runs in the page', () => {
    vi.stubGlobal('document', documentOf(htmlOf({ title: 'Acme' })));
    const alone = new Function(`return (${readPage.toString()})()`) as () => PageText;
    expect(alone()).toMatchObject({ title: 'Acme' });
  });

  it.each<[string, string, string?]>([
    [
      'texts of a megabyte',
      htmlOf({ title: LARGE, og: LARGE, lang: LARGE, footer: `© ${LARGE}`, body: mail(LARGE, LARGE) + tel(LARGE) }),
      LARGE,
    ],
    ['a block of a megabyte', htmlOf({ ld: [organization(LARGE)] })],
    ['thousands of links', htmlOf({ body: mail('a@acme.com').repeat(5000) + tel('1').repeat(5000) })],
    ['thousands of blocks', htmlOf({ ld: Array.from({ length: 3000 }, () => organization('Acme')) })],
    [
      'a text around a link that is as long as may be',
      htmlOf({ body: `<div>${'<b>x</b>'.repeat(280)}${mail('a@acme.com')}</div>` }),
    ],
  ])('stays small, and of the form that is asked for, on a page with %s', (_, html, selection) => {
    const found = read(html, selection);
    expect(isPageText(found)).toBe(true);
    expect(found.mails.length).toBeLessThanOrEqual(40);
    expect(JSON.stringify(found).length).toBeLessThan(200_000);
  });
});

describe('the answer of a page', () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'x'],
    ['a list', []],
    ['less than is asked for', { title: '' }],
    ['a number for a text', { ...NOTHING, title: 7 }],
    ['a text that is too long', { ...NOTHING, title: LARGE }],
    ['a block that is too long', { ...NOTHING, blocks: [LARGE] }],
    ['too many blocks', { ...NOTHING, blocks: Array(21).fill('') }],
    ['too many links', { ...NOTHING, mails: Array(41).fill({ href: '', text: '', near: '' }) }],
    ['a link that is none', { ...NOTHING, phones: ['tel:1'] }],
    ['a link without its text', { ...NOTHING, phones: [{ href: 'tel:1' }] }],
    ['too many site names', { ...NOTHING, siteNames: ['a', 'b', 'c'] }],
    ['a selection that is too long', { ...NOTHING, selection: LARGE }],
  ])('is refused when it is %s', (_, value) => {
    expect(isPageText(value)).toBe(false);
  });
});
