import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { ObjectAge, StoredCopy } from '@/lib/messaging/privacy-protocol';
import type { ProtectionMode } from '@/lib/messaging/vault-protocol';
import { useNow } from '../hooks/use-now';
import { useRequest } from '../hooks/use-request';
import { objectsName } from '../sync/object-names';
import { CrmText } from '../ui/CrmText';
import { Disclosure } from '../ui/Disclosure';
import { formatAgo, formatDay, formatMoment, formatNumber } from '../ui/format';
import { formatBytes, formatList } from '../ui/format-more';
import { HostList } from './HostList';
import { fieldName } from './words';

interface Props {
  copy: StoredCopy;
  mode: ProtectionMode | undefined;
}

/** What is kept of one connection, counted where it lies. */
export function StoredCopyCard({ copy, mode }: Props) {
  const now = useNow();
  const ages = useRequest('privacy.ages', { connectionId: copy.connectionId });
  const { refetch } = ages;
  const asked = useRef(copy.lastSuccessAt);
  useEffect(() => {
    if (asked.current === copy.lastSuccessAt) return;
    asked.current = copy.lastSuccessAt;
    void refetch();
  }, [copy.lastSuccessAt, refetch]);
  const records = copy.objects.reduce((sum, { records: count }) => sum + count, 0);
  return (
    <article className="rounded-xl border border-hairline bg-raised shadow-lift">
      <header className="px-5 pt-4 pb-3">
        <h3 className="font-semibold">
          <CrmText text={copy.orgName || copy.crmLabel} />
        </h3>
        <p className="text-muted">
          {i18n.t('privacy.now.records', records, [formatNumber(records)])}
          {copy.bytes !== null && ` · ${formatBytes(copy.bytes)}`}
          {mode && ` · ${i18n.t(`privacy.now.${mode}`)}`}
        </p>
        <p className="text-sm text-faint">
          {[
            copy.lastSuccessAt
              ? i18n.t('privacy.now.synced', [formatAgo(copy.lastSuccessAt, now)])
              : i18n.t('privacy.now.neverSynced'),
            copy.nextDueAt && i18n.t('privacy.now.next', [formatMoment(copy.nextDueAt)]),
            copy.unsent > 0 && i18n.t('privacy.now.unsent', copy.unsent, [formatNumber(copy.unsent)]),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      <table className="w-full border-t border-hairline text-sm">
        <caption className="sr-only">{i18n.t('privacy.now.caption')}</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="py-1.5 ps-5 pe-2 text-start font-medium">
              {i18n.t('privacy.now.object')}
            </th>
            <th scope="col" className="px-2 py-1.5 text-end font-medium">
              {i18n.t('privacy.now.count')}
            </th>
            <th scope="col" className="py-1.5 ps-2 pe-5 text-end font-medium">
              {i18n.t('privacy.now.changed')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-hairline border-t border-hairline">
          {copy.objects.map((one) => (
            <tr key={one.object}>
              <th scope="row" className="py-1.5 ps-5 pe-2 text-start font-normal">
                {objectsName(one.object)}
                {!one.wanted && <span className="ms-1.5 text-faint">{i18n.t('privacy.now.notWanted')}</span>}
              </th>
              <td className="px-2 py-1.5 text-end tabular-nums">{formatNumber(one.records)}</td>
              <td className="py-1.5 ps-2 pe-5 text-end text-muted">
                {ages.isPending
                  ? '…'
                  : span(
                      ages.data?.find(({ object }) => object === one.object),
                      now,
                    )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="border-t border-hairline px-5 py-3">
        <Disclosure summary={i18n.t('privacy.now.fields')}>
          <dl className="space-y-2 text-sm">
            {copy.objects
              .filter(({ wanted }) => wanted)
              .map(({ object, fields, extra }) => (
                <div key={object}>
                  <dt className="font-medium">{objectsName(object)}</dt>
                  <dd className="text-muted">
                    {formatList(fields.map(fieldName))}
                    {extra.length > 0 && (
                      <>
                        {' · '}
                        <CrmText text={extra.join(', ')} />
                      </>
                    )}
                  </dd>
                </div>
              ))}
          </dl>
        </Disclosure>
      </div>
      <HostList hosts={copy.hosts} />
    </article>
  );
}

function span(age: ObjectAge | undefined, now: number): string {
  if (!age?.oldest || !age.newest) return '–';
  const [from, to] = [age.oldest, age.newest].map((iso) => formatDay(iso.slice(0, 10), now));
  return from === to ? (from ?? '') : `${from} – ${to}`;
}
