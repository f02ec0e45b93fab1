import { useState } from 'react';
import type { CreateResult, LeadForm } from '@/lib/messaging/protocol';
import type { AppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { basisOf, problemsOf, valuesOf, type LeadDraft, type Problem } from './lead-draft';

export interface LeadSubmit {
  busy: boolean;
  /** What our own check found, by field name. */
  problems: ReadonlyMap<string, Problem>;
  result: CreateResult | null;
  failure: AppError | null;
  submit: (draft: LeadDraft, allowDuplicate: boolean) => void;
}

/** Sends a draft once it passes our own check. */
export function useLeadSubmit(form: LeadForm, onCreated: () => void): LeadSubmit {
  const create = useAction('lead.create');
  const [problems, setProblems] = useState<ReadonlyMap<string, Problem>>(new Map());
  const submit = (draft: LeadDraft, allowDuplicate: boolean) => {
    if (create.isPending) return;
    const found = problemsOf(draft, form.fields);
    const basis = basisOf(draft);
    setProblems(found);
    create.reset();
    if (found.size > 0 || basis === null) return;
    create.mutate(
      {
        connectionId: form.connectionId,
        values: valuesOf(draft, form.fields),
        basis,
        source: form.site?.host ?? null,
        allowDuplicate,
      },
      { onSuccess: ({ kind }) => kind === 'created' && onCreated() },
    );
  };
  return { busy: create.isPending, problems, result: create.data ?? null, failure: create.error, submit };
}
