import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { DecisionKind } from '@/lib/messaging/site-protocol';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';

/** Decides about the site in front; views hear of it and ask again. */
export function useDecision(tabId: number | null) {
  const { mutate, error, isPending } = useAction('site.decide');
  const decide = (kind: DecisionKind, account: { connectionId: string; accountId: string } | null = null) =>
    mutate({ tabId, kind, connectionId: account?.connectionId ?? null, accountId: account?.accountId ?? null });
  return { decide, error, busy: isPending };
}

interface Props {
  tabId: number | null;
  /** The Account on screen, when there is one. */
  view: AccountView | null;
}

/** What the user can say against what is shown here. All of it can be taken back in Options. */
export function SiteActions({ tabId, view }: Props) {
  const { decide, error, busy } = useDecision(tabId);
  const account = view && { connectionId: view.connectionId, accountId: view.account.id };
  return (
    <div className="border-t border-hairline px-4 py-2">
      {error && <ErrorNotice error={error} className="mb-2" />}
      <div className="-mx-2 flex flex-wrap gap-1">
        {account && view.evidence?.kind !== 'linked' && (
          <Button look="quiet" size="small" busy={busy} onClick={() => decide('link', account)}>
            {i18n.t('decisions.link')}
          </Button>
        )}
        {account && (
          <Button look="quiet" size="small" busy={busy} onClick={() => decide('refuse', account)}>
            {i18n.t('decisions.refuse')}
          </Button>
        )}
        <Button look="quiet" size="small" busy={busy} onClick={() => decide('ignore')}>
          {i18n.t('decisions.ignore')}
        </Button>
      </div>
    </div>
  );
}
