import { i18n } from '#i18n';
import type { FieldOption } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';
import type { ObjectKind } from '../sync/object-names';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { Checkbox } from '../ui/Checkbox';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CheckList } from './CheckList';
import { toggled, type ExtraField, type ObjectSelection } from './selection-draft';

interface Props {
  connectionId: string;
  kind: ObjectKind;
  chosen: ObjectSelection;
  onChange: (change: Partial<ObjectSelection>) => void;
}

/** The fields of one object: the usual ones to leave out, and all others to add. */
export function FieldChoices({ connectionId, kind, chosen, onChange }: Props) {
  const fields = useRequest('selection.fields', { connectionId, object: kind });
  const only = usePolicy()?.fields[kind];
  if (fields.error) return <ErrorNotice error={fields.error} onRetry={() => void fields.refetch()} />;
  if (!fields.data) return <FieldsSkeleton />;
  return (
    <div className="space-y-4">
      <UsualFields fields={fields.data} only={only} chosen={chosen} onChange={onChange} />
      {kind !== 'user' && <MoreFields fields={fields.data} only={only} chosen={chosen} onChange={onChange} />}
      {only && <SetByOrganisation text={i18n.t('policy.fields')} />}
    </div>
  );
}

type GroupProps = Omit<Props, 'connectionId' | 'kind'> & {
  fields: readonly FieldOption[];
  /** The only ones that the organisation allows. */
  only: readonly string[] | undefined;
};

function UsualFields({ fields, only, chosen, onChange }: GroupProps) {
  const isOut = ({ name, needed }: FieldOption) => !needed && only !== undefined && !only.includes(name);
  const usual = fields.filter(({ model }) => model !== null);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium text-muted">{i18n.t('selection.usual')}</legend>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4">
        {usual.map((field) => {
          const { name, label, model, needed } = field;
          return (
            <li key={name}>
              <Checkbox
                checked={needed || (!chosen.without.includes(model ?? '') && !isOut(field))}
                disabled={needed || isOut(field)}
                onChange={(wanted) => onChange({ without: toggled(chosen.without, model ?? '', !wanted) })}
                label={<CrmText text={label} />}
                remark={needed && i18n.t('selection.needed')}
              />
            </li>
          );
        })}
      </ul>
      {usual.some(({ needed }) => needed) && <p className="mt-1 text-sm text-faint">{i18n.t('selection.neededText')}</p>}
    </fieldset>
  );
}

function MoreFields({ fields, only, chosen, onChange }: GroupProps) {
  const others: ExtraField[] = fields
    .filter(({ name, model }) => model === null && (only === undefined || only.includes(name)))
    .map(({ name, label }) => ({ name, label }))
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
  const known = new Set(others.map(({ name }) => name));
  // What the CRM does not name any more can still be taken out.
  const items = [...chosen.extra.filter(({ name }) => !known.has(name)), ...others];
  const toggle = ({ name, label }: ExtraField, wanted: boolean) => {
    const rest = chosen.extra.filter((field) => field.name !== name);
    onChange({ extra: wanted ? [...rest, { name, label }] : rest });
  };
  return (
    <div>
      <p className="mb-1 text-sm font-medium text-muted">
        {i18n.t('selection.more')}
        <span className="font-normal text-faint"> {i18n.t('selection.moreShown')}</span>
      </p>
      {items.length === 0 ? (
        <p className="text-sm text-faint">{i18n.t('selection.noMore')}</p>
      ) : (
        <CheckList
          items={items}
          chosen={new Set(chosen.extra.map(({ name }) => name))}
          onToggle={toggle}
          label={i18n.t('selection.more')}
          searchLabel={i18n.t('selection.find')}
          withNames
        />
      )}
    </div>
  );
}

function FieldsSkeleton() {
  return (
    <div role="status">
      <span className="sr-only">{i18n.t('common.loading')}</span>
      <div aria-hidden="true" className="grid grid-cols-3 gap-3">
        {[0, 1, 2, 3, 4, 5].map((cell) => (
          <div key={cell} className="shimmer h-3" />
        ))}
      </div>
    </div>
  );
}
