import { useRef } from 'react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import { useNow } from '../hooks/use-now';
import { SampleStrip } from '../sample/SampleMark';
import { readable } from '../ui/text';
import { AccountHeader } from './AccountHeader';
import { AccountSummary } from './AccountSummary';
import { CandidateList } from './CandidateList';
import { emptyWords } from './gap-words';
import { LiveAnnouncer } from './FreshnessLine';
import { OpportunityList } from './OpportunityList';
import { LeadList, ContactList } from './PersonList';
import { SuggestionList } from './SuggestionList';
import { TaskList } from './TaskList';

interface Props {
  view: AccountView;
  candidates: AccountCandidate[];
  /** Accounts that may be meant as well. */
  suggestions: AccountCandidate[];
  /** Asks for another candidate; the view of the chosen one comes back as `view`. */
  onChoose: (candidate: AccountCandidate) => void;
  /** True while the chosen candidate is being read. */
  switching: boolean;
  /** Shorter lists, for the popup. */
  condensed?: boolean;
}

/** One Account with all that is known of it: the body of the sidebar and of the popup. */
export function AccountPanel({ view, candidates, suggestions, onChoose, switching, condensed = false }: Props) {
  const now = useNow();
  const limit = condensed ? 3 : 6;
  const firstShown = useRef(view.account.id);
  return (
    <>
      {view.sample && <SampleStrip />}
      {(candidates.length > 1 || !candidates.some(({ accountId }) => accountId === view.account.id)) && (
        <CandidateList candidates={candidates} currentId={view.account.id} connectionId={view.connectionId} onChoose={onChoose} />
      )}
      <p role="status" className="sr-only">
        {view.account.id === firstShown.current ? '' : i18n.t('account.shown', { name: readable(view.account.name) })}
      </p>
      <LiveAnnouncer live={view.live} />
      <div aria-busy={switching} className={switching ? 'opacity-60 transition-opacity delay-100' : 'transition-opacity'}>
        <AccountHeader view={view} condensed={condensed} />
        <AccountSummary view={view} />
        <OpportunityList
          none={emptyWords(view, 'opportunity', i18n.t('opportunity.none'))}
          items={view.opportunities}
          limit={limit}
          now={now}
          key={`o${view.account.id}`}
        />
        <TaskList
          none={emptyWords(view, 'task', i18n.t('task.none'))}
          items={view.tasks}
          limit={limit}
          now={now}
          key={`t${view.account.id}`}
        />
        <ContactList
          none={emptyWords(view, 'contact', i18n.t('person.noContacts'))}
          items={view.contacts}
          limit={limit}
          key={`c${view.account.id}`}
        />
        <SuggestionList
          items={suggestions.filter(({ accountId }) => accountId !== view.account.id)}
          onChoose={onChoose}
          action={(name) => i18n.t('account.show', { name: readable(name) })}
        />
        {(view.leads.length > 0 || !condensed) && <LeadList items={view.leads} limit={limit} key={`l${view.account.id}`} />}
      </div>
    </>
  );
}
