import { useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';
import { Badge } from '../ui/Badge';
import { Disclosure } from '../ui/Disclosure';
import { ErrorNotice } from '../ui/ErrorNotice';
import { SelectionForm } from './SelectionForm';
import { isChanged, type SelectionDraft } from './selection-draft';

interface Props {
  connection: ConnectionSummary;
  /** What was changed and not saved; kept by the page, so that neither an event nor another section can lose it. */
  draft: SelectionDraft | null;
  onDraft: (draft: SelectionDraft | null) => void;
  /** Grows when something else than the user's own press opens it: it is shown and gets the focus then. */
  called: number;
}

/** What of the CRM is in the copy, and the way to change it. */
export function SelectionPanel({ connection, draft, onDraft, called }: Props) {
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (called === 0) return;
    setOpen(true);
    panel.current?.querySelector('summary')?.focus();
  }, [called]);
  const saved = useRequest('selection.get', { connectionId: connection.id }, { enabled: open });
  // Nobody knows what was chosen: the form begins with what is usual, and nothing is copied before it is saved.
  const lost = saved.error?.code === 'selection.damaged';
  const usual = useRequest('selection.usual', {}, { enabled: lost });
  const shown = lost ? usual.data : saved.data;
  const changed = draft !== null && shown !== undefined && isChanged(draft, shown);
  return (
    <div ref={panel}>
      <Disclosure
        summary={i18n.t('selection.title')}
        aside={changed && <Badge tone="warn">{i18n.t('selection.unsaved')}</Badge>}
        open={open}
        onToggle={setOpen}
      >
        {shown && <SelectionForm connection={connection} saved={shown} anew={lost} draft={draft} onDraft={onDraft} />}
        {!shown && !lost && saved.error && <ErrorNotice error={saved.error} onRetry={() => void saved.refetch()} />}
        {!shown && usual.error && <ErrorNotice error={usual.error} onRetry={() => void usual.refetch()} />}
        {(saved.isLoading || usual.isLoading) && <FormSkeleton />}
      </Disclosure>
    </div>
  );
}

function FormSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">{i18n.t('common.loading')}</span>
      <div aria-hidden="true" className="space-y-3 py-1">
        <div className="shimmer h-3 w-1/4" />
        <div className="shimmer h-40 w-full" />
        <div className="shimmer h-3 w-1/4" />
        <div className="shimmer h-24 w-full" />
      </div>
    </div>
  );
}
