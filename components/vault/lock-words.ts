import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';

/** Why it is locked, in words. */
export function lockReason({ locked, idleMinutes }: Pick<VaultState, 'locked' | 'idleMinutes'>): string {
  if (locked === 'idle') return idleMinutes > 0 ? i18n.t('vault.reason.idle', idleMinutes) : i18n.t('vault.reason.quiet');
  return i18n.t(`vault.reason.${locked ?? 'user'}`);
}
