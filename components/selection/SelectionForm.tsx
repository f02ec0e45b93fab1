import { useRef, useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ConnectionSummary, Requests } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { LeaveOutChoice } from './LeaveOutChoice';
import { ObjectChoices } from './ObjectChoices';
import { ReserveChoice } from './ReserveChoice';
import { SaveBar } from './SaveBar';
import { ScopeEditor } from './ScopeEditor';
import {
  draftOf,
  isChanged,
  isScopeChanged,
  problemsOf,
  selectionOf,
  type Selection,
  type SelectionDraft,
} from './selection-draft';

interface Props {
  connection: ConnectionSummary;
  saved: Selection;
  /** Nothing is saved: `saved` is only where the form begins, and may be saved as it is. */
  anew: boolean;
  draft: SelectionDraft | null;
  onDraft: (draft: SelectionDraft | null) => void;
}

export function SelectionForm({ connection: { id: connectionId, crmLabel, sync }, saved, anew, draft, onDraft }: Props) {
  const client = useQueryClient();
  const save = useAction('selection.save');
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState(false);
  const [refused, setRefused] = useState(false);
  const [done, setDone] = useState(false);
  const current = draft ?? draftOf(saved);
  const changed = anew || (draft !== null && isChanged(draft, saved));
  const problems = problemsOf(current);

  const change = (next: SelectionDraft) => {
    setDone(false);
    setRefused(false);
    onDraft(JSON.stringify(next) === JSON.stringify(draftOf(saved)) ? null : next);
  };
  const discard = () => {
    setChecked(false);
    setRefused(false);
    save.reset();
    onDraft(null);
  };
  const submit = async () => {
    const selection = selectionOf(current);
    const { scope } = selection;
    // What the CRM has already said no to would only make the next sync fail.
    const preview = client.getQueryData<Requests['selection.preview']['out']>(['selection.preview', { connectionId, scope }]);
    const no = preview !== undefined && 'invalid' in preview;
    setChecked(true);
    setRefused(no);
    if (problems.size > 0 || no) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid], [data-refused]')?.focus());
      return;
    }
    const failed = await save.mutateAsync({ connectionId, selection }).then(
      () => false,
      () => true,
    );
    if (failed) return;
    client.setQueryData(['selection.get', { connectionId }], selection);
    setChecked(false);
    setDone(true);
    onDraft(null);
  };
  return (
    <form
      ref={form}
      noValidate
      autoComplete="off"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (changed && !save.isPending) void submit();
      }}
    >
      {/* What is on its way must not change under it. */}
      <fieldset disabled={save.isPending} className="min-w-0 space-y-6">
        <ObjectChoices connectionId={connectionId} draft={current} onChange={change} unavailable={sync.unavailable} />
        <ScopeEditor
          connectionId={connectionId}
          crmLabel={crmLabel}
          draft={current}
          onChange={change}
          problems={checked ? problems : new Map()}
          changed={draft !== null && isScopeChanged(draft, saved)}
        />
        <LeaveOutChoice leaveOut={current.leaveOut} onChange={(leaveOut) => change({ ...current, leaveOut })} />
        <ReserveChoice reserve={current.reserve} onChange={(reserve) => change({ ...current, reserve })} />
      </fieldset>
      <SaveBar
        crmLabel={crmLabel}
        changed={changed}
        busy={save.isPending}
        done={done}
        incomplete={refused || (checked && problems.size > 0)}
        error={save.error}
        onDiscard={discard}
      />
    </form>
  );
}
