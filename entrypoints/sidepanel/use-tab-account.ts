import { useState } from 'react';
import { useRequest } from '@/components/hooks/use-request';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { SiteState } from '@/lib/messaging/protocol';
import type { FollowedTab } from './follow-tab';

export interface TabAccount {
  state: SiteState | undefined;
  /** The Account on screen: the site's best, or the one that was chosen instead. */
  view: AccountView | undefined;
  /** True while the chosen one is being read. */
  switching: boolean;
  error: unknown;
  retry: () => void;
  choose: (candidate: AccountCandidate) => void;
}

const NO_TAB: SiteState = { kind: 'not-a-site' };

/** What is known about a tab; `tab` is undefined while it is not known which, and null where there is none. */
export function useTabAccount(tab: FollowedTab | null | undefined): TabAccount {
  const site = useRequest('site.state', { tabId: tab?.tabId ?? null }, { enabled: Boolean(tab) });
  const [chosen, setChosen] = useState<AccountCandidate | null>(null);
  const state = tab === null ? NO_TAB : site.data;
  const matched = state?.kind === 'matched' ? state : null;
  const offered = matched ? [...matched.candidates, ...matched.suggestions] : [];
  // What was chosen belongs to the site it was chosen on.
  const choice = offered.find((one) => one.connectionId === chosen?.connectionId && one.accountId === chosen.accountId);
  const other = useRequest(
    'account.view',
    { connectionId: choice?.connectionId ?? '', accountId: choice?.accountId ?? '' },
    { enabled: choice !== undefined },
  );
  const another = choice && other.data && { ...other.data, evidence: choice.evidence };
  return {
    state,
    view: another ?? matched?.view,
    switching: choice !== undefined && other.isPending,
    error: site.error ?? (choice ? other.error : null),
    retry: () => void Promise.all([site.refetch(), choice && other.refetch()]),
    choose: setChosen,
  };
}
