import { describe, expect, it } from 'vitest';
import { companySite, companySites, unmatchedSite } from '../../world/sites.ts';

const site = companySite({
  host: 'weyland.example',
  name: 'Weyland & Sons </script>',
  people: [{ name: 'Ada Byron', title: 'Head of Purchasing', email: 'ada@weyland.example', phone: '+49 40 123' }],
});
const get = async (path: string, handler = site) => {
  const response = await handler(new Request(`https://weyland.example${path}`));
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe("a company's site in the test world", () => {
  it('is the same at every run', async () => {
    expect((await get('/')).text).toBe((await get('/')).text);
  });

  it('names the company in title, Open Graph and JSON-LD, whatever characters the name has', async () => {
    const { text } = await get('/');
    expect(text).toContain('<title>Weyland &amp; Sons &lt;/script&gt;</title>');
    expect(text).toContain('property="og:site_name" content="Weyland &amp; Sons &lt;/script&gt;"');
    const data = /ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({
      '@type': 'Organization',
      name: 'Weyland & Sons </script>',
      url: 'https://weyland.example/',
    });
  });

  it('says that it is not the real one', async () => {
    expect((await get('/')).text).toContain('It is not the web site of');
  });

  it('lists people with mail address and phone on its contact page', async () => {
    const { text } = await get('/contact');
    expect(text).toContain('Ada Byron');
    expect(text).toContain('href="mailto:ada@weyland.example"');
    expect(text).toContain('href="tel:+4940123"');
  });

  it('has a page that allows nothing and one that is cross-origin isolated', async () => {
    expect((await get('/plain')).headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await get('/isolated')).headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  it('answers what it does not have with 404', async () => {
    expect((await get('/none')).status).toBe(404);
  });

  it('is found by its host with and without www, and no other host is', () => {
    const handlerFor = companySites([{ host: 'weyland.example', name: 'Weyland' }]);
    expect(handlerFor('weyland.example')).toBeTypeOf('function');
    expect(handlerFor('www.weyland.example')).toBeTypeOf('function');
    expect(handlerFor('evil-weyland.example')).toBeUndefined();
  });

  it('has a neighbour that belongs to nobody in the CRM', async () => {
    expect((await get('/', unmatchedSite())).text).toContain("anybody's customer");
  });
});
