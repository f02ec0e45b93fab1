import { TriangleAlert } from 'lucide-react';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { freshnessWords } from '../account/FreshnessLine';
import { sentenceOf } from '../ui/sentence';
import { AppError } from '@/lib/shared/errors';

interface Props {
  view: AccountView;
  now: number;
}

/** Says above everything else that what stands here is old, and what is done about it. Gone as soon as the CRM has answered. */
export function StaleNotice({ view, now }: Props) {
  const { stale, live } = view;
  if (!stale || live.state === 'live') return null;
  return (
    <p className="flex items-start gap-2 bg-warn-soft px-4 py-2 text-sm text-warn">
      <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" strokeWidth={1.75} />
      <span className="min-w-0">
        {live.code === null
          ? freshnessWords(view, now)
          : `${freshnessWords({ ...view, live: { ...live, state: 'stored' } }, now)}. `}
        {live.code !== null && sentenceOf(new AppError(live.code))}
      </span>
    </p>
  );
}
