import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './layers';
import { literalWords, physicalSides } from './words';

const views = sourceFiles(ROOT).filter(({ path }) => /^(?:components|entrypoints)\//.test(path));

describe('the words of the extension', () => {
  it('all stand in locales/, none in the source', () => {
    expect(sourceFiles(ROOT).flatMap(literalWords)).toEqual([]);
  });

  it.each([
    ['a text', '<p>Press here</p>'],
    ['a text in braces', "<p>{'Press here'}</p>"],
    ['one of two texts', "<p>{open ? 'Close' : 'Open'}</p>"],
    ['a text that is there at times', "<p>{open && 'Press here'}</p>"],
    ['a name for screen readers', '<button aria-label="Close">x</button>'],
    ['a tooltip', '<button title="Close" />'],
    ['a placeholder', '<input placeholder="Your name" />'],
    ['a text with a value in it', '<p>{`$' + '{count} accounts`}</p>'],
    ['a sentence outside of any element', "say('The copy is damaged. Sync again.')"],
    ['a sentence with a value in it', 'say(`Use at most $' + '{count} characters.`)'],
  ])('may not be %s in a view', (_, text) => {
    expect(literalWords({ path: 'components/planted.tsx', text: `export const a = () => ${text};` })).not.toEqual([]);
  });

  it.each([
    ['a message', "<p>{i18n.t('common.close')}</p>"],
    ['a class', '<p className="flex items-center" />'],
    ['a key of the keyboard', '<kbd>Alt</kbd>'],
    ['code', '<code>refresh_token</code>'],
    ['an address', '<input placeholder="acme.my.salesforce.com" />'],
    ['a sign between two messages', "<p>{a}{' · '}{b}</p>"],
  ])('may be %s', (_, text) => {
    expect(literalWords({ path: 'components/planted.tsx', text: `export const a = () => ${text};` })).toEqual([]);
  });
});

describe('left and right', () => {
  it('are named by no view, so that each can be turned around', () => {
    const theme = 'components/ui/theme.css';
    const files = [...views, { path: theme, text: readFileSync(join(ROOT, theme), 'utf8') }];
    expect(files.flatMap(physicalSides)).toEqual([]);
  });

  it.each([
    'ml-2',
    '-mr-1',
    'pl-4',
    'left-0',
    'hover:right-2',
    'text-left',
    'border-l',
    'border-r-transparent',
    'rounded-tl-md',
    'rounded-r',
    'bg-linear-to-r',
  ])('are found in the class %s', (name) => {
    expect(physicalSides({ path: 'components/planted.tsx', text: `<p className="flex ${name} gap-2" />` })).toHaveLength(1);
  });

  it.each([
    'ms-2',
    '-me-1',
    'start-0',
    'text-start',
    'border-s',
    'rounded-lg',
    'rounded-ss-md',
    'bg-raised',
    'inset-x-2',
    'border-red',
  ])('are not in the class %s', (name) => {
    expect(physicalSides({ path: 'components/planted.tsx', text: `<p className="flex ${name}" />` })).toEqual([]);
  });

  it('are not left to the direction of a text from the CRM', () => {
    const text = '<CrmText text={name} className="ms-auto truncate" />';
    expect(physicalSides({ path: 'components/planted.tsx', text })).toHaveLength(1);
  });

  it('are found in the style sheet', () => {
    expect(physicalSides({ path: 'a.css', text: '.a { margin-left: 1px; left: 0; text-align: right; }' })).toHaveLength(3);
  });
});
