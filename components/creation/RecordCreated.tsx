import { useEffect, useRef, useState } from 'react';
import { CircleCheck, ExternalLink, Hourglass } from 'lucide-react';
import { i18n } from '#i18n';
import type { CreatableObject, FormLink, RecordForm } from '@/lib/messaging/creation-protocol';
import type { OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { AppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { Button, buttonLook } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { sentenceOf } from '../ui/sentence';
import { webLink } from '../ui/text';
import { ConvertLead } from './ConvertLead';

interface Props {
  form: RecordForm;
  entry: OutboxEntryView;
  /** The Account that the record belongs to, which another contact would belong to as well. */
  account: FormLink | null;
  onNext: (object: CreatableObject, link: FormLink) => void;
  onDone: () => void;
}

/** What has become of a record that was sent: its link and what can be done next, or why it is still on its way. */
export function RecordCreated({ form, entry, account, onNext, onDone }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [converting, setConverting] = useState(false);
  const undo = useAction('outbox.undo');
  const { result } = undo.data ?? entry;
  const isUndone = undo.data?.state === 'undone';
  const href = result && !isUndone ? webLink(result.url) : null;
  if (converting && result) return <ConvertLead form={form} id={result.id} onDone={onDone} />;
  if (entry.state !== 'created') return <OnItsWay entry={entry} onDone={onDone} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-8 py-10 text-center">
      <CircleCheck aria-hidden="true" className="size-9 shrink-0 text-good" strokeWidth={1.5} />
      <h2 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold">
        {isUndone ? i18n.t('quick.undone') : i18n.t(`form.created.${form.object}`)}
      </h2>
      {!isUndone && (
        <p className="mt-1 text-muted">
          <CrmText text={entry.label} className="font-medium text-ink" />
          <br />
          {i18n.t('lead.createdText', [form.crmLabel])}
        </p>
      )}
      {undo.error && <ErrorNotice error={undo.error} className="mt-3 text-start" />}
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {href && (
          <a href={href} target="_blank" rel="noopener noreferrer" className={buttonLook('primary')}>
            {i18n.t('account.openIn', [form.crmLabel])}
            <ExternalLink aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
          </a>
        )}
        {entry.can.includes('undo') && !isUndone && (
          <Button busy={undo.isPending} onClick={() => undo.mutate({ connectionId: entry.connectionId, id: entry.id })}>
            {i18n.t('quick.undo')}
          </Button>
        )}
        <Button onClick={onDone}>{i18n.t('common.done')}</Button>
      </div>
      {result && !isUndone && (
        <NextSteps form={form} id={result.id} account={account} onNext={onNext} onConvert={() => setConverting(true)} />
      )}
    </div>
  );
}

/** It is sealed in the outbox and goes on by itself, or needs a look. */
function OnItsWay({ entry, onDone }: Pick<Props, 'entry' | 'onDone'>) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col items-center px-8 py-14 text-center">
      <Hourglass aria-hidden="true" className="size-9 text-warn" strokeWidth={1.5} />
      <h2 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold">
        {i18n.t(entry.state === 'unclear' ? 'form.unclear' : 'form.waiting')}
      </h2>
      <p className="mt-1 text-muted">
        <CrmText text={entry.label} className="font-medium text-ink" />
        <br />
        {i18n.t(entry.state === 'unclear' ? 'form.unclearText' : 'form.waitingText')}
      </p>
      {entry.why && <p className="mt-2 text-sm text-warn">{sentenceOf(new AppError(entry.why))}</p>}
      <Button className="mt-5" onClick={onDone}>
        {i18n.t('common.done')}
      </Button>
    </div>
  );
}

interface NextProps {
  form: Pick<RecordForm, 'object' | 'convertible'>;
  id: string;
  account: FormLink | null;
  onNext: Props['onNext'];
  onConvert: () => void;
}

function NextSteps({ form: { object, convertible }, id, account, onNext, onConvert }: NextProps) {
  const self = { kind: object, id };
  const family = object === 'account' ? self : account;
  return (
    <section aria-label={i18n.t('form.next')} className="mt-6 w-full border-t border-hairline pt-4">
      <h3 className="text-sm font-semibold text-muted">{i18n.t('form.next')}</h3>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        {object !== 'task' && (
          <Button size="small" onClick={() => onNext('task', self)}>
            {i18n.t('form.nextTask')}
          </Button>
        )}
        {family && (object === 'contact' || object === 'account') && (
          <Button size="small" onClick={() => onNext('contact', family)}>
            {i18n.t('form.nextContact')}
          </Button>
        )}
        {object === 'account' && (
          <Button size="small" onClick={() => onNext('opportunity', self)}>
            {i18n.t('form.nextOpportunity')}
          </Button>
        )}
        {convertible && (
          <Button size="small" onClick={onConvert}>
            {i18n.t('form.nextConvert')}
          </Button>
        )}
      </div>
    </section>
  );
}
