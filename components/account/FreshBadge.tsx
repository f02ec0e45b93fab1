import { i18n } from '#i18n';
import type { Fresh } from '@/lib/messaging/account-protocol';
import { Badge } from '../ui/Badge';

/** Marks what the CRM's live answer added to the copy or changed in it. Nothing for a record that is as it was. */
export function FreshBadge({ fresh }: { fresh: Fresh | undefined }) {
  if (fresh === undefined) return null;
  return (
    <Badge tone="accent">
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {i18n.t(`live.fresh.${fresh}`)}
    </Badge>
  );
}
