import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '@/lib/messaging/request';
import type { SearchAnswer, SearchItem } from '@/lib/messaging/search-protocol';
import type { AppError } from '@/lib/shared/errors';

/** No name is longer, and no longer text may be sent. */
const LONGEST = 200;

export interface Search {
  text: string;
  setText: (text: string) => void;
  /** The answer for the text, or for the one before while it is on its way. */
  answer: SearchAnswer | undefined;
  error: AppError | null;
  retry: () => void;
  items: SearchItem[];
  active: number;
  setActive: (index: number) => void;
}

/** What somebody types and what is found, asked with every letter: the answer comes before the next one. */
export function useSearch(text: string, onText: (text: string) => void): Search {
  const asked = text.trim().slice(0, LONGEST);
  const [chosen, setChosen] = useState({ of: asked, index: 0 });
  const { data, error, refetch } = useQuery<SearchAnswer, AppError>({
    queryKey: ['search.find', { text: asked }],
    queryFn: () => request('search.find', { text: asked }),
    placeholderData: keepPreviousData,
    // Records are not kept longer than they are looked at.
    gcTime: 0,
  });
  // Another text has another first result.
  const active = chosen.of === asked ? chosen.index : 0;
  const items = asked === '' ? [] : (data?.items ?? []);
  return {
    text,
    setText: onText,
    answer: data,
    error,
    retry: () => void refetch(),
    items,
    active: Math.min(active, Math.max(0, items.length - 1)),
    setActive: (index) => setChosen({ of: asked, index }),
  };
}
