import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { FollowedTab } from './follow-tab';

const ABOUT_THE_TAB: readonly unknown[] = ['site.state', 'site.suggestions'];

/** The tab that the panel is about; undefined until it is known, null where there is none. Another page is asked about anew. */
export function useTabInFront(follow: (tell: (tab: FollowedTab | null) => void) => () => void): FollowedTab | null | undefined {
  const client = useQueryClient();
  const [tab, setTab] = useState<FollowedTab | null>();
  useEffect(
    () =>
      follow((next) => {
        setTab(next);
        void client.invalidateQueries({ predicate: ({ queryKey }) => ABOUT_THE_TAB.includes(queryKey[0]) });
      }),
    [client, follow],
  );
  return tab;
}
