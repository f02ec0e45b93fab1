import type { ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import { i18n } from '#i18n';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { SectionId } from '@/lib/messaging/protocol';
import { emptyWords } from '../account/gap-words';
import { OpportunityRow } from '../account/OpportunityList';
import { LeadRow } from '../account/PersonList';
import { PersonRow } from '../account/PersonRow';
import { TaskRow } from '../account/TaskList';
import { formatNumber } from '../ui/format';
import { ActivityList } from './ActivityList';
import { FamilyList } from './FamilyList';
import { OthersList } from './OthersList';
import { PagedList } from './PagedList';

/** One part of the sidebar: what its heading says, and what stands below it. */
export interface Part {
  id: SectionId;
  title: string;
  count: number;
  none: string;
  /** Left out when there is nothing in it: that there is nothing is no news. */
  hiddenWhenEmpty?: boolean;
  remark?: ReactNode;
  body: () => ReactNode;
}

interface Shown {
  view: AccountView;
  suggestions: AccountCandidate[];
  /** All Accounts that can be shown here. */
  offered: AccountCandidate[];
  onChoose: (candidate: AccountCandidate) => void;
  now: number;
}

const byId = ({ id }: { id: string }) => id;

/** The parts of the sidebar by name. */
export function partsOf({ view, suggestions, offered, onChoose, now }: Shown): Record<SectionId, Part> {
  const { tasks, opportunities, contacts, leads, activity, family } = view;
  const accountOwner = view.account.ownerName;
  const late = tasks.filter(({ overdue }) => overdue).length;
  const title = {
    tasks: i18n.t('task.title'),
    opportunities: i18n.t('opportunity.title'),
    contacts: i18n.t('person.contacts'),
    leads: i18n.t('person.leads'),
  };
  return {
    tasks: {
      id: 'tasks',
      title: title.tasks,
      count: tasks.length,
      none: emptyWords(view, 'task', i18n.t('task.none')),
      remark: late > 0 && <Late count={late} />,
      body: () => (
        <PagedList
          items={tasks}
          first={5}
          label={title.tasks}
          keyOf={byId}
          render={(item) => <TaskRow item={item} now={now} accountOwner={accountOwner} />}
        />
      ),
    },
    opportunities: {
      id: 'opportunities',
      title: title.opportunities,
      count: opportunities.length,
      none: emptyWords(view, 'opportunity', i18n.t('opportunity.none')),
      body: () => (
        <PagedList
          items={opportunities}
          first={5}
          label={title.opportunities}
          keyOf={byId}
          render={(item) => <OpportunityRow item={item} now={now} accountOwner={accountOwner} />}
        />
      ),
    },
    contacts: {
      id: 'contacts',
      title: title.contacts,
      count: contacts.length,
      none: emptyWords(view, 'contact', i18n.t('person.noContacts')),
      body: () => (
        <PagedList
          items={contacts}
          first={6}
          label={title.contacts}
          keyOf={byId}
          render={(item) => <PersonRow person={item} now={now} accountOwner={accountOwner} />}
        />
      ),
    },
    leads: {
      id: 'leads',
      title: title.leads,
      count: leads.length,
      none: i18n.t('person.noLeads'),
      hiddenWhenEmpty: true,
      body: () => (
        <PagedList
          items={leads}
          first={5}
          label={title.leads}
          keyOf={byId}
          render={(item) => <LeadRow lead={item} now={now} accountOwner={accountOwner} />}
        />
      ),
    },
    activity: {
      id: 'activity',
      title: i18n.t('sidebar.activity'),
      count: activity.length,
      none: i18n.t('sidebar.noActivity'),
      hiddenWhenEmpty: true,
      body: () => <ActivityList items={activity} now={now} />,
    },
    family: {
      id: 'family',
      title: i18n.t('sidebar.family'),
      count: family.childCount + (family.parent ? 1 : 0),
      none: '',
      hiddenWhenEmpty: true,
      body: () => <FamilyList family={family} offered={offered} onChoose={onChoose} />,
    },
    others: {
      id: 'others',
      title: i18n.t('evidence.suggestions'),
      count: suggestions.length,
      none: '',
      hiddenWhenEmpty: true,
      body: () => <OthersList items={suggestions} onChoose={onChoose} />,
    },
  };
}

function Late({ count }: { count: number }) {
  return (
    <span className="inline-flex items-center gap-1 font-medium text-danger">
      <TriangleAlert aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
      {i18n.t('account.late', count, [formatNumber(count)])}
    </span>
  );
}
