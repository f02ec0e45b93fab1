import { readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from './layers.ts';

/**
 * Fails when a part of the built extension is larger than the design allows. Sizes minified, not zipped. Of a page that is
 * what has to be there before anything can be seen; what it fetches later by itself is told besides.
 */
const BUILD = join(ROOT, '.output', 'chrome-mv3');
const KB = 1000;
const AT_ONCE = /(?:from|import)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g;
const LATER = /import\s*\(\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g;

interface Scripts {
  first: string[];
  later: string[];
}

/** The scripts that a page of the extension loads: those it names and all that they import, and those they ask for later. */
function scriptsOf(page: string): Scripts {
  const html = readFileSync(join(BUILD, page), 'utf8');
  const named = [...html.matchAll(/<script[^>]*src="\/([^"]+\.js)"/g)].map(([, path]) => path ?? '');
  const first = reached(named, [AT_ONCE]);
  const all = reached(named, [AT_ONCE, LATER]);
  return { first: [...first], later: [...all].filter((path) => !first.has(path)) };
}

function reached(from: readonly string[], ways: readonly RegExp[]): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(join(BUILD, path), 'utf8');
    for (const way of ways) {
      for (const [, specifier] of code.matchAll(way)) visit(normalize(join(dirname(path), specifier ?? '')));
    }
  };
  for (const path of from) visit(path);
  return found;
}

const sizeOf = (files: readonly string[]) => files.reduce((sum, path) => sum + statSync(join(BUILD, path)).size, 0);
const shown = (bytes: number) => (bytes / KB).toFixed(1);
const alone = (path: string): Scripts => ({ first: [path], later: [] });

const LIMITS = [
  { what: 'content script', limit: 6 * KB, ...alone('overlay.js') },
  { what: 'overlay where a site matches', limit: 12 * KB, ...alone('overlay-tab.js') },
  { what: 'background', limit: 750 * KB, ...alone('background.js') },
  { what: 'sidebar', limit: 300 * KB, ...scriptsOf('sidebar.html') },
];

let failed = false;
for (const { what, limit, first, later } of LIMITS) {
  const size = sizeOf(first);
  const holds = first.length > 0 && size <= limit;
  failed ||= !holds;
  const besides = later.length > 0 ? `, ${shown(sizeOf(later))} KB later` : '';
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${shown(size)} KB of ${limit / KB} KB (${first.length} files)${besides}`);
}
process.exit(failed ? 1 : 0);
