import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { useNow } from '../hooks/use-now';
import { CrmText } from '../ui/CrmText';
import { phoneLink } from '../ui/text';
import { WebValue } from './extra-value';
import { extraFacts, type Fact, FactGrid } from './FactGrid';

interface Props {
  account: AccountView['account'];
  condensed: boolean;
}

const LINK = 'decoration-edge-strong underline-offset-2 hover:underline';
/** The popup has room for the first few of the fields that the user has added. */
const MOST_EXTRA_CONDENSED = 4;

/** The few facts of an Account that fit in one glance; what the CRM does not know is left out. */
export function AccountFacts({ account, condensed }: Props) {
  const now = useNow();
  const facts: Fact[] = [];
  if (account.ownerName) facts.push({ label: i18n.t('account.owner'), value: <CrmText text={account.ownerName} /> });
  if (account.type) facts.push({ label: i18n.t('account.type'), value: <CrmText text={account.type} /> });
  if (account.phone) {
    const shown = <CrmText text={account.phone} />;
    const call = phoneLink(account.phone);
    const link = call && (
      <a href={call} className={LINK}>
        {shown}
      </a>
    );
    facts.push({ label: i18n.t('account.phone'), value: link ?? shown });
  }
  if (account.website && !condensed) facts.push({ label: i18n.t('account.website'), value: <WebValue text={account.website} /> });
  facts.push(...extraFacts(condensed ? account.extra.slice(0, MOST_EXTRA_CONDENSED) : account.extra, now));
  return <FactGrid facts={facts} />;
}
