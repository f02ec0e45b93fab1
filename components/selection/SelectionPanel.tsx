import { useState } from 'react';
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
}

/** What of the CRM is in the copy, and the way to change it. */
export function SelectionPanel({ connection, draft, onDraft }: Props) {
  const [open, setOpen] = useState(false);
  const saved = useRequest('selection.get', { connectionId: connection.id }, { enabled: open });
  const changed = draft !== null && saved.data !== undefined && isChanged(draft, saved.data);
  return (
    <Disclosure
      summary={i18n.t('selection.title')}
      aside={changed && <Badge tone="warn">{i18n.t('selection.unsaved')}</Badge>}
      onToggle={setOpen}
    >
      {saved.data && <SelectionForm connection={connection} saved={saved.data} draft={draft} onDraft={onDraft} />}
      {!saved.data && saved.error && <ErrorNotice error={saved.error} onRetry={() => void saved.refetch()} />}
      {saved.isLoading && <FormSkeleton />}
    </Disclosure>
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
