import { i18n } from '#i18n';
import type { FieldProblem } from '@/lib/creation/lead-form';
import type { BasisWords } from '@/lib/privacy/legal-basis';

function fieldSentence(problem: FieldProblem): string {
  if (problem.kind === 'too-long') return i18n.t('lead.atMost', problem.most);
  return i18n.t(problem.kind === 'required' ? 'lead.required' : 'lead.notANumber');
}

/** What is said beside the fields of a new Lead that cannot be sent. */
export function fieldSentences(problems: Record<string, FieldProblem>): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, fieldSentence(problem)]));
}

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
