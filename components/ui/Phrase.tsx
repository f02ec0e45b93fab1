import { Fragment, type ReactNode } from 'react';

/** Placeholders that stay in the text, for `Phrase` to fill with elements: `i18n.t('x', slots('name'))`. */
export function slots<K extends string>(...names: K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, `{${name}}`])) as Record<K, string>;
}

interface Props {
  text: string;
  parts: Record<string, ReactNode>;
}

/** A translated sentence with elements in it, in the order the language wants. */
export function Phrase({ text, parts }: Props) {
  return (
    text
      .split(/\{(\w+)\}/)
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never move
      .map((piece, index) => <Fragment key={index}>{index % 2 === 0 ? piece : parts[piece]}</Fragment>)
  );
}
