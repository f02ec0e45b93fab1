import { FlaskConical } from 'lucide-react';
import { i18n } from '#i18n';
import { Badge } from '../ui/Badge';

/** Stands on everything that comes from the sample CRM. */
export function SampleMark() {
  return (
    <Badge tone="warn">
      <FlaskConical aria-hidden="true" className="size-3" strokeWidth={2} />
      {i18n.t('sample.mark')}
    </Badge>
  );
}

/** The same for a whole view: a strip above everything else in it. */
export function SampleStrip() {
  return (
    <p className="flex items-center gap-1.5 border-b border-hairline bg-warn-soft px-4 py-1.5 text-sm font-medium text-warn">
      <FlaskConical aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={2} />
      {i18n.t('sample.strip')}
    </p>
  );
}
