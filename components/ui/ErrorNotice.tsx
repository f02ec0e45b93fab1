import { i18n } from '#i18n';
import { Button } from './Button';
import { Notice } from './Notice';
import { sentenceOf } from './sentence';

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
