import { i18n } from '#i18n';
import type { FieldProblem } from '@/lib/creation/record-values';

/** Keys of the sentences: a message key cannot hold a hyphen. */
const KEYS = {
  required: 'required',
  'not-a-number': 'notANumber',
  'not-a-date': 'notADate',
  'not-a-moment': 'notAMoment',
  'not-an-email': 'notAnEmail',
  'not-an-option': 'notAnOption',
  'not-a-record': 'notARecord',
} as const;

/** What is said beside a field whose text cannot be sent. */
export function problemSentence(problem: FieldProblem): string {
  switch (problem.kind) {
    case 'too-long':
      return i18n.t('form.problem.atMost', problem.most);
    case 'too-many-decimals':
      return problem.most === 0 ? i18n.t('form.problem.noDecimals') : i18n.t('form.problem.decimals', problem.most);
    case 'too-many-digits':
      return i18n.t('form.problem.digits', problem.most);
    default:
      return i18n.t(`form.problem.${KEYS[problem.kind]}`);
  }
}

/** The same for each field of a form, by name. */
export function problemSentences(problems: Record<string, FieldProblem>): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, problemSentence(problem)]));
}
