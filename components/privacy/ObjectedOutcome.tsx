import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { ObjectionSteps } from '../outbox/ObjectionSteps';
import { CrmText } from '../ui/CrmText';
import { Notice } from '../ui/Notice';

/** What an objection has changed here, and where each record of the person stands in the CRM. */
export function ObjectedOutcome({ entries }: { entries: readonly OutboxEntryView[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className="mt-3 space-y-2 rounded-lg">
      <Notice tone="good">
        <p className="font-medium">{i18n.t('rights.objectedDone')}</p>
      </Notice>
      <ul className="space-y-2 text-sm">
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className="font-medium">
              <CrmText text={entry.label} />
            </span>{' '}
            ({i18n.t(`form.object.${entry.object}`)})
            {entry.needs?.kind === 'objection' ? (
              <ObjectionSteps needs={entry.needs} />
            ) : (
              <p className="text-muted">
                {i18n.t(entry.state === 'created' ? 'rights.objectedSent' : 'rights.objectedWaits', [entry.crmLabel])}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
