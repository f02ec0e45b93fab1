import { i18n } from '#i18n';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { FamilyItem } from '@/lib/messaging/account-protocol';
import { Avatar } from '../ui/Avatar';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { formatNumber } from '../ui/format';
import { RecordLink } from '../ui/RecordLink';
import { readable } from '../ui/text';
import { PagedList } from './PagedList';

interface Props {
  family: AccountView['family'];
  /** Accounts that can be shown here; every other one opens in the CRM alone. */
  offered: readonly AccountCandidate[];
  onChoose: (candidate: AccountCandidate) => void;
}

/** The Accounts above and below this one. */
export function FamilyList({ family: { parent, children, childCount }, offered, onChoose }: Props) {
  const items = [...(parent ? [parent] : []), ...children];
  const left = childCount - children.length;
  return (
    <>
      <PagedList
        items={items}
        first={5}
        label={i18n.t('sidebar.family')}
        keyOf={({ id }) => id}
        render={(item) => {
          const candidate = offered.find(({ accountId }) => accountId === item.id);
          return (
            <Relative item={item} isParent={item === parent} {...(candidate ? { onShow: () => onChoose(candidate) } : {})} />
          );
        }}
      />
      {left > 0 && <p className="mt-1 text-sm text-faint">{i18n.t('sidebar.moreChildren', left, [formatNumber(left)])}</p>}
    </>
  );
}

function Relative({ item, isParent, onShow }: { item: FamilyItem; isParent: boolean; onShow?: () => void }) {
  const about = [item.type, item.location, item.ownerName].filter((part) => part !== null && part !== '').join(' · ');
  return (
    <div className="flex items-center gap-2.5 py-1.5">
      <Avatar name={item.name} shape="company" size="small" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <RecordLink url={item.url} text={item.name} className="min-w-0 truncate font-medium" />
          {isParent && <Badge>{i18n.t('sidebar.parent')}</Badge>}
        </div>
        {about && (
          <p className="truncate text-sm text-faint">
            <CrmText text={about} />
          </p>
        )}
      </div>
      {onShow && (
        <Button look="quiet" size="small" aria-label={i18n.t('account.show', { name: readable(item.name) })} onClick={onShow}>
          {i18n.t('sidebar.show')}
        </Button>
      )}
    </div>
  );
}
