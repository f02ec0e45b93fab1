import type { RequestName } from '@/lib/messaging/protocol';
import type { Handlers } from '@/lib/messaging/router';
import type { Pace } from '@/lib/shared/pace';

/** What a person waits for while looking. None of them writes, so none waits for a sync run that stands back. */
const LOOKING: readonly RequestName[] = [
  'overlay.ask',
  'sidebar.open',
  'sidebar.account',
  'sidebar.layout',
  'site.state',
  'account.view',
  'connections.list',
  'search.find',
];

/** The handlers, with those that people wait for ahead of long work. */
export function inAHurry(handlers: Handlers, pace: Pace): Handlers {
  const hurried = LOOKING.map((name) => {
    const handler = handlers[name] as (payload: unknown, caller: unknown) => Promise<unknown>;
    return [name, (payload: unknown, caller: unknown) => pace.hurry(() => handler(payload, caller))];
  });
  return { ...handlers, ...Object.fromEntries(hurried) };
}
