import { readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from './layers.ts';

/** Fails when a part of the built extension is larger than the design allows. Sizes minified, not zipped. */
const BUILD = join(ROOT, '.output', 'chrome-mv3');
const KB = 1000;

/** The scripts that a page of the extension loads: those it names, and all that they import. */
function scriptsOf(page: string): string[] {
  const html = readFileSync(join(BUILD, page), 'utf8');
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(join(BUILD, path), 'utf8');
    for (const [, specifier] of code.matchAll(/(?:from|import)\s*\(?["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
      visit(normalize(join(dirname(path), specifier ?? '')));
    }
  };
  for (const [, path] of html.matchAll(/<script[^>]*src="\/([^"]+\.js)"/g)) visit(path ?? '');
  return [...found];
}

const LIMITS = [
  { what: 'content script', limit: 6 * KB, files: ['overlay.js'] },
  { what: 'overlay where a site matches', limit: 12 * KB, files: ['overlay-tab.js'] },
  { what: 'background', limit: 750 * KB, files: ['background.js'] },
  { what: 'sidebar', limit: 300 * KB, files: scriptsOf('sidebar.html') },
];

let failed = false;
for (const { what, limit, files } of LIMITS) {
  const size = files.reduce((sum, path) => sum + statSync(join(BUILD, path)).size, 0);
  const holds = files.length > 0 && size <= limit;
  failed ||= !holds;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${(size / KB).toFixed(1)} KB of ${limit / KB} KB (${files.length} files)`);
}
process.exit(failed ? 1 : 0);
