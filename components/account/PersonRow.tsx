import type { ReactNode } from 'react';
import { MailX, PhoneOff, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import type { PersonItem } from '@/lib/messaging/account-protocol';
import { SampleMark } from '../sample/SampleMark';
import { Avatar } from '../ui/Avatar';
import { CrmText } from '../ui/CrmText';
import { formatNearDay } from '../ui/format';
import { RecordLink } from '../ui/RecordLink';
import { mailLink, phoneLink } from '../ui/text';
import { ExtraLines } from './extra-value';
import { FreshBadge } from './FreshBadge';
import { Reach } from './Reach';

interface Props {
  person: PersonItem;
  now: number;
  /** Stands behind the name, e.g. the status of a Lead. */
  mark?: ReactNode;
  /** Whose Account it is: another owner of the person is worth a word. */
  accountOwner?: string | null;
}

/**
 * One person. Who asked not to be called or mailed gets neither link nor copy button, and the reason is visible: a
 * shortcut that is merely missing would be looked for elsewhere.
 */
export function PersonRow({ person, now, mark, accountOwner = null }: Props) {
  const { name, title, department, email, phone, mobile, doNotCall, emailOptOut } = person;
  const objected = doNotCall && emailOptOut;
  const role = [title, department].filter(Boolean).join(', ');
  return (
    <div className="flex gap-2.5 py-1.5">
      <Avatar name={name} shape="person" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <RecordLink url={person.url} text={name} className="min-w-0 truncate font-medium" />
          {mark}
          {person.sample && <SampleMark />}
          <FreshBadge fresh={person.fresh} />
        </div>
        {role && (
          <p className="line-clamp-2 text-sm text-muted">
            <CrmText text={role} />
          </p>
        )}
        <Touch person={person} now={now} accountOwner={accountOwner} />
        {email && !emailOptOut && <Reach href={mailLink(email)} text={email} copyLabel={i18n.t('person.copyEmail')} />}
        {phone && !doNotCall && <Reach href={phoneLink(phone)} text={phone} copyLabel={i18n.t('person.copyPhone')} />}
        {mobile && mobile !== phone && !doNotCall && (
          <Reach href={phoneLink(mobile)} text={mobile} copyLabel={i18n.t('person.copyMobile')} />
        )}
        {objected && <Refused icon={PhoneOff} text={i18n.t('person.objected')} />}
        {doNotCall && !objected && <Refused icon={PhoneOff} text={i18n.t('person.doNotCall')} />}
        {emailOptOut && !objected && <Refused icon={MailX} text={i18n.t('person.emailOptOut')} />}
        <ExtraLines extra={person.extra} now={now} />
      </div>
    </div>
  );
}

/** When there was contact last, and whose contact it is when that is not who has the Account. */
function Touch({
  person: { lastActivityOn, ownerName },
  now,
  accountOwner,
}: Required<Pick<Props, 'person' | 'now' | 'accountOwner'>>) {
  const owner = accountOwner !== null && ownerName !== accountOwner ? ownerName : null;
  if (lastActivityOn === null && owner === null) return null;
  return (
    <p className="truncate text-sm text-faint">
      {lastActivityOn && i18n.t('sidebar.lastTouch', [formatNearDay(lastActivityOn, now)])}
      {lastActivityOn && owner && <span aria-hidden="true"> · </span>}
      {owner && (
        <>
          {i18n.t('sidebar.ownedBy')} <CrmText text={owner} />
        </>
      )}
    </p>
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
