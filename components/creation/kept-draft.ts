import { useEffect, useRef } from 'react';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { FormDraft } from '@/lib/messaging/outbox-protocol';
import { request } from '@/lib/messaging/request';
import { basisDraftOf } from './basis-draft';
import { type RecordDraft, recordTypeOf } from './record-draft';

/** What is kept of a draft: all that was typed, and nothing that the form came with. */
function keptOf(form: RecordForm, draft: RecordDraft): FormDraft {
  const { draftId, values, labels, basis, assign } = draft;
  return {
    ...{ draftId, connectionId: form.connectionId, object: form.object, values, labels, assign },
    recordTypeId: recordTypeOf(form, draft)?.id ?? null,
    basis: form.basis ? basis : null,
    source: form.site ? { url: `https://${form.site.host}/` } : null,
  };
}

/** The draft of a form as the view works on it. `name`: what the record would be called. */
export function draftFrom(kept: FormDraft, name: string): RecordDraft {
  const { draftId, connectionId, values, labels = {}, recordTypeId, basis, assign } = kept;
  return {
    ...{ draftId, values, labels: labels ?? {}, assign, touched: true, name },
    occasion: { connectionId, tabId: null, text: null, link: null },
    recordTypeId: recordTypeId ?? undefined,
    basis: basisDraftOf(basis),
  };
}

/**
 * Keeps what is typed, sealed, as it is typed: each change goes out as soon as the one before is kept, and the last one when the
 * view closes. A draft that cannot be kept is still in the form; nobody is interrupted for it.
 */
export function useKeptDraft(form: RecordForm, draft: RecordDraft): void {
  const state = useRef({ newest: null as FormDraft | null, isSaving: false });
  const kept = draft.touched ? keptOf(form, draft) : null;
  const text = JSON.stringify(kept);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is new when its text is
  useEffect(() => {
    const { current } = state;
    current.newest = kept;
    if (kept === null || current.isSaving) return;
    const save = async () => {
      current.isSaving = true;
      while (current.newest) {
        const next = current.newest;
        current.newest = null;
        await request('draft.save', next).catch(() => undefined);
      }
      current.isSaving = false;
    };
    void save();
  }, [text]);
  useEffect(() => {
    const flush = () => {
      const { newest } = state.current;
      if (newest) void request('draft.save', newest).catch(() => undefined);
    };
    window.addEventListener('pagehide', flush);
    return () => window.removeEventListener('pagehide', flush);
  }, []);
}
