import { Link2 } from 'lucide-react';
import { i18n } from '#i18n';
import type { MatchEvidence } from '@/lib/messaging/site-protocol';
import { CrmText } from '../ui/CrmText';
import { formatNumber } from '../ui/format';
import { Phrase, slots } from '../ui/Phrase';

const PROOFS = {
  linked: 'linked',
  'same-page': 'samePage',
  'same-path': 'samePath',
  'same-host': 'sameHost',
  'same-domain': 'sameDomain',
  mail: 'mail',
} as const;
/** Nothing may be shown as if these were certain. */
const HINTS = {
  'other-suffix': 'otherSuffix',
  'named-site': 'namedSite',
  parent: 'parent',
  child: 'child',
  'some-mail': 'mail',
  'lead-company': 'leadCompany',
  'page-name': 'pageName',
  'address-name': 'addressName',
} as const;
const WORDS: Record<MatchEvidence['kind'], (typeof PROOFS & typeof HINTS)[MatchEvidence['kind']]> = { ...PROOFS, ...HINTS };

/** Why an Account is shown here, in words: nobody should have to trust a match that does not say what it rests on. */
export function EvidenceWords({ evidence }: { evidence: MatchEvidence }) {
  const { domain, of = '', people = 0, among = 0 } = evidence;
  const name = (text: string) => <CrmText text={text} className="font-medium text-muted" />;
  const parts = { domain: name(domain), of: name(of), people: formatNumber(people), among: formatNumber(among) };
  return <Phrase text={i18n.t(`evidence.${WORDS[evidence.kind]}`, slots('domain', 'of', 'people', 'among'))} parts={parts} />;
}

export function EvidenceLine({ evidence }: { evidence: MatchEvidence }) {
  const hint = evidence.kind in HINTS;
  return (
    <p className="mt-1 flex items-center gap-1 text-sm text-faint">
      <Link2 aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
      <span className="min-w-0 truncate">
        {hint && `${i18n.t('evidence.couldBe')} `}
        <EvidenceWords evidence={evidence} />
      </span>
    </p>
  );
}
