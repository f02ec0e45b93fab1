import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { ROOT } from './layers.ts';

export type Messages = Awaited<ReturnType<typeof parseMessagesFile>>;
type Message = Messages[number];

/** The language that is written first; all others follow it. */
export const FIRST = 'en';

/** What the browser itself fills in. */
const isOurs = (message: Message) => !message.key.join('.').startsWith('@@');

/** The messages of all languages in locales/, by language. */
export async function readLocales(): Promise<Map<string, Messages>> {
  const files = readdirSync(join(ROOT, 'locales')).filter((name) => name.endsWith('.yml'));
  const read = async (file: string) => [file.slice(0, -4), await parseMessagesFile(join(ROOT, 'locales', file))] as const;
  return new Map(await Promise.all(files.map(read)));
}

/** The forms of a message: one, or one for each plural form. */
const formsOf = (message: Message): string[] => (message.type === 'plural' ? Object.values(message.plurals) : [message.message]);

/** What is filled in: `$1`, `{name}` and the browser's own `%s`. */
const placeholders = (message: Message) =>
  [...new Set(formsOf(message).flatMap((form) => form.match(/\$\d|\{\w+\}|%s/g) ?? []))].sort().join(' ');

const plurals = (message: Message) => (message.type === 'plural' ? Object.keys(message.plurals).join(' ') : '');

/** Three words of some length in a row are no name that both languages share. */
const isSentence = (text: string) => /\p{L}{2,}\P{L}+\p{L}{2,}\P{L}+\p{L}{2,}/u.test(text);

function faultsOf(message: Message, first: Message): string[] {
  const found: string[] = [];
  if (placeholders(message) !== placeholders(first)) found.push(`has "${placeholders(message)}", not "${placeholders(first)}"`);
  if (plurals(message) !== plurals(first)) found.push(`has the plural forms "${plurals(message)}", not "${plurals(first)}"`);
  for (const form of formsOf(message)) {
    if (form.trim() === '' || form !== form.trim()) found.push('is empty, or has a space at an end');
    // The library keeps plural forms in one text, with this between them.
    if (form.includes(' | ')) found.push('has a bar between spaces');
    if (isSentence(form) && formsOf(first).includes(form)) found.push('is not translated');
  }
  return found;
}

/** Where `messages` is not the same set of messages as `first`, one sentence each. */
export function localeFaults(messages: Messages, first: Messages): string[] {
  const byKey = (all: Messages) => new Map(all.filter(isOurs).map((message) => [message.key.join('.'), message]));
  const [here, there] = [byKey(messages), byKey(first)];
  return [
    ...[...there.keys()].filter((key) => !here.has(key)).map((key) => `${key} is missing`),
    ...[...here].flatMap(([key, message]) => {
      const other = there.get(key);
      return other ? faultsOf(message, other).map((fault) => `${key} ${fault}`) : [`${key} is one too many`];
    }),
  ];
}

/** Messages that no source file asks for: neither by their key nor by the beginning of it (`live.fresh.${x}`). */
export function unusedKeys(messages: Messages, sources: readonly string[]): string[] {
  const all = sources.join('\n');
  const begins = [...all.matchAll(/[`'"](?:([\w.]+)\.)?\$\{/g)].flatMap(([, begin]) => begin ?? []);
  const isAsked = (key: string) => {
    if (all.includes(`'${key}'`) || all.includes(`__MSG_${key.replaceAll('.', '_')}__`)) return true;
    return begins.some((begin) => key.startsWith(`${begin}.`));
  };
  return messages.filter(isOurs).flatMap(({ key }) => (isAsked(key.join('.')) ? [] : [key.join('.')]));
}
