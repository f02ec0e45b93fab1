import { i18n } from '#i18n';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import { Candidate } from '../account/CandidateList';
import { EvidenceWords } from '../account/EvidenceLine';
import { readable } from '../ui/text';
import { PagedList } from './PagedList';

interface Props {
  items: AccountCandidate[];
  onChoose: (candidate: AccountCandidate) => void;
}

/** Accounts that may be meant as well. Each says what speaks for it. */
export function OthersList({ items, onChoose }: Props) {
  return (
    <PagedList
      items={items}
      first={4}
      label={i18n.t('evidence.suggestions')}
      className="-mx-2"
      keyOf={(one) => `${one.connectionId} ${one.accountId}`}
      render={(one) => (
        <Candidate candidate={one} title={i18n.t('account.show', { name: readable(one.name) })} onChoose={() => onChoose(one)}>
          <EvidenceWords evidence={one.evidence} />
        </Candidate>
      )}
    />
  );
}
