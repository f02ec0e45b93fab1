import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '@/lib/shared/errors';
import { ROOT } from '../architecture/layers.ts';

const [, section = ''] = readFileSync(join(ROOT, 'locales', 'en.yml'), 'utf8').split(/^error:$/m);

/** The English sentence of a code, read from the locale itself; undefined when it has none. */
export function englishSentence(code: ErrorCode): string | undefined {
  const [, text] = new RegExp(`^ {2}${code.replace(/[.-]/g, '_')}: (".*")$`, 'm').exec(section) ?? [];
  return text === undefined ? undefined : JSON.parse(text);
}

/** The same for a code that must have one. */
export function sentenceFor(code: ErrorCode): string {
  const sentence = englishSentence(code);
  if (sentence === undefined) throw new Error(`${code} has no sentence`);
  return sentence;
}

/** The codes that the locale has a sentence for, in its own spelling. */
export const SENTENCE_KEYS = [...section.matchAll(/^ {2}(\w+): "/gm)].map(([, key]) => key);
