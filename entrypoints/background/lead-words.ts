import { i18n } from '#i18n';
import type { BasisWords } from '@/lib/privacy/legal-basis';
import type { NoticeWords } from '@/lib/privacy/notice';
import { BALANCING_ITEMS, type BalancingItem, type BasisKind } from '@/lib/shared/person-basis';

/** Article and name of each basis. */
export function basisArticles(): Record<BasisKind, string> {
  return {
    consent: i18n.t('basis.consent.note'),
    contract: i18n.t('basis.contract.note'),
    'legitimate-interest': i18n.t('basis.legitimateInterest.note'),
    'legal-obligation': i18n.t('basis.legalObligation.note'),
  };
}

/** The words of the block that is written into the record. */
export function basisWords(): BasisWords {
  return {
    mark: i18n.t('basis.title'),
    articles: basisArticles(),
    recorded: i18n.t('basis.note.recorded'),
    reason: i18n.t('basis.note.reason'),
    source: i18n.t('basis.note.source'),
    given: i18n.t('basis.note.given'),
    ways: {
      form: i18n.t('basis.ways.form'),
      email: i18n.t('basis.ways.email'),
      phone: i18n.t('basis.ways.phone'),
      'in-person': i18n.t('basis.ways.inPerson'),
      paper: i18n.t('basis.ways.paper'),
    },
    purpose: i18n.t('basis.note.purpose'),
    version: ({ version, hash }, owner) => i18n.t('basis.note.version', { number: String(version), hash, owner }),
    items: Object.fromEntries(BALANCING_ITEMS.map((item) => [item, i18n.t(`basis.item.${item}`)])) as Record<
      BalancingItem,
      string
    >,
    yes: i18n.t('basis.yes'),
    no: i18n.t('basis.no'),
    outcome: i18n.t('basis.note.outcome'),
    proceed: i18n.t('basis.note.proceed'),
    overridden: i18n.t('basis.note.overridden'),
    informBy: i18n.t('basis.note.informBy'),
  };
}

/** The words of the Task by which a person is told. */
export function noticeWords(): NoticeWords {
  return {
    subject: (name) => i18n.t('notice.subject', { name }),
    intro: (due) => i18n.t('notice.intro', { due }),
    controller: i18n.t('notice.controller'),
    purpose: i18n.t('notice.purpose'),
    basis: i18n.t('notice.basis'),
    interest: i18n.t('notice.interest'),
    categories: i18n.t('notice.categories'),
    source: i18n.t('notice.source'),
    rights: i18n.t('notice.rights'),
    blank: i18n.t('notice.blank'),
  };
}
