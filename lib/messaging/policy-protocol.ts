/** The part of the protocol that is about what the administrator has set. Plain types only; protocol.ts takes them in. */
import type { ObjectKind } from '@/lib/crm/records';
import type { OverlayMode } from './overlay-protocol';
import type { SitePreset } from './site-protocol';
import type { ProtectionMode } from './vault-protocol';

/** What the administrator has set. Null and empty: left to the user. */
export interface PolicyView {
  consumerKey: string | null;
  loginHosts: readonly string[] | null;
  protection: Extract<ProtectionMode, 'passphrase'> | null;
  maxIdleMinutes: number | null;
  maxKeepDays: number | null;
  overlay: OverlayMode | null;
  objects: readonly ObjectKind[] | null;
  /** By the CRM's own names of fields. */
  fields: Partial<Record<ObjectKind, readonly string[]>>;
  neverSites: readonly string[];
  neverKinds: readonly SitePreset[];
  /** Names of what was set and does not fit, so that it is left out. */
  ignored: readonly string[];
}

export interface PolicyRequests {
  'policy.get': { in: Record<never, never>; out: PolicyView };
}
