import { useRef } from 'react';
import { Plus, X } from 'lucide-react';
import { i18n } from '#i18n';
import type { FieldOption } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { CONTROL_LOOK } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { CheckList } from './CheckList';
import { takesValues, toggled, type ConditionDraft } from './selection-draft';

interface Props {
  condition: ConditionDraft;
  field: FieldOption | undefined;
  /** Names the condition for a screen reader. */
  label: string;
  errorId: string | undefined;
  onChange: (values: string[]) => void;
}

/** What a condition compares with: boxes when the field has a list of values, else what is typed. */
export function ConditionValues({ condition, field, label, errorId, onChange }: Props) {
  const amount = takesValues(condition.operator);
  if (amount === 'none') return null;
  if (field && field.options.length > 0 && amount === 'several') {
    const items = field.options.map(({ value, label: text }) => ({ name: value, label: text }));
    const known = new Set(items.map(({ name }) => name));
    const gone = condition.values.filter((value) => !known.has(value)).map((value) => ({ name: value, label: value }));
    return (
      <CheckList
        className="sm:col-span-3"
        columns
        items={[...gone, ...items]}
        chosen={new Set(condition.values)}
        onToggle={({ name }, wanted) => onChange(toggled(condition.values, name, wanted))}
        label={label}
        searchLabel={i18n.t('selection.findValue')}
        errorId={errorId}
      />
    );
  }
  return <TypedValues {...{ condition, label, errorId, onChange }} several={amount === 'several'} />;
}

function TypedValues({ condition, label, errorId, several, onChange }: Omit<Props, 'field'> & { several: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const values = condition.values.length > 0 ? condition.values : [''];
  const shown = several ? values : values.slice(0, 1);
  const focusValue = (index: number) =>
    requestAnimationFrame(() => place.current?.querySelectorAll('input').item(index)?.focus());
  const set = (index: number, value: string) => onChange(values.map((old, at) => (at === index ? value : old)));
  const add = () => {
    onChange([...values, '']);
    focusValue(values.length);
  };
  const remove = (index: number) => {
    onChange(values.filter((_, at) => at !== index));
    focusValue(Math.max(0, index - 1));
  };
  return (
    <div ref={place} className="space-y-1.5">
      {shown.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values have no identity but their place
        <div key={index} className="flex items-center gap-1">
          {index > 0 && <span className="min-w-5 shrink-0 pe-0.5 text-sm text-faint">{i18n.t('selection.or')}</span>}
          <input
            value={value}
            aria-label={label}
            aria-invalid={errorId ? true : undefined}
            aria-describedby={errorId}
            maxLength={255}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => set(index, event.target.value)}
            className={cx(CONTROL_LOOK, 'h-7 min-w-0')}
          />
          {shown.length > 1 && (
            <IconButton icon={X} label={i18n.t('selection.removeValue', [index + 1])} onClick={() => remove(index)} />
          )}
        </div>
      ))}
      {several && shown.every((value) => value.trim() !== '') && (
        <Button size="small" look="quiet" className="-ms-2" onClick={add}>
          <Plus aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
          {i18n.t('selection.addValue')}
        </Button>
      )}
    </div>
  );
}
