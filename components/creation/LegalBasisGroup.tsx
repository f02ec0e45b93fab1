import { useId } from 'react';
import { i18n } from '#i18n';
import { LEGAL_BASES, type LegalBasisKind } from '@/lib/messaging/protocol';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';

interface Props {
  basis: LegalBasisKind | null;
  reason: string;
  onBasis: (basis: LegalBasisKind) => void;
  onReason: (reason: string) => void;
  basisError: string | undefined;
  reasonError: string | undefined;
}

/** The key of its texts: message keys cannot hold a hyphen. */
const KINDS = {
  consent: 'consent',
  contract: 'contract',
  'legitimate-interest': 'legitimateInterest',
} as const satisfies Record<LegalBasisKind, string>;

/** Why this person may be stored. Nothing is preselected: a default would be a decision nobody took. */
export function LegalBasisGroup({ basis, reason, onBasis, onReason, basisError, reasonError }: Props) {
  const errorId = useId();
  const needsReason = basis === 'legitimate-interest';
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-muted">
        {i18n.t('basis.title')}
        <span aria-hidden="true" className="text-danger">
          {' *'}
        </span>
      </legend>
      <div className={cx(CHOICES_LOOK, basisError && 'border-danger')}>
        {LEGAL_BASES.map((kind) => (
          <Choice
            key={kind}
            name="legal-basis"
            value={kind}
            checked={basis === kind}
            onChoose={() => onBasis(kind)}
            title={i18n.t(`basis.${KINDS[kind]}.title`)}
            aside={i18n.t(`basis.${KINDS[kind]}.article`)}
            description={i18n.t(`basis.${KINDS[kind]}.text`)}
            invalid={basisError !== undefined}
            describedBy={basisError ? errorId : undefined}
          />
        ))}
      </div>
      {basisError && (
        <p id={errorId} className="mt-1 text-sm text-danger">
          {basisError}
        </p>
      )}
      {basis !== null && (
        <Labelled
          className="mt-3"
          label={i18n.t(needsReason ? 'basis.reason' : 'basis.reasonOptional')}
          required={needsReason}
          error={reasonError}
          hint={i18n.t(needsReason ? 'basis.reasonHint' : 'basis.noteHint')}
        >
          {(wiring) => (
            <textarea
              {...wiring}
              name="legal-basis-reason"
              rows={2}
              maxLength={1000}
              value={reason}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onReason(event.target.value)}
              className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
            />
          )}
        </Labelled>
      )}
    </fieldset>
  );
}
