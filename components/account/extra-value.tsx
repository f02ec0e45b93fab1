import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { ExtraValue } from '@/lib/messaging/account-protocol';
import { CrmText } from '../ui/CrmText';
import { formatDay, formatMoment, formatNumber } from '../ui/format';
import { readable, shortAddress, webLink } from '../ui/text';

const LINK = 'decoration-edge-strong underline-offset-2 hover:underline';

/** An address as a link, or as text when it is none. */
export function WebValue({ text }: { text: string }) {
  const href = webLink(text);
  const shown = <bdi>{shortAddress(text)}</bdi>;
  if (href === null) return shown;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={readable(text)} className={LINK}>
      {shown}
    </a>
  );
}

/** A field that the user has added: its type is not known, so its value tells how it is written. */
export function extraValue(value: ExtraValue['value'], now: number): ReactNode {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return i18n.t(value ? 'common.yes' : 'common.no');
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return formatDay(value, now);
  if (/^\d{4}-\d\d-\d\dT\d\d:/.test(value)) return formatMoment(value) || value;
  if (/^https?:\/\/\S+$/i.test(value)) return <WebValue text={value} />;
  return <CrmText text={value} />;
}

/** The added fields of a row, each on a line of its own. */
export function ExtraLines({ extra, now }: { extra: readonly ExtraValue[] | undefined; now: number }) {
  if (!extra) return null;
  return (
    <dl className="text-sm text-muted">
      {extra.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two fields of a CRM may have the same label
        <div key={index} className="flex min-w-0 gap-1.5">
          <dt className="shrink-0 text-faint">{readable(label)}</dt>
          <dd className="min-w-0 truncate">{extraValue(value, now)}</dd>
        </div>
      ))}
    </dl>
  );
}
