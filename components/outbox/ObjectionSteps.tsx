import { i18n } from '#i18n';
import type { OutboxNeed } from '@/lib/messaging/outbox-protocol';
import { AppError } from '@/lib/shared/errors';
import { CrmText } from '../ui/CrmText';
import { sentenceOf } from '../ui/sentence';
import { webLink } from '../ui/text';

interface Props {
  needs: Extract<OutboxNeed, { kind: 'objection' }>;
}

/** An objection that the CRM did not take, or not all of it: why, and step by step what is left to do there. */
export function ObjectionSteps({ needs: { crm, url, missing, reasons, code } }: Props) {
  const href = webLink(url);
  return (
    <div className="mt-1 text-sm">
      <p>{i18n.t('outbox.objection.text')}</p>
      {code !== null && <p>{sentenceOf(new AppError(code))}</p>}
      {reasons.map((text) => (
        <CrmText key={text} text={text} className="block text-muted" />
      ))}
      {crm !== 'sample' && (
        <ol className="mt-1 list-decimal space-y-1 ps-5 text-muted">
          {href !== null && (
            <li>
              <a href={href} target="_blank" rel="noopener noreferrer" className="text-accent underline">
                {i18n.t('outbox.objection.open')}
              </a>
            </li>
          )}
          {missing.map((gap) => (
            <li key={gap}>
              {i18n.t(`outbox.objection.gap.${gap}`)}
              {': '}
              {i18n.t(`outbox.objection.${crm}.${gap}`)}
            </li>
          ))}
          <li>{i18n.t('outbox.objection.drop')}</li>
        </ol>
      )}
    </div>
  );
}
