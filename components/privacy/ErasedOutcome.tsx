import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { FoundPerson, RightsRequests } from '@/lib/messaging/rights-protocol';
import { Notice } from '../ui/Notice';
import { formatNumber } from '../ui/format';
import { webLink } from '../ui/text';

export type Outcome = RightsRequests['rights.erase']['out'] & Pick<FoundPerson, 'crm' | 'crmLabel'>;

/** What was erased here, and step by step what is left to do in the CRM: no record of it is named any more, but each is linked. */
export function ErasedOutcome({ outcome: { records, typed, left, crm, crmLabel } }: { outcome: Outcome }) {
  const place = useRef<HTMLDivElement>(null);
  // The card whose button had the focus is gone.
  useEffect(() => place.current?.focus(), []);
  const links = records.flatMap(({ object, url }) => {
    const href = webLink(url);
    return href === null ? [] : [{ object, href }];
  });
  return (
    <div ref={place} tabIndex={-1} className="mt-3 rounded-lg">
      <Notice tone="good">
        <p className="font-medium">{i18n.t('rights.done', records.length, [formatNumber(records.length)])}</p>
        {typed > 0 && <p>{i18n.t('rights.doneTyped', typed, [formatNumber(typed)])}</p>}
        {left > 0 && <p>{i18n.t('rights.doneLeft', left, [formatNumber(left)])}</p>}
        <p>{i18n.t('rights.doneKept')}</p>
      </Notice>
      {crm !== 'sample' && (
        <div className="mt-3 text-sm">
          <h3 className="font-medium">{i18n.t('rights.crm.title', [crmLabel])}</h3>
          <ol className="mt-1 list-decimal space-y-1 ps-5 text-muted">
            <li>
              {i18n.t('rights.crm.open')}
              <ul className="list-disc ps-5">
                {links.map(({ object, href }) => (
                  <li key={href}>
                    <a href={href} target="_blank" rel="noopener noreferrer" className="text-accent underline">
                      {i18n.t(`rights.object.${object}`)}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
            <li>{i18n.t('rights.crm.keep')}</li>
            <li>{i18n.t(`rights.crm.bin.${crm}`)}</li>
            <li>{i18n.t('rights.crm.others')}</li>
          </ol>
        </div>
      )}
    </div>
  );
}
