import { i18n } from '#i18n';
import type { LeadItem, PersonItem } from '@/lib/messaging/account-protocol';
import { Badge } from '../ui/Badge';
import { CrmText } from '../ui/CrmText';
import { PersonRow } from './PersonRow';
import { RecordSection } from './RecordSection';

export function ContactList({ items, limit }: { items: PersonItem[]; limit: number }) {
  return (
    <RecordSection
      title={i18n.t('person.contacts')}
      none={i18n.t('person.noContacts')}
      items={items}
      limit={limit}
      render={(item) => <PersonRow person={item} />}
    />
  );
}

export function LeadList({ items, limit }: { items: LeadItem[]; limit: number }) {
  return (
    <RecordSection
      title={i18n.t('person.leads')}
      none={i18n.t('person.noLeads')}
      items={items}
      limit={limit}
      render={(item) => <PersonRow person={item} mark={item.status && <LeadStatus status={item.status} />} />}
    />
  );
}

function LeadStatus({ status }: { status: string }) {
  return (
    <Badge>
      <CrmText text={status} className="max-w-28 truncate" />
    </Badge>
  );
}
