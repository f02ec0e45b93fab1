import { LockKeyhole } from 'lucide-react';
import { i18n } from '#i18n';
import type { LockReason } from '@/lib/shared/lock-reason';
import { Centered } from '../ui/Centered';

/** For a view inside a web page, where nothing private is typed: it says where to unlock. */
export function LockedNotice({ why }: { why: LockReason | null }) {
  const asked = why === 'policy';
  return (
    <Centered
      icon={<LockKeyhole className="size-8" strokeWidth={1.25} />}
      title={i18n.t(asked ? 'policy.passphraseTitle' : 'vault.title')}
      text={i18n.t(asked ? 'policy.setInOptions' : 'vault.unlockInPopup')}
    />
  );
}
