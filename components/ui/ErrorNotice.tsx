import { i18n } from '#i18n';
import { isErrorCode, sentenceFor, toAppError } from '@/lib/shared/errors';
import { Button } from './Button';
import { Notice } from './Notice';

/** What the user reads about `error`. A code of another version of Sidelight gets the general sentence. */
export function sentenceOf(error: unknown): string {
  const { code } = toAppError(error);
  return sentenceFor(isErrorCode(code) ? code : 'unexpected');
}

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
  urgent?: boolean;
  className?: string;
}

export function ErrorNotice({ error, onRetry, urgent = true, className }: Props) {
  return (
    <Notice
      tone="danger"
      urgent={urgent}
      {...(className === undefined ? {} : { className })}
      actions={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {i18n.t('common.retry')}
          </Button>
        )
      }
    >
      <p>{sentenceOf(error)}</p>
    </Notice>
  );
}
