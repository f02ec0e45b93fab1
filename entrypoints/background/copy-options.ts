import { placement } from '@/lib/matching/placement';
import { SEARCH_LINES } from '@/lib/search/search-line';
import type { Pace } from '@/lib/shared/pace';
import type { Buckets } from '@/lib/storage/bucket';
import type { CopyOptions } from '@/lib/storage/connection-copy';
import { type ConnectionEntry, type ConnectionList, copyName } from '@/lib/storage/connection-list';
import type { VaultSecret } from '@/lib/vault/vault';

/** What a copy of a connection is opened or made with in this browser. */
export function copyOptionsIn(parts: { buckets: Buckets; list: ConnectionList; pace: Pace }) {
  const { buckets, list, pace } = parts;
  return ({ id, copy }: Pick<ConnectionEntry, 'id' | 'copy'>, secret: VaultSecret): CopyOptions => {
    const name = copyName({ id, copy });
    return {
      buckets,
      name,
      connectionId: id,
      shares: list.share(name),
      anchor: list.anchor(name),
      marks: list.marks(name),
      secret,
      placement: { ...placement, lines: SEARCH_LINES },
      pace,
    };
  };
}
