import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { LeadFormView } from './LeadFormView';
import type { LeadDraft } from './lead-draft';

interface Props {
  tabId: number | null;
  /** What somebody has marked or typed to make a Lead of; null for the site in front. */
  text: string | null;
  draft: LeadDraft;
  onDraft: (draft: LeadDraft) => void;
  onLeave: () => void;
}

/** The form for a new Lead, from the CRM's own description of it. The draft is kept by whoever shows this. */
export function NewLead({ tabId, text, draft, onDraft, onLeave }: Props) {
  const client = useQueryClient();
  const form = useRequest('lead.form', { tabId, text });
  const done = () => {
    client.removeQueries({ queryKey: ['lead.form'] });
    onLeave();
  };
  if (form.data) return <LeadFormView form={form.data} draft={draft} onDraft={onDraft} onCancel={onLeave} onDone={done} />;
  if (!form.error) return <FormSkeleton />;
  return (
    <div className="p-4">
      <ErrorNotice error={form.error} onRetry={() => void form.refetch()} />
      <Button look="quiet" className="mt-3" onClick={onLeave}>
        {i18n.t('common.back')}
      </Button>
    </div>
  );
}

function FormSkeleton() {
  return (
    <div role="status" className="p-4">
      <span className="sr-only">{i18n.t('lead.loading')}</span>
      <div aria-hidden="true" className="grid grid-cols-2 gap-3">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div key={row} className="space-y-1.5">
            <div className="shimmer h-3 w-1/2" />
            <div className="shimmer h-7 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
