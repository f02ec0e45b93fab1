import { Building2 } from 'lucide-react';
import { i18n } from '#i18n';
import { cx } from '../ui/class-names';

/** Why a control beside it cannot be changed. */
export function SetByOrganisation({ text, className }: { text?: string; className?: string }) {
  return (
    <p className={cx('flex items-start gap-1.5 text-sm text-muted', className)}>
      <Building2 aria-hidden="true" className="mt-[3px] size-3.5 shrink-0 text-faint" strokeWidth={1.75} />
      {text ?? i18n.t('policy.set')}
    </p>
  );
}
