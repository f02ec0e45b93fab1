import type { CrmKind } from '@/lib/crm/crm-kind';
import type { ConnectionEntry } from '@/lib/storage/connection-list';

/** The entry of a connection that is being made at `now` (ms), under an id of its own. */
export const newEntry = (crm: CrmKind, now: number): ConnectionEntry => ({
  id: crypto.randomUUID(),
  crm,
  connectedAt: new Date(now).toISOString(),
  disconnecting: false,
  copy: 0,
  copiedAt: null,
});
