import type { QueryClient } from '@tanstack/react-query';
import type { EventName, RequestName, Requests } from '@/lib/messaging/protocol';
import { onEvent, request } from '@/lib/messaging/request';

/** A question and what it is asked with. */
export type Ahead = { [N in RequestName]: readonly [name: N, payload: Requests[N]['in']] }[RequestName];

/** What may make an answer an old one before the view is there to hear of it. */
const NEWS: readonly EventName[] = ['vault.changed', 'connections.changed', 'account.refreshed'];
/** By then a view that is drawn hears of news itself, in ms. */
const HEARS_ITSELF_MS = 2000;

/**
 * Asks before the view is there; what it asks for then, it has at once. An answer that news overtake is asked for again. Never
 * fails: the view asks again, and says what is wrong.
 */
export async function askAhead(client: QueryClient, first: readonly Ahead[]): Promise<void> {
  const again = () => {
    for (const [name] of first) {
      // One that is still under way may have been answered before the news. What is on the screen stays there until the next one comes.
      void client.resetQueries({ queryKey: [name], type: 'inactive' });
      void client.invalidateQueries({ queryKey: [name], type: 'active' });
    }
  };
  const stops = NEWS.map((name) => onEvent(name, again));
  setTimeout(() => {
    for (const stop of stops) stop();
  }, HEARS_ITSELF_MS);
  await Promise.all(
    first.map(([name, payload]) =>
      client.prefetchQuery({ queryKey: [name, payload], queryFn: () => request(name, payload as never) }),
    ),
  );
}
