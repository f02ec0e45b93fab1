import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { SlidersHorizontal } from 'lucide-react';
import { i18n } from '#i18n';
import type { RecordForm, RecordFormField } from '@/lib/messaging/creation-protocol';
import type { DuplicateChoice } from '@/lib/messaging/outbox-protocol';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { CrmText } from '../ui/CrmText';
import { Disclosure } from '../ui/Disclosure';
import { IconButton } from '../ui/IconButton';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { readable } from '../ui/text';
import { FieldChooser } from './FieldChooser';
import { FieldGrid } from './FieldGrid';
import { FormTrouble } from './FormTrouble';
import { BasisChoice } from './BasisChoice';
import { BASIS_KEY, type Problem, problemsOf, type RecordDraft, recordTypeOf, typedValue, withRecordType } from './record-draft';
import type { Sending } from './use-send';

interface Props {
  form: RecordForm;
  draft: RecordDraft;
  onDraft: (draft: RecordDraft) => void;
  sending: Sending;
  /** What was begun before, above the fields. */
  kept?: ReactNode;
  onCancel: () => void;
  /** The user has chosen other fields: the form is to be asked for anew. */
  onFields: () => void;
}

/** The form for a new record: the short form, all other fields one click away, and for a person the legal basis. */
export function RecordFormView({ form, draft, onDraft, sending, kept, onCancel, onFields }: Props) {
  const element = useRef<HTMLFormElement>(null);
  const [choosing, setChoosing] = useState(false);
  const { busy, problems, entry, failure, send } = sending;
  const needs = entry?.needs ?? null;
  const fieldErrors = needs?.kind === 'invalid' ? needs.fieldErrors : {};
  const open = problemsOf(form, draft);
  // What was found when the button was pressed goes as soon as it is mended; new findings wait for the next press.
  const errorOf = (name: string) =>
    (problems.has(name) ? sentence(open.get(name)) : undefined) ??
    (Object.hasOwn(fieldErrors, name) ? fieldErrors[name] : undefined);
  const found = problems.has(BASIS_KEY) ? open.get(BASIS_KEY) : undefined;
  const basisProblem = found === 'required' || found === 'too-long' ? undefined : found;
  const short = form.fields.filter(({ name }) => form.short.includes(name));
  const others = form.fields.filter(({ name }) => !form.short.includes(name));
  const hasErrorBelow = others.some(({ name }) => errorOf(name) !== undefined);
  // What is sent is never unseen: what the page has filled further down is told.
  const filledBelow = others.filter((field) => field.source !== null && typedValue(form, draft, field) === field.value).length;
  const [unfolded, setUnfolded] = useState(false);
  // The button that opened the form is gone; who types on the keyboard goes on in the first empty field.
  useEffect(() => firstEmpty(element.current)?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (hasErrorBelow) setUnfolded(true);
  }, [hasErrorBelow]);
  useEffect(() => {
    if (problems.size > 0 || failure !== null || needs !== null) leadToFirstProblem(element.current);
  }, [problems, failure, needs]);

  const grid = (fields: RecordFormField[]) => (
    <FieldGrid form={form} fields={fields} draft={draft} onDraft={onDraft} errorOf={errorOf} />
  );
  const again = (duplicates: DuplicateChoice) => send(draft, duplicates);
  if (choosing) {
    const leave = (changed: boolean) => {
      setChoosing(false);
      if (changed) onFields();
    };
    return <FieldChooser form={form} onLeave={leave} />;
  }
  return (
    <form
      ref={element}
      noValidate
      autoComplete="off"
      aria-label={i18n.t(`form.title.${form.object}`)}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send(draft);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto px-4 py-4">
        {kept}
        <FormTrouble
          form={form}
          failure={failure}
          needs={needs}
          hasMarked={[...open.keys()].some((name) => problems.has(name))}
          busy={busy}
          onAgain={again}
        />
        <RecordTypeChoice form={form} draft={draft} onDraft={onDraft} />
        {grid(short)}
        {form.basis && (
          <BasisChoice
            offer={form.basis}
            basis={draft.basis}
            onBasis={(basis) => onDraft({ ...draft, basis, touched: true })}
            problem={basisProblem}
          />
        )}
        {form.mayAssign && (
          <Checkbox
            checked={draft.assign}
            onChange={(assign) => onDraft({ ...draft, assign, touched: true })}
            label={i18n.t('form.assign')}
          />
        )}
        {others.length > 0 && (
          <Disclosure
            summary={i18n.t('form.allFields')}
            aside={filledBelow > 0 && <Badge>{i18n.t('form.filledBelow', filledBelow)}</Badge>}
            open={unfolded}
            onToggle={setUnfolded}
          >
            {unfolded && grid(others)}
          </Disclosure>
        )}
      </div>
      <div className="flex items-center gap-2 border-t border-hairline px-4 py-2.5">
        <IconButton
          icon={SlidersHorizontal}
          label={i18n.t('form.fields')}
          onClick={() => setChoosing(true)}
          className="-ms-1.5"
        />
        <p className="min-w-0 flex-1 truncate text-sm text-faint">
          {i18n.t('lead.goesTo')} <CrmText text={form.orgName} />
        </p>
        <Button onClick={onCancel}>{i18n.t('common.cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {i18n.t(`form.create.${form.object}`)}
        </Button>
      </div>
    </form>
  );
}

function RecordTypeChoice({ form, draft, onDraft }: Pick<Props, 'form' | 'draft' | 'onDraft'>) {
  if (form.recordTypes.length < 2) return null;
  return (
    <Labelled label={i18n.t('form.recordType')}>
      {(wiring) => (
        <select
          {...wiring}
          value={recordTypeOf(form, draft)?.id ?? ''}
          onChange={(event) => onDraft(withRecordType(form, draft, event.target.value))}
          className={cx(CONTROL_LOOK, 'h-7 px-1')}
        >
          {form.recordTypes.map(({ id, label }) => (
            <option key={id} value={id}>
              {readable(label)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

function firstEmpty(form: HTMLFormElement | null): HTMLElement | undefined {
  const fields = form?.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=radio]), textarea') ?? [];
  return [...fields].find(({ value }) => value === '');
}

/** A refused form shows what is wrong with it and puts the cursor there. */
function leadToFirstProblem(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid], [data-invalid] input');
  const place = field ?? form?.querySelector<HTMLElement>('[role=alert]');
  place?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

function sentence(problem: Problem | undefined): string | undefined {
  if (problem === 'required') return i18n.t('form.problem.required');
  return problem === 'too-long' ? i18n.t('lead.tooLong') : undefined;
}
