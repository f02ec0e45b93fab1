import type { State } from './state.ts';
import { settingsStates } from './states-settings.ts';
import { basisStates } from './states-basis.ts';
import { formStates } from './states-forms.ts';
import { outboxStates } from './states-outbox.ts';
import { optionsStates } from './states-options.ts';
import { privacyStates, rightsStates } from './states-privacy.ts';
import { popupStates } from './states-popup.ts';
import { selectionStates } from './states-selection.ts';
import { sidebarStates } from './states-sidebar.ts';
import { sidepanelStates } from './states-sidepanel.ts';
import { syncStates } from './states-sync.ts';
import { tabStates } from './states-tab.ts';
import { healthStates } from './states-health.ts';
import { lockedStates } from './states-locked.ts';
import { passkeyStates } from './states-passkeys.ts';
import { searchStates } from './states-search.ts';
import { policyStates } from './states-policy.ts';
import { setupStates } from './states-setup.ts';
import { protectionStates } from './states-protection.ts';

export const STATES: readonly State[] = [
  ...sidebarStates,
  ...sidepanelStates,
  ...popupStates,
  ...formStates,
  ...outboxStates,
  ...basisStates,
  ...searchStates,
  ...optionsStates,
  ...settingsStates,
  ...privacyStates,
  ...rightsStates,
  ...setupStates,
  ...syncStates,
  ...selectionStates,
  ...healthStates,
  ...lockedStates,
  ...protectionStates,
  ...passkeyStates,
  ...tabStates,
  ...policyStates,
];

export function stateById(id: string | null): State | undefined {
  return STATES.find((state) => state.id === id);
}
