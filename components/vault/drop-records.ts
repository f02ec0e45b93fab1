import type { Query, QueryClient } from '@tanstack/react-query';
import type { RequestName } from '@/lib/messaging/protocol';
import type { VaultEvents, VaultState } from '@/lib/messaging/vault-protocol';
import { mayRefresh } from '../hooks/use-live-updates';

const KEY = ['vault.state', {}] as const;
/** They name nobody, and are shown while it is locked too. */
const RECEIPTS: RequestName = 'receipts.list';
const isGate = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => queryKey[0] === KEY[0];

/** Forgets everything that the background has told this view, but for whether it is locked and which receipts wait. Answers under way are not kept either. */
export function dropRecords(client: QueryClient): void {
  client.removeQueries({ predicate: (query) => !isGate(query) && query.queryKey[0] !== RECEIPTS });
  // What was created, and its name, stands in the answer of a mutation.
  client.getMutationCache().clear();
}

/** Lets the gate ask again, and show what it shows until the answer is there. */
export function askGate(client: QueryClient): void {
  void client.invalidateQueries({ predicate: isGate });
}

/** Takes over a state that came as the answer to a change. */
export function tellGate(client: QueryClient, state: VaultState): void {
  client.setQueryData<VaultState>(KEY, state);
}

/** Writes a part of a state into the one that is known. */
export function patchGate(client: QueryClient, part: Partial<VaultState>): void {
  client.setQueryData<VaultState>(KEY, (state) => state && { ...state, ...part });
}

/**
 * Locked: the gate forgets its answer, so that it closes at once and not only when the new one has come. An answer that
 * was under way when the lock fell is thrown away. Otherwise everything is asked anew in place, so that nobody loses
 * their place because a passphrase was set.
 */
export function onVaultChanged(client: QueryClient, { locked }: VaultEvents['vault.changed']): void {
  if (!locked) {
    void client.invalidateQueries({ predicate: mayRefresh });
    return;
  }
  dropRecords(client);
  void client.resetQueries({ predicate: isGate });
}
