import { useId, useState } from 'react';
import { ChevronDown } from 'lucide-react';
import { i18n } from '#i18n';
import { objectsName, type ObjectKind } from '../sync/object-names';
import { usePolicy } from '../policy/use-policy';
import { Checkbox } from '../ui/Checkbox';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';
import { FieldChoices } from './FieldChoices';
import type { ObjectSelection } from './selection-draft';

interface Props {
  connectionId: string;
  kind: ObjectKind;
  chosen: ObjectSelection;
  onChange: (change: Partial<ObjectSelection>) => void;
  /** The CRM user cannot see these records. */
  unavailable: boolean;
}

/** Without these there is nothing to stand beside a site, and nobody to name as its owner. */
const ALWAYS = { account: 'selection.always', user: 'selection.alwaysUsers' } as const;

export function ObjectRow({ connectionId, kind, chosen, onChange, unavailable }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const always = kind === 'account' || kind === 'user' ? i18n.t(ALWAYS[kind]) : null;
  const policy = usePolicy();
  const isOut = always === null && policy?.objects != null && !policy.objects.includes(kind);
  const wanted = always !== null || (chosen.wanted && !isOut);
  const changes = [
    chosen.without.length > 0 && i18n.t('selection.leftOut', [formatNumber(chosen.without.length)]),
    chosen.extra.length > 0 && i18n.t('selection.added', [formatNumber(chosen.extra.length)]),
  ].filter(Boolean);
  return (
    <>
      <div className="flex min-h-9 items-center gap-2 ps-3 pe-1.5">
        <Checkbox
          checked={wanted}
          disabled={always !== null || isOut}
          onChange={(next) => onChange({ wanted: next })}
          label={objectsName(kind)}
          remark={isOut ? i18n.t('policy.notAllowed') : unavailable ? i18n.t('selection.unavailable') : always}
          className="min-w-0 flex-1"
        />
        {wanted && (
          <>
            <span className="text-sm text-faint">{changes.join(', ')}</span>
            <button
              type="button"
              aria-expanded={open}
              aria-controls={id}
              aria-label={i18n.t('selection.fieldsOf', [objectsName(kind)])}
              onClick={() => setOpen(!open)}
              className="inline-flex h-6 shrink-0 items-center gap-1 rounded-sm px-1.5 text-sm font-medium text-accent hover:bg-accent-soft"
            >
              {i18n.t('selection.fields')}
              <ChevronDown
                aria-hidden="true"
                className={cx('size-3.5 transition-transform', open && 'rotate-180')}
                strokeWidth={2}
              />
            </button>
          </>
        )}
      </div>
      <div id={id} hidden={!open || !wanted} className="border-t border-hairline bg-subtle px-3 py-3 last:rounded-b-md">
        {open && wanted && <FieldChoices connectionId={connectionId} kind={kind} chosen={chosen} onChange={onChange} />}
      </div>
    </>
  );
}
