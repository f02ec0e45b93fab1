import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './layers.ts';

/** Fails when a part of the built extension is larger than the design allows. Sizes in bytes, minified, not zipped. */
const BUILD = join(ROOT, '.output', 'chrome-mv3');
const KB = 1000;

const LIMITS = [
  { what: 'content script', limit: 6 * KB, match: (path: string) => path === 'overlay.js' },
  { what: 'background', limit: 750 * KB, match: (path: string) => path === 'background.js' },
  { what: 'sidebar', limit: 300 * KB, match: (path: string) => isScriptOf(path, 'sidebar') },
];

/** The sidebar loads its own chunk and those it shares with the other views, not theirs. */
function isScriptOf(path: string, view: string): boolean {
  const others = ['popup', 'options', 'sidebar'].filter((name) => name !== view);
  return path.startsWith('chunks') && path.endsWith('.js') && !others.some((name) => path.includes(`${name}-`));
}

const files = readdirSync(BUILD, { recursive: true, encoding: 'utf8' });
let failed = false;
for (const { what, limit, match } of LIMITS) {
  const matched = files.filter(match);
  const size = matched.reduce((sum, path) => sum + statSync(join(BUILD, path)).size, 0);
  const holds = matched.length > 0 && size <= limit;
  failed ||= !holds;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${(size / KB).toFixed(1)} KB of ${limit / KB} KB (${matched.length} files)`);
}
process.exit(failed ? 1 : 0);
