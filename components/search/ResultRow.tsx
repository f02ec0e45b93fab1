import { Building2, CircleDollarSign, User, UserPlus, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import type { SearchedKind, SearchItem } from '@/lib/messaging/search-protocol';
import { SampleMark } from '../sample/SampleMark';
import { cx } from '../ui/class-names';
import { webLink } from '../ui/text';
import { Marked } from './Marked';

const ICONS: Record<SearchedKind, LucideIcon> = {
  account: Building2,
  contact: User,
  lead: UserPlus,
  opportunity: CircleDollarSign,
};

interface Props {
  item: SearchItem;
  id: string;
  active: boolean;
  onPoint: () => void;
}

/** A found record: a link to its page in the CRM, chosen by the keys of the field above. */
export function ResultRow({ item, id, active, onPoint }: Props) {
  const Icon = ICONS[item.object];
  // A record of the sample has no page in a CRM: what there is of it is the company's site.
  const href = webLink(item.url) ?? webLink(item.website);
  return (
    <a
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      href={href ?? undefined}
      target="_blank"
      rel="noopener noreferrer"
      onMouseMove={onPoint}
      className={cx('mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5', active && 'bg-hover')}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-faint" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">
        <Marked of={item.name} className="block truncate font-medium" />
        {item.details.length > 0 && (
          <span className="block truncate text-sm text-faint">
            {item.details.map((detail, index) => (
              <span key={detail.text}>
                {index > 0 && ' · '}
                <Marked of={detail} />
              </span>
            ))}
          </span>
        )}
        {item.objected && <span className="block truncate text-sm text-warn">{i18n.t('person.objected')}</span>}
      </span>
      {item.sample && <SampleMark />}
      <span className="shrink-0 text-sm text-faint">{i18n.t(`search.object.${item.object}`)}</span>
    </a>
  );
}
