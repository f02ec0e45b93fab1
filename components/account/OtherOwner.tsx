import { i18n } from '#i18n';
import { CrmText } from '../ui/CrmText';

/** Who has a record, when that is not who has its Account: only then it is news. */
export function OtherOwner({ name, accountOwner }: { name: string | null; accountOwner: string | null }) {
  if (name === null || accountOwner === null || name === accountOwner) return null;
  return (
    <p className="truncate text-sm text-faint">
      {i18n.t('sidebar.ownedBy')} <CrmText text={name} />
    </p>
  );
}
