import { useEffect, useState, type ComponentType } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Send } from 'lucide-react';
import { i18n } from '#i18n';
import type { FormDraft, OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { onEvent } from '@/lib/messaging/request';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { cx } from '../ui/class-names';
import { ErrorNotice } from '../ui/ErrorNotice';
import type { OutboxListProps } from './OutboxList';

interface Props {
  onEdit: (draft: FormDraft, name: string) => void;
}

const ON_THE_WAY = new Set<OutboxEntryView['state']>(['sending', 'checking', 'waiting', 'undoing']);

function summary(entries: readonly OutboxEntryView[]): string {
  const asking = entries.filter(({ state }) => state === 'needs-you' || state === 'unclear').length;
  if (asking > 0) return i18n.t('outbox.needYou', asking);
  const going = entries.filter(({ state }) => ON_THE_WAY.has(state)).length;
  return going > 0 ? i18n.t('outbox.count', going) : i18n.t('outbox.title');
}

/** One line above everything else while records are on their way; pressed, it shows them. Nothing when there are none. */
export function OutboxLine({ onEdit }: Props) {
  const client = useQueryClient();
  const list = useRequest('outbox.list', {});
  // Not among the live updates of all views: the sidebar has no outbox.
  useEffect(() => onEvent('outbox.changed', () => void client.invalidateQueries({ queryKey: ['outbox.list'] })), [client]);
  const [open, setOpen] = useState(false);
  if (list.error?.code === 'outbox.damaged') return <Damaged error={list.error} onReset={() => void list.refetch()} />;
  const entries = list.data ?? [];
  if (entries.length === 0) return null;
  const isAsking = entries.some(({ state }) => state === 'needs-you' || state === 'unclear');
  return (
    <section aria-label={i18n.t('outbox.title')} className="shrink-0 border-b border-hairline">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={cx(
          'flex h-9 w-full items-center gap-2 px-4 text-start text-sm font-medium hover:bg-hover',
          isAsking ? 'text-warn' : 'text-muted',
        )}
      >
        <Send aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
        <span aria-live="polite" className="min-w-0 flex-1 truncate">
          {summary(entries)}
        </span>
        <ChevronDown aria-hidden="true" className={cx('size-4 shrink-0', open && 'rotate-180')} strokeWidth={1.75} />
      </button>
      {open && <LazyList entries={entries} onEdit={onEdit} />}
    </section>
  );
}

function Damaged({ error, onReset }: { error: Error; onReset: () => void }) {
  const reset = useAction('outbox.reset');
  return (
    <div className="shrink-0 border-b border-hairline p-3">
      <ErrorNotice error={reset.error ?? error} urgent={false} />
      <Button size="small" className="mt-2" busy={reset.isPending} onClick={() => reset.mutate({}, { onSuccess: onReset })}>
        {i18n.t('outbox.damagedReset')}
      </Button>
    </div>
  );
}

let loaded: ComponentType<OutboxListProps> | null = null;

/** The list, whose code no view waits for. */
function LazyList(props: OutboxListProps) {
  const [List, setList] = useState<ComponentType<OutboxListProps> | null>(() => loaded);
  useEffect(() => {
    import('./OutboxList').then(
      ({ OutboxList }) => {
        loaded = OutboxList;
        setList(() => OutboxList);
      },
      (error: unknown) =>
        setList(() => {
          throw error;
        }),
    );
  }, []);
  return List ? <List {...props} /> : null;
}
