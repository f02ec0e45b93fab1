import { Check } from 'lucide-react';
import { i18n } from '#i18n';
import type { AppError } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';

interface Props {
  crmLabel: string;
  changed: boolean;
  busy: boolean;
  /** The last change was saved, and nothing was changed since. */
  done: boolean;
  incomplete: boolean;
  error: AppError | null;
  onDiscard: () => void;
}

/** Says what saving will do before it is pressed, and that it was done after. */
export function SaveBar({ crmLabel, changed, busy, done, incomplete, error, onDiscard }: Props) {
  return (
    <div className="mt-5 border-t border-hairline pt-4">
      {error && <ErrorNotice error={error} className="mb-3" />}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="min-w-0 flex-1 basis-64 text-sm text-muted">
          {done && !changed && (
            <span className="flex items-center gap-1.5">
              <Check aria-hidden="true" className="size-3.5 shrink-0 text-good" strokeWidth={2} />
              {i18n.t('selection.saved')}
            </span>
          )}
          {incomplete && <span className="text-danger">{i18n.t('selection.correct')}</span>}
          {changed && !incomplete && i18n.t('selection.saveText', [crmLabel])}
          {!changed && !done && i18n.t('selection.unchanged', [crmLabel])}
        </p>
        <Button off={!changed || busy} onClick={onDiscard}>
          {i18n.t('selection.discard')}
        </Button>
        <Button type="submit" look="primary" busy={busy} off={!changed}>
          {i18n.t('selection.save')}
        </Button>
      </div>
    </div>
  );
}
