import { useEffect, useRef, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { LeadForm } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { sentenceOf } from '../ui/sentence';
import { Notice } from '../ui/Notice';
import { AppError } from '@/lib/shared/errors';
import { DuplicateNotice } from './DuplicateNotice';
import { FieldControl } from './FieldControl';
import { LeadCreated } from './LeadCreated';
import { LegalBasisGroup } from './LegalBasisGroup';
import { placeFields } from './form-layout';
import { BASIS_KEY, EMPTY_DRAFT, REASON_KEY, typedValue, type LeadDraft, type Problem, problemsOf } from './lead-draft';
import { useLeadSubmit } from './use-lead-submit';

interface Props {
  form: LeadForm;
  /** The draft is kept by whoever shows this, so that it survives going back and forth. */
  draft: LeadDraft;
  onDraft: (draft: LeadDraft) => void;
  onCancel: () => void;
  onDone: () => void;
}

export function LeadFormView({ form, draft, onDraft, onCancel, onDone }: Props) {
  const element = useRef<HTMLFormElement>(null);
  const { busy, problems, result, failure, submit } = useLeadSubmit(form, () => onDraft(EMPTY_DRAFT));
  useEffect(() => {
    if (problems.size > 0 || failure !== null || result?.kind === 'invalid') leadToFirstProblem(element.current);
  }, [problems, failure, result]);
  const change = (part: Partial<LeadDraft>) => onDraft({ ...draft, ...part, touched: true });

  if (result?.kind === 'created')
    return <LeadCreated name={result.name} url={result.url} crmLabel={form.crmLabel} onDone={onDone} />;

  const fieldErrors = result?.kind === 'invalid' ? result.fieldErrors : {};
  const known = new Set(form.fields.map((field) => field.name));
  const homeless = Object.entries(fieldErrors).filter(([name]) => !known.has(name));
  const formErrors = [
    ...(result?.kind === 'invalid' ? result.formErrors : []),
    ...homeless.map(([name, text]) => `${name}: ${text}`),
  ];
  const marked =
    [...problems.keys()].some((name) => problemsOf(draft, form.fields).has(name)) ||
    Object.keys(fieldErrors).length - homeless.length > 0;
  const open = problemsOf(draft, form.fields);
  // What was found when Create was pressed goes as soon as it is mended; new findings wait for the next press.
  const errorOf = (name: string) => (problems.has(name) ? sentence(open.get(name)) : undefined) ?? fieldErrors[name];

  return (
    <form
      ref={element}
      noValidate
      autoComplete="off"
      aria-label={i18n.t('lead.title')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit(draft, false);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto px-4 py-4">
        {failure && <ErrorNotice error={failure} />}
        {(marked || formErrors.length > 0) && (
          <Notice tone="danger" urgent>
            {marked && <p>{sentenceOf(new AppError('create.invalid'))}</p>}
            {formErrors.map((text) => (
              <CrmText key={text} text={text} className="block" />
            ))}
          </Notice>
        )}
        {result?.kind === 'duplicates' && (
          <DuplicateNotice result={result} busy={busy} onCreateAnyway={() => submit(draft, true)} />
        )}
        <div className="grid grid-cols-2 items-start gap-x-3 gap-y-3">
          {placeFields(form.fields).map(({ field, half }) => (
            <div key={field.name} className={half ? 'min-w-0' : 'col-span-2 min-w-0'}>
              <FieldControl
                field={field}
                value={typedValue(draft, field)}
                onChange={(value) => change({ values: { ...draft.values, [field.name]: value } })}
                error={errorOf(field.name)}
              />
            </div>
          ))}
        </div>
        <LegalBasisGroup
          basis={draft.basis}
          reason={draft.reason}
          onBasis={(basis) => change({ basis })}
          onReason={(reason) => change({ reason })}
          basisError={errorOf(BASIS_KEY)}
          reasonError={errorOf(REASON_KEY)}
        />
      </div>
      <div className="flex items-center gap-2 border-t border-hairline px-4 py-2.5">
        <p className="min-w-0 flex-1 truncate text-sm text-faint">
          {i18n.t('lead.goesTo')} <CrmText text={form.orgName} />
        </p>
        <Button onClick={onCancel}>{i18n.t('common.cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {i18n.t('lead.create')}
        </Button>
      </div>
    </form>
  );
}

/** A refused form shows what is wrong with it and puts the cursor there. */
function leadToFirstProblem(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid]');
  const place = field ?? form?.querySelector<HTMLElement>('[role=alert]');
  place?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

function sentence(problem: Problem | undefined): string | undefined {
  if (problem === 'required') return i18n.t('lead.required');
  if (problem === 'too-long') return i18n.t('lead.tooLong');
  if (problem === 'no-basis') return i18n.t('basis.missing');
  return problem === 'no-reason' ? i18n.t('basis.reasonMissing') : undefined;
}
