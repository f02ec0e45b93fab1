/** What a page says, clipped and unjudged. Read only when a person opens a form; nothing of it is kept. */
export interface PageText {
  title: string;
  /** `og:site_name`, and what else the head calls the site. */
  siteNames: string[];
  lang: string;
  copyright: string;
  /** JSON-LD as it stands. */
  blocks: string[];
  /** Links that write or call; `near` are the lines of text around them. */
  mails: PageLink[];
  phones: PageLink[];
  /** What is marked in the page. */
  selection: string;
}

interface PageLink {
  href: string;
  text: string;
  near: string;
}

/**
 * Reads the page. It runs inside it (isolated world), and must not refer to anything outside itself. Limits, so that no page makes
 * the answer large: 20 blocks of 100,000 characters, longer ones left out, since half a block is none; 40 links of each kind; each text clipped.
 */
export function readPage(): PageText {
  const clip = (text: string | null | undefined, most: number) => (text ?? '').slice(0, most);
  const meta = (selector: string) => clip(document.querySelector(selector)?.getAttribute('content'), 500);
  const linesIn = (node: Node): string[] =>
    [...node.childNodes].flatMap((child) => (child.nodeType === 3 ? [(child.textContent ?? '').trim()] : linesIn(child)));
  const near = (link: Element): string => {
    let around: Element = link;
    for (let level = 0; level < 3; level += 1) {
      const next: Element | null = around.parentElement;
      if (!next || next === document.body || (next.textContent ?? '').length > 300) break;
      around = next;
    }
    return (around.textContent ?? '').length > 300 ? '' : clip(linesIn(around).filter(Boolean).join('\n'), 400);
  };
  const links = (scheme: string) =>
    [...document.querySelectorAll(`a[href^="${scheme}:" i]`)].slice(0, 40).map((link) => ({
      href: clip(link.getAttribute('href'), 500),
      text: clip(link.textContent, 300),
      near: near(link),
    }));
  const small = [...document.querySelectorAll('footer, footer *, [class*="footer" i] *, [class*="copyright" i], small')];
  const rights = small
    .slice(-500)
    .map((element) => (element.textContent ?? '').trim())
    .findLast((text) => text.length < 200 && /©|\(c\)\s*\d|copyright/i.test(text));
  return {
    title: clip(document.title, 500),
    siteNames: [meta('meta[property="og:site_name"]'), meta('meta[name="application-name"]')].filter((name) => name !== ''),
    lang: clip(document.documentElement?.getAttribute('lang'), 35),
    copyright: clip(rights, 200),
    blocks: [...document.querySelectorAll('script[type="application/ld+json" i]')]
      .slice(0, 20)
      .map((script) => script.textContent ?? '')
      .filter((block) => block.length <= 100_000),
    mails: links('mailto'),
    phones: links('tel'),
    selection: clip(String(globalThis.getSelection?.() ?? ''), 2000),
  };
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most;
const isList = (value: unknown, most: number, isOne: (one: unknown) => boolean) =>
  Array.isArray(value) && value.length <= most && value.every(isOne);

function isLink(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { href, text, near } = value as Record<string, unknown>;
  return isText(href, 500) && isText(text, 300) && isText(near, 400);
}

/** Whether a value came out of a page in the form and size that `readPage` gives: everything that crosses from a page is checked. */
export function isPageText(value: unknown): value is PageText {
  if (typeof value !== 'object' || value === null) return false;
  const { title, siteNames, lang, copyright, blocks, mails, phones, selection } = value as Record<string, unknown>;
  return (
    [isText(title, 500), isText(lang, 35), isText(copyright, 200), isText(selection, 2000)].every(Boolean) &&
    isList(siteNames, 2, (one) => isText(one, 500)) &&
    isList(blocks, 20, (one) => isText(one, 100_000)) &&
    isList(mails, 40, isLink) &&
    isList(phones, 40, isLink)
  );
}
