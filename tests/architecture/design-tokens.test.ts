import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './layers';

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const THEME = read('components', 'ui', 'theme.css');

/** The mark is the product's own picture: the same in every scheme. */
const MARK = join('components', 'ui', 'Mark.tsx');

/** A colour, or a size of type or of a corner, that stands in a view itself. */
const OWN =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|\b(?:text|bg|ring|fill|stroke|shadow|tracking|leading|rounded(?:-[a-z]+)?)-\[/gi;

const ownLooks = (text: string) => text.match(OWN) ?? [];

function views(): string[] {
  return ['components', 'entrypoints'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:tsx|html|css)$/.test(path))
      .map((path) => join(folder, path)),
  );
}

/** The value of a token in the block that begins with `head`. */
function tokens(head: string): Map<string, string> {
  const block = THEME.slice(THEME.indexOf(head)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

const LIGHT = tokens(':root {');
const DARK = tokens('@media (prefers-color-scheme: dark)');

describe('the design system', () => {
  it('is the only place of colours, sizes of type and corners', () => {
    const files = views().filter((path) => path !== MARK && !path.endsWith('theme.css'));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((path) => ownLooks(read(path)).map((own) => `${path}: ${own}`))).toEqual([]);
  });

  it.each([
    '<p style={{ color: "#f00" }}>',
    'className="text-[13px]"',
    'className="bg-[rgb(0,0,0)]"',
    'className="rounded-[5px]"',
  ])('sees %s', (planted) => {
    expect(ownLooks(planted)).not.toEqual([]);
  });

  it('gives every colour a dark value, too', () => {
    expect([...LIGHT.keys()].filter((name) => name !== 'color-scheme' && !DARK.has(name))).toEqual([]);
  });

  it('is what the tab in pages is drawn with, where no style sheet of ours reaches', () => {
    const pairs = [...read('lib', 'overlay', 'host-sheet.ts').matchAll(/light-dark\((#[0-9a-f]+),(#[0-9a-f]+)\)/g)];
    const long = (colour: string) => (colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour);
    const known = [...LIGHT].map(([name, light]) => `${light} ${DARK.get(name)}`);
    // Shadows and lines over somebody else's page are see-through, as no token is.
    const solid = pairs
      .map(([, light = '', dark = '']) => [long(light), long(dark)] as const)
      .filter(([light]) => light.length === 7);
    expect(solid.length).toBeGreaterThan(3);
    expect(solid.map((pair) => pair.join(' ')).filter((pair) => !known.includes(pair))).toEqual([]);
  });
});
