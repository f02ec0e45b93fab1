import { useState } from 'react';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { DuplicateChoice, OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import type { AppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { basisFrom } from './basis-draft';
import { problemsOf, recordTypeOf, valuesOf, type Problem, type RecordDraft } from './record-draft';

export interface Sending {
  busy: boolean;
  /** What our own check found, by field name. */
  problems: ReadonlyMap<string, Problem>;
  /** What has become of it, when it was sent. */
  entry: OutboxEntryView | null;
  failure: AppError | null;
  send: (draft: RecordDraft, duplicates?: DuplicateChoice) => void;
}

const SETTLED = new Set<OutboxEntryView['state']>(['created', 'waiting', 'unclear', 'sending', 'checking']);

/** Sends a draft once it passes our own check. `onSent` is called when it is in the outbox or the CRM and needs nobody any more. */
export function useSend(form: RecordForm, onSent: () => void): Sending {
  const action = useAction('outbox.send');
  const [problems, setProblems] = useState<ReadonlyMap<string, Problem>>(new Map());
  const send = (draft: RecordDraft, duplicates: DuplicateChoice = 'ask') => {
    if (action.isPending) return;
    const found = problemsOf(form, draft);
    setProblems(found);
    action.reset();
    if (found.size > 0) return;
    action.mutate(
      {
        draftId: draft.draftId,
        connectionId: form.connectionId,
        object: form.object,
        recordTypeId: recordTypeOf(form, draft)?.id ?? null,
        values: valuesOf(form, draft),
        basis: form.basis ? basisFrom(draft.basis, form.basis) : null,
        source: form.site ? { url: `https://${form.site.host}/` } : null,
        assign: form.mayAssign && draft.assign,
        duplicates,
      },
      { onSuccess: ({ state }) => SETTLED.has(state) && onSent() },
    );
  };
  return { busy: action.isPending, problems, entry: action.data ?? null, failure: action.error, send };
}
