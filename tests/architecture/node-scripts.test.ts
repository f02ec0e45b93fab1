import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import scripts from '../../package.json' with { type: 'json' };
import { importsOf, ROOT } from './layers';

/** What the scripts of package.json start with Node itself, which knows no alias and adds no ending. */
const ENTRIES = Object.values(scripts.scripts).flatMap((script) =>
  [...script.matchAll(/\bnode (tests\/\S+\.ts)/g)].map(([, entry]) => entry ?? ''),
);

/** The imports by which Node fails to start `path` (absolute) or what it brings along, one line each. */
function faultsOf(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  return importsOf(readFileSync(path, 'utf8')).flatMap(({ specifier, typeOnly }) => {
    if (typeOnly || specifier.endsWith('.json')) return [];
    const found = join(dirname(path), specifier);
    if (specifier.startsWith('.') && existsSync(found)) return faultsOf(found, seen);
    return /^(?:[.#]|@\/)/.test(specifier) ? [`${relative(ROOT, path)} imports ${specifier}`] : [];
  });
}

describe('a script of package.json that Node starts', () => {
  it('is there', () => {
    expect(ENTRIES).toEqual(expect.arrayContaining(['tests/demo/main.ts', 'tests/bench/main.ts', 'tests/gallery/run.ts']));
  });

  it.each(ENTRIES)('%s finds all that it imports', (entry) => {
    expect(faultsOf(join(ROOT, entry))).toEqual([]);
  });
});
