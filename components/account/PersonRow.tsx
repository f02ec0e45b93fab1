import type { ReactNode } from 'react';
import { MailX, PhoneOff, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import type { PersonItem } from '@/lib/messaging/account-protocol';
import { Avatar } from '../ui/Avatar';
import { CopyButton } from '../ui/CopyButton';
import { CrmText } from '../ui/CrmText';
import { RecordLink } from '../ui/RecordLink';
import { mailLink, phoneLink, readable } from '../ui/text';
import { useNow } from '../hooks/use-now';
import { ExtraLines } from './extra-value';
import { FreshBadge } from './FreshBadge';

interface Props {
  person: PersonItem;
  /** Stands behind the name, e.g. the status of a Lead. */
  mark?: ReactNode;
}

/**
 * One person. Who asked not to be called or mailed gets neither link nor copy button, and the reason is visible: a
 * shortcut that is merely missing would be looked for elsewhere.
 */
export function PersonRow({ person, mark }: Props) {
  const { name, title, email, phone, mobile, doNotCall, emailOptOut } = person;
  return (
    <div className="flex gap-2.5 py-1.5">
      <Avatar name={name} shape="person" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <RecordLink url={person.url} text={name} className="min-w-0 truncate font-medium" />
          {mark}
          <FreshBadge fresh={person.fresh} />
        </div>
        {title && (
          <p className="line-clamp-2 text-sm text-muted">
            <CrmText text={title} />
          </p>
        )}
        {email && !emailOptOut && <Reach href={mailLink(email)} text={email} copyLabel={i18n.t('person.copyEmail')} />}
        {phone && !doNotCall && <Reach href={phoneLink(phone)} text={phone} copyLabel={i18n.t('person.copyPhone')} />}
        {mobile && mobile !== phone && !doNotCall && (
          <Reach href={phoneLink(mobile)} text={mobile} copyLabel={i18n.t('person.copyMobile')} />
        )}
        {doNotCall && <Refused icon={PhoneOff} text={i18n.t('person.doNotCall')} />}
        {emailOptOut && <Refused icon={MailX} text={i18n.t('person.emailOptOut')} />}
        <ExtraLines extra={person.extra} now={useNow()} />
      </div>
    </div>
  );
}

/** An address or number: a link when it is a valid one, always copyable. */
function Reach({ href, text, copyLabel }: { href: string | null; text: string; copyLabel: string }) {
  const shown = <CrmText text={text} />;
  return (
    <div className="group/reach -my-px flex h-6 items-center gap-1 text-sm">
      {href ? (
        <a
          href={href}
          className="min-w-0 truncate text-muted decoration-edge-strong underline-offset-2 hover:text-accent hover:underline"
        >
          {shown}
        </a>
      ) : (
        <span className="min-w-0 truncate text-muted">{shown}</span>
      )}
      <CopyButton
        text={readable(text)}
        label={copyLabel}
        className="opacity-0 group-hover/reach:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
      />
    </div>
  );
}

function Refused({ icon: Icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <p className="mt-0.5 flex items-center gap-1 text-sm text-warn">
      <Icon aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
      {text}
    </p>
  );
}
