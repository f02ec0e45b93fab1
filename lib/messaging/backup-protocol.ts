/** Requests about the settings as a file, and about the report for whoever helps. Types only; protocol.ts takes them in. */
import type { ObjectKind } from '@/lib/crm/records';
import type { OverlayMode } from './overlay-protocol';
import type { SitePreset } from './site-protocol';

/**
 * What a file would change. `held`: the organisation's policy does not allow it, so it stays as it is. Of a choice of which a part is not allowed
 * that part is a change of its own: `objects` has only the kinds that it concerns then, `fields` only the further fields.
 */
export type BackupChange = { held: boolean } & (
  | { setting: 'idleMinutes' | 'keepDays' | 'syncHours'; from: number; to: number }
  | { setting: 'overlay'; from: OverlayMode; to: OverlayMode }
  | { setting: 'sidebar' | 'tab' }
  | { setting: 'never'; from: SitePreset[]; to: SitePreset[] }
  | ({ connectionId: string; crmLabel: string; orgName: string } & (
      | { setting: 'objects'; from: ObjectKind[]; to: ObjectKind[] }
      | { setting: 'fields'; object: ObjectKind; leftOut: string[]; copiedAgain: string[]; added: string[]; dropped: string[] }
      | { setting: 'owner'; to: 'all' | 'mine' }
      | { setting: 'withWebsite' | 'optedOut'; to: boolean }
      | { setting: 'closedTasks'; from: number | null; to: number | null }
      | { setting: 'reserve'; from: number; to: number }
    ))
);

export interface BackupPlan {
  changes: BackupChange[];
  /** Choices for a CRM that is not connected here, by the CRM's name: they are left out. */
  notConnected: string[];
  /** Choices for a connection that cannot be opened now, by the CRM's name: they are left out. */
  notOpened: string[];
  /** Base64 SHA-256 of the file and of all of this: what is applied is what was shown. */
  digest: string;
}

export interface BackupRequests {
  /** The settings as a file. @throws `backup.incomplete` when one that cannot be opened would leave its place to the next */
  'backup.make': { in: Record<never, never>; out: { text: string } };
  /** What the file would change. @throws `backup.unreadable`, `backup.newer` */
  'backup.check': { in: { text: string }; out: BackupPlan };
  /**
   * Changes what was shown by `backup.check`, and gives it. Each connection is taken on its own: what one refuses holds in the others, and its error
   * comes afterwards. @throws `backup.overtaken` when it would be something else by now; `backup.unreadable`, `backup.newer`
   */
  'backup.apply': { in: { text: string; digest: string }; out: BackupPlan };
  /** A report of counts, codes and versions, as it is to be shown and saved. It holds no personal data. */
  'diagnostics.make': { in: Record<never, never>; out: { text: string } };
}
