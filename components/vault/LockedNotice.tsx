import { LockKeyhole } from 'lucide-react';
import { i18n } from '#i18n';
import { Centered } from '../ui/Centered';

/** For a view inside a web page, where nothing private is typed: it says where to unlock. */
export function LockedNotice() {
  return (
    <Centered
      icon={<LockKeyhole className="size-8" strokeWidth={1.25} />}
      title={i18n.t('vault.title')}
      text={i18n.t('vault.unlockInPopup')}
    />
  );
}
