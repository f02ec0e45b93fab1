import { i18n } from '#i18n';
import type { AccountView, ListGap } from '@/lib/messaging/account-protocol';

/** What stands where a list is empty: that there is nothing, or that nothing of the kind is in the copy. */
export function emptyWords({ gaps }: Pick<AccountView, 'gaps'>, object: keyof AccountView['gaps'], none: string): string {
  const gap = gaps[object];
  return gap ? WORDS[gap]() : none;
}

const WORDS: Record<ListGap, () => string> = {
  coming: () => i18n.t('account.coming'),
  unwanted: () => i18n.t('account.leftOut'),
};
