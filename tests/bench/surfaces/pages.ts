/** The five kinds of page whose loading is timed, by the path they are served at. All they need comes with them, from one host. */
const TEXT =
  'Flour, water, salt and patience: a loaf is mostly waiting, and most of what is written about it is about the part that is not. ';

const head = (title: string, more = '') => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${more}`;

/** An application that builds its page by script, as a framework does, and keeps the thread busy meanwhile. */
const APPLICATION = `
  const rows = Array.from({ length: 4000 }, (_, n) => ({ id: n, name: 'Row ' + n, value: Math.sin(n) }));
  let sum = 0;
  for (let step = 0; step < 4e6; step += 1) sum += Math.sqrt(step % 1000);
  const table = document.createElement('table');
  for (const row of rows) {
    const line = table.insertRow();
    for (const value of [row.id, row.name, row.value.toFixed(3), sum.toFixed(0)]) line.insertCell().textContent = value;
  }
  document.body.append(table);
  history.replaceState({}, '', location.href);`;

const BANNER = `
  const banner = document.createElement('div');
  banner.style.cssText = 'position:fixed;inset:auto 0 0 0;padding:24px;background:#222;color:#fff;z-index:99999';
  banner.innerHTML = 'We use cookies. <button>Accept</button> <button>Refuse</button> <button>Settings</button>';
  document.body.append(banner);`;

const PAGES = {
  'small static page': `${head('Bread')}<h1>Bread</h1><p>${TEXT}</p></html>`,
  'heavy application': `${head('Application')}<body><script>${APPLICATION}</script></html>`,
  'long article': `${head('Article')}<h1>Article</h1>${`<h2>Chapter</h2><p>${TEXT.repeat(6)}</p>`.repeat(400)}</html>`,
  'many frames': `${head('Frames')}<h1>Frames</h1>${'<iframe src="/small-static-page" width="300" height="90"></iframe>'.repeat(20)}</html>`,
  'cookie banner': `${head('Shop')}<body><h1>Shop</h1><p>${TEXT.repeat(20)}</p><script>${BANNER}</script></html>`,
} as const;

export type PageKind = keyof typeof PAGES;

export const PAGE_KINDS = Object.keys(PAGES) as readonly PageKind[];

export const pathOf = (kind: PageKind): string => `/${kind.replaceAll(' ', '-')}`;

/** The markup at a path, or undefined. */
export function pageAt(path: string): string | undefined {
  const kind = PAGE_KINDS.find((one) => pathOf(one) === path);
  return kind && PAGES[kind];
}
