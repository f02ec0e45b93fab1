import { useState } from 'react';
import { i18n } from '#i18n';
import type { DuplicateChoice, FormDraft, OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { AppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { useNow } from '../hooks/use-now';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { formatAgo } from '../ui/format';
import { RecordLink } from '../ui/RecordLink';
import { sentenceOf } from '../ui/sentence';
import { readable } from '../ui/text';
import { OutboxNeedView } from './OutboxNeedView';

interface Props {
  entry: OutboxEntryView;
  onEdit: (draft: FormDraft, name: string) => void;
}

/** One record on its way: where it stands, in words, and what can be done with it. */
export function OutboxRow({ entry, onEdit }: Props) {
  const now = useNow();
  const [dropping, setDropping] = useState(false);
  const retry = useAction('outbox.retry', { again: true });
  const edit = useAction('outbox.edit');
  const drop = useAction('outbox.drop', { again: true });
  const undo = useAction('outbox.undo', { again: true });
  const one = { connectionId: entry.connectionId, id: entry.id };
  const busy = retry.isPending || edit.isPending || drop.isPending || undo.isPending;
  const failure = retry.error ?? edit.error ?? drop.error ?? undo.error;
  const name = entry.label === '' ? i18n.t('outbox.unnamed') : entry.label;
  // What is read begins with what is seen, so that whoever speaks to their computer can press it (WCAG 2.5.3).
  const spoken = (action: string) => i18n.t('outbox.named', { action, name: readable(name) });
  const retryText = i18n.t(entry.state === 'unclear' ? 'outbox.sendAgain' : 'outbox.retry');
  const again = (duplicates: DuplicateChoice = 'ask') => retry.mutate({ ...one, duplicates });
  const isChoice = entry.needs?.kind === 'duplicates' || entry.needs?.kind === 'conflict';
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-center gap-2">
        {entry.result ? (
          <RecordLink url={entry.result.url} text={name} className="min-w-0 flex-1 truncate font-medium text-accent" />
        ) : (
          <CrmText text={name} className="min-w-0 flex-1 truncate font-medium" />
        )}
        <Badge>{i18n.t(`form.object.${entry.object}`)}</Badge>
      </div>
      <p className={entry.state === 'needs-you' || entry.state === 'unclear' ? 'text-sm text-warn' : 'text-sm text-muted'}>
        {stateText(entry)}
        {entry.until !== null &&
          Date.parse(entry.until) > now &&
          ` · ${i18n.t('outbox.tryAt', { time: formatAgo(entry.until, now) })}`}
      </p>
      <Why entry={entry} />
      {entry.needs && <OutboxNeedView needs={entry.needs} object={entry.object} busy={busy} onChoose={again} />}
      {failure && <ErrorNotice error={failure} className="mt-2" />}
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {entry.can.includes('undo') && (
          <Button size="small" busy={busy} aria-label={spoken(i18n.t('outbox.undo'))} onClick={() => undo.mutate(one)}>
            {i18n.t('outbox.undo')}
          </Button>
        )}
        {entry.can.includes('edit') && (
          <Button
            size="small"
            busy={busy}
            aria-label={spoken(i18n.t('outbox.edit'))}
            onClick={() => edit.mutate(one, { onSuccess: (draft) => onEdit(draft, entry.label) })}
          >
            {i18n.t('outbox.edit')}
          </Button>
        )}
        {entry.can.includes('retry') && !isChoice && (
          <Button size="small" busy={busy} aria-label={spoken(retryText)} onClick={() => again()}>
            {retryText}
          </Button>
        )}
        {entry.can.includes('drop') && entry.state !== 'created' && (
          <Button
            size="small"
            look="quiet"
            busy={busy}
            aria-label={spoken(i18n.t('outbox.drop'))}
            onClick={() => setDropping(true)}
          >
            {i18n.t('outbox.drop')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={dropping}
        title={i18n.t('outbox.dropTitle')}
        confirmLabel={i18n.t('outbox.drop')}
        busy={drop.isPending}
        onConfirm={() => drop.mutate(one, { onSettled: () => setDropping(false) })}
        onCancel={() => setDropping(false)}
      >
        <CrmText text={name} className="block font-medium text-ink" />
        {i18n.t(entry.state === 'unclear' || entry.state === 'checking' ? 'outbox.dropUnclear' : 'outbox.dropText')}
      </ConfirmDialog>
    </li>
  );
}

function stateText({ state, result, why, until }: OutboxEntryView): string {
  if (state === 'created') return i18n.t(`outbox.state.${result?.how ?? 'created'}`);
  if (state === 'needs-you') return i18n.t('outbox.state.needsYou');
  if (state === 'waiting' && why === null && until === null) return i18n.t('outbox.nextTurn');
  return i18n.t(`outbox.state.${state}`);
}

/** Why it waits or is not clear, as a sentence that says what to do. */
function Why({ entry: { state, why } }: Pick<Props, 'entry'>) {
  if (state === 'unclear') return <p className="mt-1 text-sm">{i18n.t('outbox.unclearText')}</p>;
  if (why === null || state === 'checking') return null;
  return <p className="mt-1 text-sm">{sentenceOf(new AppError(why))}</p>;
}
