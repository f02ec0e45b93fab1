import { i18n } from '#i18n';
import { SettingsPart } from './SettingsPart';

/** The browser chooses the language of an extension's texts, and nothing else can (ADR 0041). */
export function LanguagePart() {
  const language = i18n.t('language');
  return (
    <SettingsPart title={i18n.t('settings.language')} text={i18n.t('settings.languageText')}>
      <p className="font-medium">{new Intl.DisplayNames([language], { type: 'language' }).of(language)}</p>
    </SettingsPart>
  );
}
