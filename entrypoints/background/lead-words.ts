import { i18n } from '#i18n';
import type { BasisWords } from '@/lib/privacy/legal-basis';

/** What is said above the form when it is not about one field. */
export function formSentence(problem: 'no-reason' | 'no-description'): string {
  return i18n.t(problem === 'no-reason' ? 'basis.reasonMissing' : 'basis.noDescription');
}

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
