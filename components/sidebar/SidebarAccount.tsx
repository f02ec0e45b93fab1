import { useRef } from 'react';
import { i18n } from '#i18n';
import { CandidateList } from '../account/CandidateList';
import { LiveAnnouncer } from '../account/FreshnessLine';
import { useNow } from '../hooks/use-now';
import { SampleStrip } from '../sample/SampleMark';
import { readable } from '../ui/text';
import { Glance } from './Glance';
import { SidebarHeader } from './SidebarHeader';
import type { SectionsProps } from './SidebarSections';
import { StaleNotice } from './StaleNotice';
import { useSections } from './use-sections';

interface Props extends Omit<SectionsProps, 'now'> {
  /** True while the chosen candidate is being read. */
  switching: boolean;
}

/** One Account with all that is known of it, the most pressing first. */
export function SidebarAccount({ switching, ...shown }: Props) {
  const now = useNow();
  const Sections = useSections();
  const { view, candidates, onChoose } = shown;
  const { account, connectionId } = view;
  const firstShown = useRef(account.id);
  const isOneOfMany = candidates.length > 1 || !candidates.some(({ accountId }) => accountId === account.id);
  return (
    <>
      {view.sample && <SampleStrip />}
      {isOneOfMany && (
        <CandidateList candidates={candidates} currentId={account.id} connectionId={connectionId} onChoose={onChoose} />
      )}
      <p role="status" className="sr-only">
        {account.id === firstShown.current ? '' : i18n.t('account.shown', { name: readable(account.name) })}
      </p>
      <LiveAnnouncer live={view.live} />
      <div aria-busy={switching} className={switching ? 'opacity-60 transition-opacity delay-100' : 'transition-opacity'}>
        <StaleNotice view={view} now={now} />
        <SidebarHeader view={view} now={now} />
        <Glance view={view} now={now} />
        {Sections && <Sections {...shown} now={now} />}
      </div>
    </>
  );
}
