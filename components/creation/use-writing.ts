import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CreatableObject, FormLink } from '@/lib/messaging/creation-protocol';
import { loadForm } from './LazyRecord';
import { forgetForms } from './forget-forms';
import type { FormDraft } from '@/lib/messaging/outbox-protocol';
import { draftFrom } from './kept-draft';
import { newDraft, type Drafts, type Occasion, type RecordDraft } from './record-draft';

/** What is kept above a lock: what is typed, and which form is on screen. */
export interface Writing {
  drafts: Drafts;
  open: CreatableObject | null;
  /** A call or note that is being written down. */
  log: LogDraft | null;
}

/** What is typed of a call or note. */
export interface LogDraft {
  occasion: Occasion;
  accountName: string;
  kind: 'call' | 'note';
  /** Null: as the kind is called. */
  subject: string | null;
  comment: string;
}

export const NOTHING_WRITTEN: Writing = { drafts: {}, open: null, log: null };

export interface WritingControls {
  /** The form on screen with what is typed into it; null when there is none. */
  current: { object: CreatableObject; draft: RecordDraft } | null;
  /** Whether something is typed into the form for this object that was not sent. */
  hasDraft: (object: CreatableObject) => boolean;
  /** Opens a form; one with something typed in it goes on where it was begun. */
  begin: (object: CreatableObject, occasion: Occasion) => void;
  change: (draft: RecordDraft) => void;
  leave: () => void;
  /** Opens the form for a record that comes back from the outbox. */
  resume: (kept: FormDraft, name: string) => void;
  /** Opens a form for a record that belongs to one that was just created. */
  goOn: (object: CreatableObject, link: FormLink, connectionId: string) => void;
}

/** The forms of a view in which records are created. */
export function useWriting({ drafts, open, log }: Writing, onWriting: (writing: Writing) => void): WritingControls {
  const client = useQueryClient();
  useEffect(() => void loadForm().catch(() => undefined), []);
  const draft = open && drafts[open];
  const hasDraft = (object: CreatableObject) => drafts[object]?.touched === true;
  const openNew = (object: CreatableObject, occasion: Occasion) => {
    // A form that nobody has touched is asked for anew, for what is wanted now.
    forgetForms(client);
    onWriting({ drafts: { ...drafts, [object]: newDraft(occasion) }, open: object, log });
  };
  return {
    current: open && draft ? { object: open, draft } : null,
    hasDraft,
    begin: (object, occasion) => (hasDraft(object) ? onWriting({ drafts, open: object, log }) : openNew(object, occasion)),
    change: (next) => open && onWriting({ drafts: { ...drafts, [open]: next }, open, log }),
    resume: (kept, name) => {
      forgetForms(client);
      onWriting({ drafts: { ...drafts, [kept.object]: draftFrom(kept, name) }, open: kept.object, log: null });
    },
    leave: () => onWriting({ drafts, open: null, log }),
    goOn: (object, link, connectionId) => openNew(object, { connectionId, tabId: null, text: null, link }),
  };
}
