import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { numbersIn, textOf } from '@/lib/matching/suffix-list/numbers-text';
import { packedModule, packedSuffixList, type Trie } from '@/lib/matching/suffix-list/resolve-plugin';

const FOLDER = dirname(createRequire(import.meta.url).resolve('tldts/package.json'));
const TRIE = join(FOLDER, 'dist', 'es6', 'src', 'data', 'trie.js');

/** What a module made by the plugin exports, without its import. */
function exportsOf(module: string): Trie {
  const names = [...module.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
  const body = module.replace(/^import .*$/m, '').replaceAll(/^export /gm, '');
  return new Function('numbersIn', `${body}\nreturn { ${names.join(', ')} };`)(numbersIn);
}

describe('the Public Suffix List of the build', () => {
  it('is the one of tldts, number by number and label by label', async () => {
    const own = (await import(pathToFileURL(TRIE).href)) as Trie;
    const packed = exportsOf(packedModule(own));
    expect(Object.keys(packed).sort()).toEqual(Object.keys(own).sort());
    for (const [name, value] of Object.entries(own)) {
      const there = packed[name as keyof Trie];
      if (typeof value === 'object') expect(Array.from(there as Uint16Array), name).toEqual(Array.from(value as Uint16Array));
      else expect(there, name).toBe(value);
    }
  });

  it('takes the place of the file in which tldts has it, and of no other', async () => {
    const { load } = packedSuffixList();
    if (typeof load !== 'function') throw new Error('no load');
    const loaded = await load.call({} as never, TRIE.replaceAll('\\', '/'));
    expect(String(loaded).length).toBeLessThan(readFileSync(TRIE, 'utf8').length - 40_000);
    expect(await load.call({} as never, join(FOLDER, 'dist', 'es6', 'index.js'))).toBeNull();
  });

  it.each([-1, 8001, 0.5, Number.NaN])('has no letter for %d', (number) => {
    expect(() => textOf([number])).toThrow(RangeError);
  });
});
