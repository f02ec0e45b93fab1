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
  stopSync(): Promise<void>;
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
 * Runs all steps. A copy that is damaged, a CRM that cannot be reached or a view that does not answer stops no deletion.
 * Rejects when something could not be deleted or verified: the connection stays marked, and `resume` goes on with it.
 */
export async function disconnect(ports: DisconnectPorts): Promise<DisconnectReceipt> {
  const iso = () => new Date(ports.clock.now()).toISOString();
  const startedAt = iso();
  await ports.markDisconnecting();
  await attempt(ports.stopSync, undefined);
  const described = (await attempt(ports.describe, null)) ?? UNKNOWN;
  const revoked = await attempt(ports.revoke, false);
  await attempt(ports.closeCopy, undefined);
  await ports.deleteBucket();
  await attempt(ports.giveBackAccess, undefined);
  await attempt(ports.tellViews, undefined);
  await ports.forget();
  const verified = await ports.verify();
  const revocation = revoked === null ? 'nothing-to-revoke' : revoked ? 'confirmed' : 'failed';
  const revokeUrl = revocation === 'failed' ? described.revokeUrl : null;
  return { ...described, revokeUrl, startedAt, finishedAt: iso(), revocation, verified };
}
