import { useEffect, useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { DuplicateChoice } from '@/lib/messaging/outbox-protocol';
import { systemClock } from '@/lib/shared/clock';
import { FormSkeleton } from '../creation/FormSkeleton';
import { FormTrouble } from '../creation/FormTrouble';
import { newDraft, problemsOf, type RecordDraft } from '../creation/record-draft';
import { useSend } from '../creation/use-send';
import type { LogDraft } from '../creation/use-writing';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { Notice } from '../ui/Notice';
import { cx } from '../ui/class-names';

interface Props {
  /** Kept by whoever shows this, so that a lock takes nothing away. */
  draft: LogDraft;
  onDraft: (draft: LogDraft) => void;
  onLeave: () => void;
  /** This CRM asks for more than is asked for here: the whole form, with what is typed. */
  onWholeForm: (draft: RecordDraft) => void;
}

const KINDS = ['call', 'note'] as const;

/** A call or a note that is over: a Task of the Account that is done, with today's date. */
export function LogForm(props: Props) {
  const { draft, onLeave } = props;
  const form = useRequest('creation.form', { object: 'task', ...draft.occasion });
  if (form.error)
    return (
      <div className="p-4">
        <ErrorNotice error={form.error} onRetry={() => void form.refetch()} />
        <Button look="quiet" className="mt-3" onClick={onLeave}>
          {i18n.t('common.back')}
        </Button>
      </div>
    );
  if (!form.data) return <FormSkeleton />;
  return <Filled form={form.data} {...props} />;
}

function Filled({ form, draft, onDraft, onLeave, onWholeForm }: Props & { form: RecordForm }) {
  const { kind, comment } = draft;
  const [begun] = useState(() => newDraft(draft.occasion));
  const sending = useSend(form, () => undefined);
  const undo = useAction('outbox.undo');
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { entry, busy, failure, send } = sending;
  const title = draft.subject ?? i18n.t(`quick.${kind}`);
  const submit = (duplicates?: DuplicateChoice) => {
    const task = filled(form, begun, title, comment);
    if (problemsOf(form, task).size > 0) onWholeForm(task);
    else send(task, duplicates);
  };
  const isSent = entry !== null && entry.state !== 'needs-you';
  if (isSent) {
    const isUndone = undo.data?.state === 'undone';
    return (
      <div className="space-y-3 p-4">
        <Notice
          tone="good"
          actions={
            <>
              {entry.can.includes('undo') && !isUndone && (
                <Button
                  size="small"
                  busy={undo.isPending}
                  onClick={() => undo.mutate({ connectionId: entry.connectionId, id: entry.id })}
                >
                  {i18n.t('quick.undo')}
                </Button>
              )}
              <Button size="small" onClick={onLeave}>
                {i18n.t('common.done')}
              </Button>
            </>
          }
        >
          <p role="status">{sentWords(isUndone, entry.state === 'created', form.crmLabel)}</p>
        </Notice>
        {undo.error && <ErrorNotice error={undo.error} />}
      </div>
    );
  }
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label={i18n.t('quick.log')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto px-4 py-4">
        <CrmText text={draft.accountName} className="block font-semibold" />
        <FormTrouble form={form} failure={failure} needs={entry?.needs ?? null} hasMarked={false} busy={busy} onAgain={submit} />
        <fieldset className={cx(CHOICES_LOOK, 'grid grid-cols-2')}>
          <legend className="sr-only">{i18n.t('quick.log')}</legend>
          {KINDS.map((one) => (
            <Choice
              key={one}
              name="log-kind"
              value={one}
              checked={kind === one}
              onChoose={() => onDraft({ ...draft, kind: one })}
              title={i18n.t(`quick.${one}`)}
            />
          ))}
        </fieldset>
        <Labelled label={i18n.t('quick.subject')}>
          {(wiring) => (
            <input
              {...wiring}
              type="text"
              maxLength={255}
              value={title}
              onChange={(event) => onDraft({ ...draft, subject: event.target.value })}
              className={cx(CONTROL_LOOK, 'h-7')}
            />
          )}
        </Labelled>
        <Labelled label={i18n.t('quick.comment')}>
          {(wiring) => (
            <textarea
              {...wiring}
              ref={first}
              rows={5}
              value={comment}
              onChange={(event) => onDraft({ ...draft, comment: event.target.value })}
              className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
            />
          )}
        </Labelled>
      </div>
      <div className="flex justify-end gap-2 border-t border-hairline px-4 py-2.5">
        <Button onClick={onLeave}>{i18n.t('common.cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {i18n.t('quick.save')}
        </Button>
      </div>
    </form>
  );
}

function sentWords(isUndone: boolean, isCreated: boolean, crm: string): string {
  if (isUndone) return i18n.t('quick.undone');
  return isCreated ? i18n.t('quick.saved', { crm }) : i18n.t('form.waitingText');
}

/** The Task of it. Fields that this CRM does not have, or that this user does not see, stay out. */
function filled(form: RecordForm, draft: RecordDraft, subject: string, comment: string): RecordDraft {
  const today = new Date(systemClock.now());
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  const typed: [model: string, value: string | null][] = [
    ['subject', subject],
    ['description', comment],
    ['dueOn', day],
    ['status', form.doneStatus],
  ];
  const values = typed.flatMap(([model, value]) => {
    const name = Object.hasOwn(form.names, model) ? form.names[model] : undefined;
    return name !== undefined && value !== null ? [[name, value] as const] : [];
  });
  return { ...draft, values: Object.fromEntries(values), touched: true };
}
