import { i18n } from '#i18n';
import type { LeadItem, PersonItem } from '@/lib/messaging/protocol';
import { CappedList } from '../ui/CappedList';
import { CrmText } from '../ui/CrmText';
import { Badge } from '../ui/Badge';
import { EmptyLine, Section } from '../ui/Section';
import { PersonRow } from './PersonRow';

export function ContactList({ items, limit }: { items: PersonItem[]; limit: number }) {
  const title = i18n.t('person.contacts');
  return (
    <Section title={title} count={items.length}>
      {items.length === 0 && <EmptyLine>{i18n.t('person.noContacts')}</EmptyLine>}
      {items.length > 0 && (
        <CappedList
          items={items}
          limit={limit}
          label={title}
          keyOf={(item) => item.id}
          render={(item) => <PersonRow person={item} />}
        />
      )}
    </Section>
  );
}

export function LeadList({ items, limit }: { items: LeadItem[]; limit: number }) {
  const title = i18n.t('person.leads');
  return (
    <Section title={title} count={items.length}>
      {items.length === 0 && <EmptyLine>{i18n.t('person.noLeads')}</EmptyLine>}
      {items.length > 0 && (
        <CappedList
          items={items}
          limit={limit}
          label={title}
          keyOf={(item) => item.id}
          render={(item) => (
            <PersonRow
              person={item}
              mark={
                item.status && (
                  <Badge>
                    <CrmText text={item.status} className="max-w-28 truncate" />
                  </Badge>
                )
              }
            />
          )}
        />
      )}
    </Section>
  );
}
