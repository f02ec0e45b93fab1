import { i18n } from '#i18n';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import { CappedList } from '../ui/CappedList';
import { Section } from '../ui/Section';
import { Candidate } from './CandidateList';
import { EvidenceWords } from './EvidenceLine';

interface Props {
  items: AccountCandidate[];
  onChoose: (candidate: AccountCandidate) => void;
  /** What a press does, for its name: opening the Account, or linking the site to it. */
  action: (name: string) => string;
  /** Says the same where it can be seen. */
  remark?: string;
}

/** Accounts that may be meant. They stand apart from what matches, and each says what speaks for it. */
export function SuggestionList({ items, onChoose, action, remark }: Props) {
  if (items.length === 0) return null;
  const title = i18n.t('evidence.suggestions');
  return (
    <Section title={title} remark={remark && <span className="text-faint">{remark}</span>}>
      <CappedList
        items={items}
        limit={4}
        label={title}
        className="-mx-2"
        keyOf={(one) => `${one.connectionId} ${one.accountId}`}
        render={(one) => (
          <Candidate candidate={one} title={action(one.name)} onChoose={() => onChoose(one)}>
            <EvidenceWords evidence={one.evidence} />
          </Candidate>
        )}
      />
    </Section>
  );
}
