import { aboutPage, type Company, contactPage, homePage } from './company-page.ts';
import { html } from './html.ts';
import type { HostHandler } from './server.ts';

export type { Company } from './company-page.ts';

const HTML = 'text/html; charset=utf-8';

/**
 * The web site of a company of the test world. The text is made up from the name alone, the same at every run; real
 * companies lend their name and address bar, nothing of their own site is copied.
 *
 * `/` home, `/about`, `/contact` with people and mail addresses, `/plain` a page with the strictest Content-Security-Policy,
 * `/isolated` a cross-origin isolated page (`require-corp`), `/app` a single-page app that changes its address without loading.
 */
export function companySite(company: Company): HostHandler {
  return (request) => {
    switch (new URL(request.url).pathname) {
      case '/':
        return page(homePage(company));
      case '/about':
        return page(aboutPage(company));
      case '/contact':
        return page(contactPage(company));
      case '/plain':
        return strictPage(company.name);
      case '/isolated':
        return isolatedPage(company.name);
      case '/app':
        return appPage(company.name);
      case '/favicon.ico':
        return new Response(null, { status: 204 });
      default:
        return page(html`<!doctype html><title>Not found</title><h1>Not found</h1>`.text, 404);
    }
  };
}

/** A site that belongs to no company of the CRM. */
export function unmatchedSite(title = 'Notes on Bread'): HostHandler {
  return (request) =>
    new URL(request.url).pathname === '/favicon.ico'
      ? new Response(null, { status: 204 })
      : page(
          html`<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<h1>${title}</h1><p>A page about flour, water and patience. Nobody here is anybody's customer.</p><a href="/next">Next page</a></html>`
            .text,
        );
}

/** Many sites at once: who answers for a host, with and without `www.`. */
export function companySites(companies: readonly Company[]): (host: string) => HostHandler | undefined {
  const byHost = new Map(companies.map((company) => [company.host, company]));
  return (host) => {
    const company = byHost.get(host) ?? byHost.get(host.replace(/^www\./, ''));
    return company === undefined ? undefined : companySite(company);
  };
}

/** No script, no style, no frame and no connection is allowed by the page: the extension has to bring its own. */
function strictPage(name: string): Response {
  return page(
    html`<!doctype html><html lang="en"><title>${name}, plain</title><h1>${name}</h1><p>Plain text.</p></html>`.text,
    200,
    {
      'content-security-policy': "default-src 'none'; frame-src 'none'; style-src 'none'; base-uri 'none'; form-action 'none'",
    },
  );
}

/** Chromium does not load an extension's frame into such a page unless the frame is `credentialless`. */
function isolatedPage(name: string): Response {
  return page(html`<!doctype html><html lang="en"><title>${name}, isolated</title><h1>${name}</h1></html>`.text, 200, {
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
  });
}

function appPage(name: string): Response {
  const script = `document.querySelector('button').onclick = () => { history.pushState(null, '', '/app/second');
    document.querySelector('h1').textContent = 'Second view'; };`;
  const body = html`<!doctype html><html lang="en"><title>${name} app</title><h1>${name}</h1><button>Second view</button></html>`;
  return page(`${body.text}<script>${script}</script>`);
}

function page(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { status, headers: { 'content-type': HTML, 'cache-control': 'no-cache', ...headers } });
}
