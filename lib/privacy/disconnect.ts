import type { ObjectKind } from '@/lib/crm/records';
import type { Clock } from '@/lib/shared/clock';

/**
 * Disconnect: the CRM's permission ended, the key destroyed, every byte of the connection gone, and a receipt. The steps
 * are in an order in which each may be the last one before a kill; `resume` in the composition root runs them again.
 */
export interface DisconnectPorts {
  clock: Clock;
  /** Remembered outside the bucket, so that a killed disconnect goes on. */
  markDisconnecting(): Promise<void>;
  /** What an attempt that was cut off had come to; null when there was none. */
  noted(): Promise<NotedDisconnect | null>;
  /** Keeps, outside the copy, what the receipt will say of it when nobody can look any more. Nothing personal. */
  note(so: NotedDisconnect): Promise<void>;
  stopSync(): Promise<void>;
  /** No record is sent any more. */
  stopOutbox(): Promise<void>;
  /** Who and how much, for the receipt; null when the copy cannot be opened any more. */
  describe(): Promise<Described | null>;
  /** True when the CRM confirmed it, null when there is no token that could be revoked. */
  revoke(): Promise<boolean | null>;
  closeCopy(): Promise<void>;
  deleteBucket(): Promise<void>;
  /** Forgets the connection and its key share. Last of all: until then a killed disconnect is found and goes on. */
  forget(): Promise<void>;
  giveBackAccess(): Promise<void>;
  /** Overlays and views go. */
  tellViews(): Promise<void>;
  verify(): Promise<{ bucketGone: boolean; keyGone: boolean }>;
}

export interface Described {
  crmLabel: string;
  userName: string;
  orgName: string;
  counts: Partial<Record<ObjectKind, number>>;
  bytes: number;
  revokeUrl: string | null;
}

export interface NotedDisconnect {
  startedAt: string;
  /** Null while it is under way, as is `verified`. */
  finishedAt: string | null;
  counts: Described['counts'];
  bytes: number;
  revocation: DisconnectReceipt['revocation'];
  verified: DisconnectReceipt['verified'] | null;
}

export interface DisconnectReceipt extends Described {
  startedAt: string;
  finishedAt: string;
  revocation: 'confirmed' | 'failed' | 'nothing-to-revoke';
  verified: { bucketGone: boolean; keyGone: boolean };
}

const UNKNOWN: Described = { crmLabel: '', userName: '', orgName: '', counts: {}, bytes: 0, revokeUrl: null };

/** For the steps that delete nothing: when one of them fails, those that delete go on. */
const attempt = <T>(step: () => Promise<T>, otherwise: T): Promise<T> => step().catch(() => otherwise);

/**
 * Runs all steps. A copy that is damaged, a CRM that cannot be reached or a view that does not answer stops no deletion. What
 * an attempt that was cut off had reached at the CRM counts: after it the copy may be gone, and its token with it.
 * Rejects when something could not be deleted or verified: the connection stays marked, and `resume` goes on with it.
 */
export async function disconnect(ports: DisconnectPorts): Promise<DisconnectReceipt> {
  const iso = () => new Date(ports.clock.now()).toISOString();
  const begunAt = iso();
  await ports.markDisconnecting();
  const earlier = await attempt(ports.noted, null);
  const startedAt = earlier?.startedAt ?? begunAt;
  await attempt(ports.stopSync, undefined);
  await attempt(ports.stopOutbox, undefined);
  const described = (await attempt(ports.describe, null)) ?? { ...UNKNOWN, ...known(earlier) };
  const revocation = earlier?.revocation === 'confirmed' ? 'confirmed' : outcomeOf(await attempt(ports.revoke, false));
  const so = { startedAt, counts: described.counts, bytes: described.bytes, revocation };
  await attempt(() => ports.note({ ...so, finishedAt: null, verified: null }), undefined);
  await attempt(ports.closeCopy, undefined);
  await ports.deleteBucket();
  await attempt(ports.giveBackAccess, undefined);
  await attempt(ports.tellViews, undefined);
  await ports.forget();
  const verified = await ports.verify();
  const finishedAt = iso();
  await attempt(() => ports.note({ ...so, finishedAt, verified }), undefined);
  const revokeUrl = revocation === 'failed' ? described.revokeUrl : null;
  return { ...described, revokeUrl, startedAt, finishedAt, revocation, verified };
}

const known = (earlier: NotedDisconnect | null) => (earlier ? { counts: earlier.counts, bytes: earlier.bytes } : {});

function outcomeOf(revoked: boolean | null): DisconnectReceipt['revocation'] {
  if (revoked === null) return 'nothing-to-revoke';
  return revoked ? 'confirmed' : 'failed';
}
