import { i18n } from '#i18n';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { sentenceFor } from '../ui/sentence';
import type { LostChoiceCode } from './health';

interface Props {
  code: LostChoiceCode;
  /** Opens what is to be copied, to be chosen again. */
  onChoose: () => void;
}

/** Only the user can say again what he had decided: one sentence, and the one button that leads there. */
export function LostChoice({ code, onChoose }: Props) {
  return (
    <Notice
      tone="warn"
      actions={
        code === 'decisions.damaged' ? (
          <ResetDecisions />
        ) : (
          <Button look="primary" onClick={onChoose}>
            {i18n.t('selection.again')}
          </Button>
        )
      }
    >
      <p>{sentenceFor(code)}</p>
    </Notice>
  );
}

/** Forgets the damaged decisions; from then on sites are looked up again. */
export function ResetDecisions() {
  const reset = useAction('decisions.reset');
  return (
    <>
      <Button look="primary" busy={reset.isPending} onClick={() => reset.mutate({})}>
        {i18n.t('decisions.reset')}
      </Button>
      {reset.error && <ErrorNotice error={reset.error} />}
    </>
  );
}
