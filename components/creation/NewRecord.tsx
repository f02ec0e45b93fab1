import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { CreatableObject, FormLink, RecordForm } from '@/lib/messaging/creation-protocol';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { FormSkeleton } from './FormSkeleton';
import { KeptDraftLine } from './KeptDraftLine';
import { RecordCreated } from './RecordCreated';
import { RecordFormView } from './RecordFormView';
import { useKeptDraft } from './kept-draft';
import { usePrefill } from './use-prefill';
import { forgetForms } from './forget-forms';
import { newDraft, type RecordDraft, typedValue } from './record-draft';
import { useSend } from './use-send';

export interface NewRecordProps {
  object: CreatableObject;
  draft: RecordDraft;
  onDraft: (draft: RecordDraft) => void;
  onLeave: () => void;
  /** Goes on with another record that belongs to one. */
  onNext: (object: CreatableObject, link: FormLink, connectionId: string) => void;
}

/** The form for a new record, from the CRM's own description of it. The draft is kept by whoever shows this. */
export function NewRecord({ object, draft, onDraft, onLeave, onNext }: NewRecordProps) {
  const client = useQueryClient();
  const form = useRequest('creation.form', { object, ...draft.occasion });
  const filled = usePrefill(object, draft.occasion, form.data);
  const leave = () => {
    forgetForms(client);
    onLeave();
  };
  if (filled)
    return (
      <Filled
        // Another record is another form: nothing of what became of the last one may stay.
        key={`${object} ${draft.occasion.link?.id}`}
        form={filled}
        draft={draft}
        onDraft={onDraft}
        onCancel={onLeave}
        onDone={leave}
        onNext={(next, link) => {
          forgetForms(client);
          onNext(next, link, filled.connectionId);
        }}
        onFields={() => void form.refetch()}
      />
    );
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

interface FilledProps {
  form: RecordForm;
  draft: RecordDraft;
  onDraft: (draft: RecordDraft) => void;
  onCancel: () => void;
  onDone: () => void;
  onNext: (object: CreatableObject, link: FormLink) => void;
  onFields: () => void;
}

function Filled({ form, draft, onDraft, onDone, onNext, ...rest }: FilledProps) {
  useKeptDraft(form, draft);
  const [account, setAccount] = useState<FormLink | null>(null);
  const sending = useSend(form, () => {
    setAccount(accountOf(form, draft));
    onDraft(newDraft(draft.occasion));
  });
  const { entry } = sending;
  const isSent = entry !== null && entry.state !== 'needs-you';
  if (isSent) return <RecordCreated form={form} entry={entry} account={account} onNext={onNext} onDone={onDone} />;
  const kept = <KeptDraftLine form={form} draft={draft} onDraft={onDraft} />;
  return <RecordFormView form={form} draft={draft} onDraft={onDraft} sending={sending} kept={kept} {...rest} />;
}

/** The Account that was chosen for the record, which the next one may belong to as well. */
function accountOf(form: RecordForm, draft: RecordDraft): FormLink | null {
  const field = form.fields.find(({ name }) => name === form.names.accountId);
  const id = field ? typedValue(form, draft, field) : '';
  return id === '' ? null : { kind: 'account', id };
}
