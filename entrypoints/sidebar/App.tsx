import { useCallback, useEffect, useState } from 'react';
import { X } from 'lucide-react';
import { i18n } from '#i18n';
import { AccountPanel } from '@/components/account/AccountPanel';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { FreshnessLine } from '@/components/account/FreshnessLine';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { useAction, useRequest } from '@/components/hooks/use-request';
import { CrmText } from '@/components/ui/CrmText';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { IconButton } from '@/components/ui/IconButton';
import { Mark } from '@/components/ui/Mark';
import type { AccountCandidate } from '@/lib/messaging/protocol';

interface Props {
  /** The frame token that the content script put into the address. */
  token: string;
}

/** What the CRM knows about the site beside it. It can be read and closed; nothing can be changed from inside a page. */
export function App({ token }: Props) {
  useLiveUpdates();
  const close = useClose(token);
  const [chosen, setChosen] = useState<AccountCandidate | null>(null);
  const opened = useRequest('sidebar.open', { token });
  const other = useRequest(
    'sidebar.account',
    { token, connectionId: chosen?.connectionId ?? '', accountId: chosen?.accountId ?? '' },
    { enabled: chosen !== null },
  );
  const error = opened.error ?? (chosen === null ? null : other.error);
  const state = error ? undefined : opened.data;
  const view = (chosen === null ? undefined : other.data) ?? state?.view;
  const retry = () => void Promise.all([opened.refetch(), chosen === null ? null : other.refetch()]);

  return (
    <div className="flex h-dvh flex-col bg-surface">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-hairline ps-4 pe-2">
        <Mark className="size-5" />
        {state ? (
          <CrmText text={state.site.domain} className="min-w-0 flex-1 truncate text-sm font-medium text-muted" />
        ) : (
          <h1 className="flex-1 text-sm font-medium text-muted">{i18n.t('extName')}</h1>
        )}
        <IconButton icon={X} label={i18n.t('common.close')} onClick={close} aria-keyshortcuts="Escape" />
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {error && <ErrorNotice error={error} onRetry={retry} className="m-4" />}
        {!error && !view && <AccountSkeleton />}
        {state && view && (
          <AccountPanel
            view={view}
            candidates={state.candidates}
            suggestions={state.suggestions}
            onChoose={setChosen}
            switching={chosen !== null && other.isPending}
          />
        )}
      </main>
      {view && !error && (
        <footer className="flex h-9 shrink-0 items-center border-t border-hairline bg-subtle px-4">
          <FreshnessLine view={view} />
        </footer>
      )}
    </div>
  );
}

function useClose(token: string): () => void {
  const { mutate } = useAction('sidebar.close');
  const close = useCallback(() => mutate({ token }), [mutate, token]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [close]);
  return close;
}
