import { useId, type ReactNode } from 'react';
import { Check } from 'lucide-react';
import { i18n } from '#i18n';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import { SampleMark } from '../sample/SampleMark';
import { Avatar } from '../ui/Avatar';
import { CappedList } from '../ui/CappedList';
import { CrmText } from '../ui/CrmText';
import { cx } from '../ui/class-names';
import { formatMoney, formatNumber } from '../ui/format';

interface Props {
  candidates: AccountCandidate[];
  currentId: string;
  connectionId: string;
  onChoose: (candidate: AccountCandidate) => void;
}

/** Several Accounts fit the site: the best stands first, and any of them is one press away. */
export function CandidateList({ candidates, currentId, connectionId, onChoose }: Props) {
  const id = useId();
  const title = i18n.t('account.candidates', candidates.length, [formatNumber(candidates.length)]);
  return (
    <nav aria-labelledby={id} className="border-b border-hairline bg-subtle px-2 pt-2 pb-2">
      <p id={id} className="px-2 pb-1 text-sm font-medium text-muted">
        {title}
      </p>
      <CappedList
        items={candidates}
        limit={3}
        moreClassName="ms-0.5"
        label={title}
        keyOf={(candidate) => `${candidate.connectionId} ${candidate.accountId}`}
        render={(candidate) => (
          <Candidate
            candidate={candidate}
            current={candidate.accountId === currentId && candidate.connectionId === connectionId}
            onChoose={() => onChoose(candidate)}
          />
        )}
      />
    </nav>
  );
}

interface CandidateProps {
  candidate: AccountCandidate;
  current?: boolean;
  /** What a press does, when that is not to show the Account. */
  title?: string;
  onChoose: () => void;
  /** Stands below the name instead of where and whose the Account is. */
  children?: ReactNode;
}

export function Candidate({ candidate, current = false, title, onChoose, children }: CandidateProps) {
  const { name, location, industry, ownerName, openPipeline } = candidate;
  const about = [location ?? industry, ownerName].filter((part) => part !== null && part !== '');
  const money = openPipeline[0];
  const below = children ?? (about.length > 0 && <CrmText text={about.join(' · ')} />);
  return (
    <button
      type="button"
      title={title}
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
      className={cx(
        'flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-start transition-colors',
        current ? 'bg-raised shadow-lift ring-1 ring-hairline' : 'hover:bg-hover',
      )}
    >
      <Avatar name={name} shape="company" size="small" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <CrmText text={name} />
        </span>
        {below && <span className="block truncate text-sm text-faint">{below}</span>}
      </span>
      {candidate.sample && <SampleMark />}
      {money && <span className="text-sm text-muted">{formatMoney(money)}</span>}
      <Check aria-hidden="true" className={cx('size-4 shrink-0 text-accent', !current && 'invisible')} strokeWidth={2} />
    </button>
  );
}
