import type { Handlers } from '@/lib/messaging/router';
import type { SearchRequests } from '@/lib/messaging/search-protocol';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Connections } from './connections';
import type { Errands } from './errands';
import { makeReady, searchAll } from './search';

export function createSearchHandlers(
  connections: Pick<Connections, 'ready' | 'entries'>,
  errands: Errands,
): Pick<Handlers, keyof SearchRequests> {
  return {
    async 'search.find'({ text }) {
      if (text.trim() === '') makeReady(connections).catch((error) => logFailure(toAppError(error)));
      return searchAll(text, connections);
    },
    'errand.take': errands.take,
  };
}
