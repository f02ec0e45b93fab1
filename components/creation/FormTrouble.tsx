import { i18n } from '#i18n';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { DuplicateChoice, OutboxNeed } from '@/lib/messaging/outbox-protocol';
import { AppError } from '@/lib/shared/errors';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { sentenceOf } from '../ui/sentence';
import { DuplicateNotice } from './DuplicateNotice';

interface Props {
  form: RecordForm;
  failure: AppError | null;
  needs: OutboxNeed | null;
  /** Our own check has found something that is not mended yet. */
  hasMarked: boolean;
  busy: boolean;
  onAgain: (duplicates: DuplicateChoice) => void;
}

/** Why the form was not sent, above its fields: what stands at a field is only pointed to. */
export function FormTrouble({ form, failure, needs, hasMarked, busy, onAgain }: Props) {
  const { texts, isMarked } = reasonsOf(form, needs);
  const marked = hasMarked || isMarked;
  return (
    <>
      {failure && <ErrorNotice error={failure} />}
      {needs?.kind === 'refused' && <ErrorNotice error={new AppError(needs.code)} />}
      {(marked || texts.length > 0) && (
        <Notice tone="danger" urgent>
          {marked && <p>{sentenceOf(new AppError('create.invalid'))}</p>}
          {texts.map((text) => (
            <CrmText key={text} text={text} className="block" />
          ))}
        </Notice>
      )}
      {needs?.kind === 'conflict' && (
        <Notice tone="warn" urgent>
          {i18n.t('form.conflict')}
        </Notice>
      )}
      {needs?.kind === 'duplicates' && <DuplicateNotice found={needs} object={form.object} busy={busy} onChoose={onAgain} />}
    </>
  );
}

function reasonsOf({ fields }: RecordForm, needs: OutboxNeed | null): { texts: string[]; isMarked: boolean } {
  if (needs?.kind === 'basis') return { texts: needs.reasons, isMarked: false };
  if (needs?.kind !== 'invalid') return { texts: [], isMarked: false };
  const known = new Set(fields.map(({ name }) => name));
  const errors = Object.entries(needs.fieldErrors);
  // An error of a field that this form does not have, which a validation rule may well be about.
  const homeless = errors.filter(([name]) => !known.has(name)).map(([name, text]) => `${name}: ${text}`);
  return { texts: [...needs.formErrors, ...homeless], isMarked: errors.length > homeless.length };
}
