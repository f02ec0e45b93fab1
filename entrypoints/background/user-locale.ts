import { i18n } from '#i18n';

/**
 * In whose way numbers and dates are read: the browser's locale when it speaks the language of our texts, else that language.
 * The same as the views write them in.
 */
export function userLocale(): string {
  const texts = i18n.t('language');
  const own = navigator.language;
  return own.toLowerCase().startsWith(texts.toLowerCase()) ? own : texts;
}
