import { i18n } from '#i18n';
import type { LeadItem, PersonItem } from '@/lib/messaging/account-protocol';
import { Badge } from '../ui/Badge';
import { CrmText } from '../ui/CrmText';
import { useNow } from '../hooks/use-now';
import { PersonRow } from './PersonRow';
import { RecordSection } from './RecordSection';

export function ContactList({ none, items, limit }: { none: string; items: PersonItem[]; limit: number }) {
  const now = useNow();
  return (
    <RecordSection
      title={i18n.t('person.contacts')}
      none={none}
      items={items}
      limit={limit}
      render={(item) => <PersonRow person={item} now={now} />}
    />
  );
}

export function LeadList({ items, limit }: { items: LeadItem[]; limit: number }) {
  const now = useNow();
  return (
    <RecordSection
      title={i18n.t('person.leads')}
      none={i18n.t('person.noLeads')}
      items={items}
      limit={limit}
      render={(item) => <LeadRow lead={item} now={now} />}
    />
  );
}

export function LeadRow({ lead, now, accountOwner = null }: { lead: LeadItem; now: number; accountOwner?: string | null }) {
  const mark = lead.status && <LeadStatus status={lead.status} />;
  return <PersonRow person={lead} now={now} mark={mark} accountOwner={accountOwner} />;
}

function LeadStatus({ status }: { status: string }) {
  return (
    <Badge>
      <CrmText text={status} className="max-w-28 truncate" />
    </Badge>
  );
}
