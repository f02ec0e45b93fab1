import { i18n } from '#i18n';
import { type ErrorCode, toAppError } from '@/lib/shared/errors';

type KeyOf<Code extends string> = Code extends `${infer Head}.${infer Rest}`
  ? `${Head}_${KeyOf<Rest>}`
  : Code extends `${infer Head}-${infer Rest}`
    ? `${Head}_${KeyOf<Rest>}`
    : Code;

/** The sentence that tells the user what to do about `code`. Message names may hold neither dots nor dashes. */
export function sentenceFor(code: ErrorCode): string {
  return i18n.t(`error.${code.replace(/[.-]/g, '_') as KeyOf<ErrorCode>}`);
}

/**
 * What the user reads about `error`. A code of another version of Sidelight has no message here and gets the general sentence; that
 * is told by the message, since the table of codes would not fit into the sidebar.
 */
export function sentenceOf(error: unknown): string {
  return sentenceFor(toAppError(error).code) || sentenceFor('unexpected');
}
