import { useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import { BASIS_KINDS, type BasisKind, type KeptTemplate, type TemplateTexts } from '@/lib/shared/person-basis';
import { systemClock } from '@/lib/shared/clock';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { ErrorNotice } from '../ui/ErrorNotice';
import { FilePicker } from '../ui/FilePicker';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { Notice } from '../ui/Notice';
import { cx } from '../ui/class-names';
import { formatDay } from '../ui/format';
import { Phrase, slots } from '../ui/Phrase';
import { readable } from '../ui/text';
import { fileOf, isComplete, textsOf } from './template-texts';

interface Props {
  connectionId: string;
  template: KeptTemplate | null;
  /** Nobody is stored on legitimate interest before this is answered. Null: the answers are there and cannot be read. */
  isRequired: boolean | null;
  /** These are the answers that were saved or taken from a file a moment ago. */
  isSaved: boolean;
  onChanged: () => void;
}

/** The company's answers about legitimate interest: purpose, necessity, who answers for them and until when. */
export function TemplateForm({ connectionId, template, isRequired, isSaved, onChanged }: Props) {
  const [texts, setTexts] = useState(() => textsOf(template));
  const [isTried, setTried] = useState(false);
  const save = useAction('basis.saveTemplate');
  const take = useAction('basis.importTemplate');
  const picker = useRef<HTMLInputElement>(null);
  const now = systemClock.now();
  const set = (change: Partial<TemplateTexts>) => {
    save.reset();
    setTexts({ ...texts, ...change });
  };
  // Another version of the same words would only send back forms that are open.
  const isSame = template !== null && JSON.stringify(texts) === JSON.stringify(textsOf(template));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isSame && isComplete(texts)) save.mutate({ connectionId, texts }, { onSuccess: onChanged });
  };
  const read = async (file: File) => {
    take.mutate({ connectionId, text: (await file.text()).slice(0, 100_000) }, { onSuccess: onChanged });
  };
  const error = save.error ?? take.error;
  const isOverdue = template !== null && Date.parse(template.reviewBy) + 86_400_000 <= now;
  return (
    <form onSubmit={submit} noValidate aria-label={i18n.t('basis.template.title')} className="space-y-3">
      <div className="flex items-baseline gap-2">
        <h2 className="flex-1 font-medium">{i18n.t('basis.template.title')}</h2>
        {template && (
          <span className="text-sm text-faint" title={i18n.t('basis.template.hashHelp')}>
            {i18n.t('basis.template.version', { number: String(template.version) })}
            {' · '}
            <span className="font-mono">{i18n.t('basis.template.hash', { hash: template.hash })}</span>
          </span>
        )}
      </div>
      <p className="text-muted">{i18n.t('basis.template.text')}</p>
      {!template && isRequired !== null && (
        <Notice tone="info">{i18n.t(isRequired ? 'basis.template.noneRequired' : 'basis.template.none')}</Notice>
      )}
      {isOverdue && (
        <Notice tone="warn">
          <Phrase
            text={i18n.t('basis.reviewDue', slots('day', 'owner'))}
            parts={{ day: formatDay(template.reviewBy, now), owner: <bdi>{readable(template.owner)}</bdi> }}
          />
        </Notice>
      )}
      <Long
        name="purpose"
        label={i18n.t('basis.template.purpose')}
        hint={i18n.t('basis.template.purposeHint')}
        texts={texts}
        onChange={set}
        tried={isTried}
        required
      />
      <Long name="necessity" label={i18n.t('basis.template.necessity')} texts={texts} onChange={set} tried={isTried} required />
      <Long
        name="safeguards"
        label={i18n.t('basis.template.safeguards')}
        hint={i18n.t('basis.template.safeguardsHint')}
        texts={texts}
        onChange={set}
        tried={isTried}
      />
      <Long
        name="controller"
        label={i18n.t('basis.template.controller')}
        hint={i18n.t('basis.template.controllerHint')}
        texts={texts}
        onChange={set}
        tried={isTried}
        required
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Labelled label={i18n.t('basis.template.owner')} required error={missing(isTried, texts.owner)}>
          {(wiring) => (
            <input
              {...wiring}
              type="text"
              maxLength={120}
              value={texts.owner}
              onChange={(event) => set({ owner: event.target.value })}
              className={cx(CONTROL_LOOK, 'h-7')}
            />
          )}
        </Labelled>
        <Labelled label={i18n.t('basis.template.reviewBy')} required error={missing(isTried, texts.reviewBy)}>
          {(wiring) => (
            <input
              {...wiring}
              type="date"
              value={texts.reviewBy}
              onChange={(event) => set({ reviewBy: event.target.value })}
              className={cx(CONTROL_LOOK, 'h-7')}
            />
          )}
        </Labelled>
      </div>
      <Labelled label={i18n.t('basis.template.marginDays')} hint={i18n.t('basis.template.marginHint')}>
        {(wiring) => (
          <input
            {...wiring}
            type="number"
            min={0}
            max={27}
            step={1}
            value={texts.marginDays}
            onChange={(event) => set({ marginDays: event.target.valueAsNumber })}
            className={cx(CONTROL_LOOK, 'h-7 max-w-24')}
          />
        )}
      </Labelled>
      <fieldset>
        <legend className="mb-1 text-sm font-medium text-muted">{i18n.t('basis.template.kinds')}</legend>
        {BASIS_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            label={kindName(kind)}
            checked={texts.kinds.includes(kind)}
            onChange={(on) => set({ kinds: BASIS_KINDS.filter((one) => (one === kind ? on : texts.kinds.includes(one))) })}
          />
        ))}
      </fieldset>
      {isTried && !isComplete(texts) && (
        <Notice tone="danger" urgent>
          {i18n.t('basis.template.needed')}
        </Notice>
      )}
      {error && <ErrorNotice error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" busy={save.isPending} off={isSame}>
          {i18n.t('basis.template.save', { number: String((template?.version ?? 0) + 1) })}
        </Button>
        {template && <Button onClick={() => download(template)}>{i18n.t('basis.template.export')}</Button>}
        <Button busy={take.isPending} onClick={() => picker.current?.click()}>
          {i18n.t('basis.template.import')}
        </Button>
        <FilePicker ref={picker} label={i18n.t('basis.template.import')} onFile={(file) => void read(file)} />
        <span role="status" className="text-sm text-good">
          {isSaved && isSame ? i18n.t('basis.template.saved') : ''}
        </span>
      </div>
    </form>
  );
}

interface LongProps {
  name: 'purpose' | 'necessity' | 'safeguards' | 'controller';
  label: string;
  hint?: string;
  texts: TemplateTexts;
  onChange: (change: Partial<TemplateTexts>) => void;
  tried: boolean;
  required?: boolean;
}

function Long({ name, label, hint, texts, onChange, tried, required = false }: LongProps) {
  return (
    <Labelled label={label} required={required} hint={hint} error={required ? missing(tried, texts[name]) : undefined}>
      {(wiring) => (
        <textarea
          {...wiring}
          rows={2}
          maxLength={name === 'controller' ? 500 : 2000}
          value={texts[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
          className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
        />
      )}
    </Labelled>
  );
}

const missing = (tried: boolean, text: string) => (tried && text.trim() === '' ? i18n.t('form.problem.required') : undefined);

function kindName(kind: BasisKind): string {
  switch (kind) {
    case 'consent':
      return i18n.t('basis.consent.title');
    case 'contract':
      return i18n.t('basis.contract.title');
    case 'legitimate-interest':
      return i18n.t('basis.legitimateInterest.title');
    case 'legal-obligation':
      return i18n.t('basis.legalObligation.title');
  }
}

function download(template: KeptTemplate): void {
  const url = URL.createObjectURL(new Blob([fileOf(template)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'sidelight-legal-basis.json' });
  link.click();
  URL.revokeObjectURL(url);
}
