import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { ErrorCode } from '@/lib/shared/errors';

/** The one thing to do about a copy that cannot be used: fetch it again, get a newer Sidelight, or start over. */
export type Remedy = 'sync' | 'update' | 'reconnect';

const REMEDIES: Partial<Record<ErrorCode, Remedy>> = {
  'storage.evicted': 'reconnect',
  'storage.unreadable': 'reconnect',
  'storage.newer-version': 'update',
  'storage.quota': 'sync',
  'vault.tampered': 'sync',
};

/** What helps `connection`; null when its copy can be used. Of a damage that is not known only starting over is certain. */
export function remedyFor({ state, sync }: Pick<ConnectionSummary, 'state' | 'sync'>): Remedy | null {
  if (state !== 'damaged') return null;
  return (sync.lastError && REMEDIES[sync.lastError.code]) ?? 'reconnect';
}

/** Whether a sync may be asked for. */
export function maySync(connection: Pick<ConnectionSummary, 'state' | 'sync'>): boolean {
  return connection.sync.running === null && (connection.state === 'ready' || remedyFor(connection) === 'sync');
}

export type LostChoiceCode = 'selection.damaged' | 'decisions.damaged';

/** Which of the user's decisions are damaged and have to be said again; null when none are. */
export function lostChoiceOf({ sync, state }: Pick<ConnectionSummary, 'state' | 'sync'>): LostChoiceCode | null {
  const code = sync.lastError?.code;
  return state === 'ready' && (code === 'selection.damaged' || code === 'decisions.damaged') ? code : null;
}
