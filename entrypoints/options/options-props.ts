import { i18n } from '#i18n';
import type { InventoryRow } from '@/lib/shared/data-inventory';
import type { AskHostAccess } from '@/components/connections/ask-access';
import type { CheckForUpdate } from '@/components/connections/UpdateCheck';
import type { SelectionDraft } from '@/components/selection/selection-draft';
import type { Shortcuts } from '@/components/settings/ShortcutList';
import type { Grants } from '@/components/sites/GrantedAccess';
import type { LockKeys } from '@/components/vault/LockCard';

/** What the options page asks of the browser. */
export interface OptionsProps {
  version: string;
  /** These three open the browser's own question, so each must be called straight from a click. */
  askHostAccess: AskHostAccess;
  askSiteAccess: () => Promise<boolean>;
  dropSiteAccess: () => Promise<boolean>;
  /** Null where the browser has no such question. */
  checkForUpdate: CheckForUpdate | null;
  lockKeys: LockKeys;
  shortcuts: Shortcuts;
  grants: Grants;
  /** Every field that is kept anywhere: see lib/privacy/inventory.ts. */
  inventory: readonly InventoryRow[];
}

/** What was changed of a connection's selection and not saved, by its id. */
export type Drafts = Record<string, SelectionDraft | null>;

/** What is lost with a reset, in words; null when nothing is. */
export function draftWords(drafts: Drafts): string | null {
  return Object.values(drafts).some((draft) => draft !== null) ? i18n.t('selection.draft') : null;
}
