import { i18n } from '#i18n';
import type { BasisWords } from '@/lib/privacy/legal-basis';

/** The words of the block that is written into the record. */
export function basisWords(): BasisWords {
  return {
    mark: i18n.t('basis.title'),
    articles: {
      consent: i18n.t('basis.consent.note'),
      contract: i18n.t('basis.contract.note'),
      'legitimate-interest': i18n.t('basis.legitimateInterest.note'),
    },
    recorded: i18n.t('basis.note.recorded'),
    reason: i18n.t('basis.note.reason'),
    source: i18n.t('basis.note.source'),
  };
}
