import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { textOf } from './numbers-text';

/** What tldts 7.5 keeps of the Public Suffix List: the nodes and edges of a trie in typed arrays, and the labels as one text. */
export interface Trie {
  nodeFlags: Uint8Array;
  edgeStart: Uint16Array;
  edgeLength: Uint8Array;
  edgeChild: Uint16Array;
  labelText: string;
  rulesRoot: number;
  exceptionsRoot: number;
}

const NUMBERS = ['nodeFlags', 'edgeLength', 'edgeChild'] as const;
const READ_BY = fileURLToPath(new URL('./numbers-text.ts', import.meta.url));

/** A module with the same exports, in which the numbers are texts of a letter each: half as many bytes. Pure. */
export function packedModule(trie: Trie): string {
  // What it is that grows is told by how much, which is a small number nearly everywhere.
  const steps = Array.from(trie.edgeStart, (start, node) => start - (node === 0 ? 0 : (trie.edgeStart[node - 1] ?? 0)));
  return [
    `import { numbersIn } from ${JSON.stringify(READ_BY)};`,
    ...NUMBERS.map((name) => `export const ${name} = numbersIn(${JSON.stringify(textOf(trie[name]))});`),
    'let start = 0;',
    `export const edgeStart = numbersIn(${JSON.stringify(textOf(steps))}).map((step) => (start += step));`,
    `export const labelText = ${JSON.stringify(trie.labelText)};`,
    `export const rulesRoot = ${trie.rulesRoot};`,
    `export const exceptionsRoot = ${trie.exceptionsRoot};`,
  ].join('\n');
}

/** Puts the packed trie into the build in the place of tldts' own, which writes its 22,000 numbers out in decimals. */
export function packedSuffixList(): Plugin {
  return {
    name: 'sidelight:packed-suffix-list',
    enforce: 'pre',
    async load(id) {
      if (!/\/node_modules\/tldts\/dist\/es6\/src\/data\/trie\.js$/.test(id)) return null;
      return packedModule((await import(pathToFileURL(id).href)) as Trie);
    },
  };
}
