import { SearchX } from 'lucide-react';
import { i18n } from '#i18n';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { SiteState } from '@/lib/messaging/protocol';
import { LeadList } from '../account/PersonList';
import { SuggestionList } from '../account/SuggestionList';
import { useCreatable } from '../creation/use-creatable';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { Centered } from '../ui/Centered';
import { CrmText } from '../ui/CrmText';
import { Phrase, slots } from '../ui/Phrase';
import { LinkSearch } from './LinkSearch';
import { SiteActions, useDecision } from './SiteActions';

interface Props {
  tabId: number | null;
  state: Extract<SiteState, { kind: 'unmatched' }>;
  onCreate: (object: CreatableObject) => void;
  hasDraft: (object: CreatableObject) => boolean;
}

/** A site that no Account has: who may be meant, and what can be done. */
export function UnmatchedSite({ tabId, state, onCreate, hasDraft }: Props) {
  const suggestions = useRequest('site.suggestions', { tabId });
  const { decide } = useDecision(tabId);
  const { site, leads, firstSyncRunning } = state;
  const domain = <CrmText text={site.domain} />;
  const unknown = leads.length > 0 ? i18n.t('popup.noAccount', slots('domain')) : i18n.t('popup.notInCrm', slots('domain'));
  const title = firstSyncRunning ? i18n.t('popup.notInCrmYet', slots('domain')) : unknown;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <Centered
        icon={<SearchX className="size-8" strokeWidth={1.25} />}
        title={<Phrase text={title} parts={{ domain }} />}
        text={i18n.t(firstSyncRunning ? 'popup.notInCrmYetText' : 'popup.notInCrmText')}
        actions={<CreateButtons onCreate={onCreate} hasDraft={hasDraft} />}
      />
      <SuggestionList
        items={suggestions.data ?? []}
        onChoose={(one) => decide('link', one)}
        action={(name) => i18n.t('decisions.linkTo', { name })}
        remark={i18n.t('decisions.pressToLink')}
      />
      {leads.length > 0 && <LeadList items={leads} limit={3} />}
      <LinkSearch tabId={tabId} />
      <SiteActions tabId={tabId} view={null} />
    </div>
  );
}

function CreateButtons({ onCreate, hasDraft }: Pick<Props, 'onCreate' | 'hasDraft'>) {
  const mayCreate = useCreatable();
  return (['lead', 'account'] as const).filter(mayCreate).map((object) => (
    <Button key={object} look={object === 'lead' ? 'primary' : 'secondary'} size="large" onClick={() => onCreate(object)}>
      {i18n.t(hasDraft(object) ? `form.goOn.${object}` : `form.create.${object}`)}
    </Button>
  ));
}
