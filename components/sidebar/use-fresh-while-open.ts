import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { showsAccount } from '../hooks/use-live-updates';

/** Often enough for a panel that stands open all day, seldom enough for the org's API calls: the background allows three minutes. */
const EVERY_MS = 10 * 60_000;

/** Asks again for the Account now and then, and when the view comes back into sight: the background asks the CRM in turn. */
export function useFreshWhileOpen(): void {
  const client = useQueryClient();
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') void client.invalidateQueries({ predicate: showsAccount });
    };
    const timer = setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [client]);
}
