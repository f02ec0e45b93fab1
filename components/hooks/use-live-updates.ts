import { useEffect } from 'react';
import { useQueryClient, type Query } from '@tanstack/react-query';
import { onEvent } from '@/lib/messaging/request';
import type { ConnectionSummary, RequestName } from '@/lib/messaging/protocol';

/**
 * A form is never asked for again while it is open: a fresh one would wipe what is typed. A question to the CRM costs a call, and the
 * ages of all records a look at each of them. By the beginnings of their names, because the sidebar carries this too.
 */
const ASKED_ONCE = /^(?:creation|draft|errand|selection\.[fp]|privacy\.a)/;

/** Everything that shows an Account. */
const ACCOUNT_VIEWS: readonly unknown[] = [
  'site.state',
  'sidebar.open',
  'sidebar.account',
  'account.view',
] satisfies RequestName[];

export const mayRefresh = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => !ASKED_ONCE.test(String(queryKey[0]));
export const showsAccount = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => ACCOUNT_VIEWS.includes(queryKey[0]);

/**
 * Asks again for everything on screen when the background says that it changed. Progress comes many times a second, so it
 * is written into the known list of connections, and records are asked for again only when an object is through.
 */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => {
    const refresh = () => void client.invalidateQueries({ predicate: mayRefresh });
    const steps = new Map<string, string>();
    const stopChanged = onEvent('connections.changed', refresh);
    const stopProgress = onEvent('sync.progress', ({ connectionId, status }) => {
      client.setQueriesData<ConnectionSummary[]>({ queryKey: ['connections.list'] }, (list) =>
        list?.map((connection) => (connection.id === connectionId ? { ...connection, sync: status } : connection)),
      );
      const step = status.running?.object ?? 'done';
      if (steps.get(connectionId) !== step) refresh();
      steps.set(connectionId, step);
    });
    const stopLive = onEvent('account.refreshed', () => void client.invalidateQueries({ predicate: showsAccount }));
    return () => {
      stopChanged();
      stopLive();
      stopProgress();
    };
  }, [client]);
}
