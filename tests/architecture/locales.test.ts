import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessagesText } from '@wxt-dev/i18n/build';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './layers';
import { FIRST, localeFaults, readLocales, unusedKeys } from './locales';

const locales = await readLocales();
const first = locales.get(FIRST) ?? [];
const others = [...locales].filter(([language]) => language !== FIRST);
const yaml = (text: string) => parseMessagesText(text, 'YAML');

describe('the languages', () => {
  it('are English and German', () => {
    expect([...locales.keys()].sort()).toEqual(['de', 'en']);
    expect(first.length).toBeGreaterThan(500);
  });

  it.each(others)('%s says all that English says, with the same placeholders and plural forms', (_, messages) => {
    expect(localeFaults(messages, first)).toEqual([]);
  });

  it.each([...locales])('%s says what language it is, and its direction', (language, messages) => {
    const textOf = (key: string) =>
      messages.flatMap((one) => (one.key.join('.') === key && 'message' in one ? [one.message] : []));
    expect(textOf('language')).toEqual([language]);
    expect(textOf('direction')).toEqual(['ltr']);
  });

  it('hold nothing that nobody asks for', () => {
    // The overlay's script has no i18n library, and asks the browser.
    const asked = ['overlay.tab', 'overlay.refused'];
    const sources = sourceFiles(ROOT).map(({ text }) => text);
    const config = readFileSync(join(ROOT, 'wxt.config.ts'), 'utf8');
    const unused = unusedKeys(first, [...sources, config]).filter((key) => !key.startsWith('error.') && !asked.includes(key));
    expect(unused).toEqual([]);
  });
});

describe('a language', () => {
  const english = yaml('open: Open {name} in $1\nfound:\n  1: 1 account\n  n: $1 accounts\nsay: Press the button again');
  const whole = 'open: "{name} in $1 öffnen"\nfound:\n  1: 1 Account\n  n: $1 Accounts\nsay: Klicken Sie noch einmal';
  const faultsWith = (change: (text: string) => string) => localeFaults(yaml(change(whole)), english);

  it('is accepted when it is whole', () => {
    expect(faultsWith((text) => text)).toEqual([]);
  });

  it.each([
    ['lacks a key', (text: string) => text.replace(/say: .*/, ''), 'say is missing'],
    ['has one too many', (text: string) => `${text}\nmore: Mehr`, 'more is one too many'],
    ['lacks a placeholder', (text: string) => text.replace(' in $1', ''), 'open has "{name}", not "$1 {name}"'],
    [
      'calls a placeholder something else',
      (text: string) => text.replace('{name}', '{nam}'),
      'open has "$1 {nam}", not "$1 {name}"',
    ],
    ['lacks a plural form', (text: string) => text.replace('  1: 1 Account\n', ''), 'found has the plural forms "n", not "1 n"'],
    [
      'has a sentence in English',
      (text: string) => text.replace(/say: .*/, 'say: Press the button again'),
      'say is not translated',
    ],
    ['has a text that looks like two', (text: string) => `${text} | und noch einmal`, 'say has a bar between spaces'],
    ['has an empty text', (text: string) => text.replace(/say: .*/, 'say: ""'), 'say is empty, or has a space at an end'],
  ])('is refused when it %s', (_, change, fault) => {
    expect(faultsWith(change)).toContain(fault);
  });
});
