import { useId } from 'react';
import { i18n } from '#i18n';
import type { BasisKind, BasisOffer } from '@/lib/shared/person-basis';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { BalancingTest } from './BalancingTest';
import type { BasisDraft, BasisProblem } from './basis-draft';
import { ConsentDetails } from './ConsentDetails';

interface Props {
  offer: BasisOffer;
  basis: BasisDraft;
  onBasis: (basis: BasisDraft) => void;
  /** What is missing, once it was tried to send. */
  problem: BasisProblem | undefined;
}

/** The key of its texts: message keys cannot hold a hyphen. */
const KINDS = {
  consent: 'consent',
  contract: 'contract',
  'legitimate-interest': 'legitimateInterest',
  'legal-obligation': 'legalObligation',
} as const satisfies Record<BasisKind, string>;

/** Why this person may be stored. Nothing is preselected: a default would be a decision nobody took. */
export function BasisChoice({ offer, basis, onBasis, problem }: Props) {
  const errorId = useId();
  const isMissing = problem === 'no-basis';
  const choose = (kind: BasisKind) =>
    // The day is what the form is filled in on as a rule, and can be changed; how somebody agreed is never guessed.
    onBasis({ ...basis, kind, givenOn: kind === 'consent' && basis.givenOn === '' ? offer.today : basis.givenOn });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-muted">
        {i18n.t('basis.title')}
        <span aria-hidden="true" className="text-danger">
          {' *'}
        </span>
      </legend>
      <div className={cx(CHOICES_LOOK, isMissing && 'border-danger')}>
        {offer.kinds.map((kind) => (
          <Choice
            key={kind}
            name="legal-basis"
            value={kind}
            checked={basis.kind === kind}
            onChoose={() => choose(kind)}
            title={i18n.t(`basis.${KINDS[kind]}.title`)}
            aside={i18n.t(`basis.${KINDS[kind]}.article`)}
            description={i18n.t(`basis.${KINDS[kind]}.text`)}
            invalid={isMissing || (kind === basis.kind && problem === 'template-needed')}
            describedBy={isMissing ? errorId : undefined}
          />
        ))}
      </div>
      {isMissing && (
        <p id={errorId} className="mt-1 text-sm text-danger">
          {i18n.t('basis.missing')}
        </p>
      )}
      {basis.kind === 'consent' && <ConsentDetails basis={basis} onBasis={onBasis} problem={problem} today={offer.today} />}
      {basis.kind === 'legitimate-interest' && <BalancingTest offer={offer} basis={basis} onBasis={onBasis} problem={problem} />}
      {basis.kind !== null && !(basis.kind === 'legitimate-interest' && (offer.template || offer.isTemplateRequired)) && (
        <NoteField basis={basis} onBasis={onBasis} problem={problem} />
      )}
    </fieldset>
  );
}

function noteProblem(problem: BasisProblem | undefined): string | undefined {
  if (problem === 'no-words') return i18n.t('basis.problem.words');
  return problem === 'no-law' ? i18n.t('basis.problem.law') : undefined;
}

function NoteField({ basis, onBasis, problem }: Pick<Props, 'basis' | 'onBasis' | 'problem'>) {
  const words =
    basis.kind === 'consent'
      ? { label: i18n.t('basis.evidence'), hint: i18n.t('basis.evidenceHint') }
      : basis.kind === 'legal-obligation'
        ? { label: i18n.t('basis.law'), hint: i18n.t('basis.lawHint') }
        : basis.kind === 'legitimate-interest'
          ? { label: i18n.t('basis.reason'), hint: i18n.t('basis.reasonHint') }
          : { label: i18n.t('basis.reasonOptional'), hint: i18n.t('basis.noteHint') };
  return (
    <Labelled
      className="mt-3"
      label={words.label}
      required={basis.kind === 'legal-obligation' || basis.kind === 'legitimate-interest'}
      error={noteProblem(problem)}
      hint={words.hint}
    >
      {(wiring) => (
        <textarea
          {...wiring}
          name="legal-basis-note"
          rows={2}
          maxLength={1000}
          value={basis.note}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onBasis({ ...basis, note: event.target.value })}
          className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
        />
      )}
    </Labelled>
  );
}
