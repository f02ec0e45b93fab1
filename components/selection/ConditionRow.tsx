import { useId } from 'react';
import { Trash2 } from 'lucide-react';
import { i18n } from '#i18n';
import type { FieldOption } from '@/lib/messaging/protocol';
import { IconButton } from '../ui/IconButton';
import { CONTROL_LOOK } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { readable } from '../ui/text';
import { ConditionValues } from './ConditionValues';
import { OPERATOR_WORDS, operatorsFor, withField, type Operator } from './operators';
import type { ConditionDraft, Problem } from './selection-draft';

interface Props {
  condition: ConditionDraft;
  /** Its place in the list, from 1: what it is called. */
  number: number;
  /** Null while they are being asked for. */
  fields: readonly FieldOption[] | null;
  problem: Problem | undefined;
  onChange: (condition: ConditionDraft) => void;
  onRemove: () => void;
}

export function ConditionRow({ condition, number, fields, problem, onChange, onRemove }: Props) {
  const errorId = useId();
  const fieldOf = (wanted: string) => fields?.find(({ name }) => name === wanted);
  const field = fieldOf(condition.field);
  const choices = field && field.options.length > 0;
  const errors = { field: problem === 'field' ? errorId : undefined, value: problem === 'value' ? errorId : undefined };
  return (
    <fieldset data-condition={condition.id} className="min-w-0">
      <legend className="sr-only">{i18n.t('selection.condition', [number])}</legend>
      <div className="flex items-start gap-1.5">
        <div className="grid min-w-0 flex-1 items-start gap-1.5 sm:grid-cols-[minmax(0,4fr)_minmax(0,3fr)_minmax(0,5fr)]">
          <select
            value={condition.field}
            aria-label={i18n.t('selection.field', [number])}
            aria-invalid={errors.field ? true : undefined}
            aria-describedby={errors.field}
            onChange={({ target }) => onChange(withField(condition, target.value, fieldOf(target.value)))}
            className={cx(CONTROL_LOOK, 'h-7 px-1')}
          >
            {condition.field === '' && <option value="">{i18n.t(fields ? 'selection.chooseField' : 'common.loading')}</option>}
            {condition.field !== '' && !field && <option value={condition.field}>{readable(condition.field)}</option>}
            {fields?.map(({ name, label }) => (
              <option key={name} value={name}>
                {readable(label)}
              </option>
            ))}
          </select>
          <select
            value={condition.operator}
            aria-label={i18n.t('selection.operator', [number])}
            onChange={({ target }) => onChange({ ...condition, operator: target.value as Operator })}
            className={cx(CONTROL_LOOK, 'h-7 px-1')}
          >
            {operatorsFor(field, condition.operator).map((operator) => (
              <option key={operator} value={operator}>
                {i18n.t(`selection.op.${OPERATOR_WORDS[operator]}`)}
              </option>
            ))}
          </select>
          {fields === null && condition.field !== '' ? (
            <div aria-hidden="true" className="shimmer h-7 rounded-md" />
          ) : (
            <ConditionValues
              key={condition.field}
              condition={condition}
              field={field}
              label={i18n.t('selection.value', [number])}
              errorId={errors.value}
              onChange={(values) => onChange({ ...condition, values })}
            />
          )}
        </div>
        <IconButton icon={Trash2} label={i18n.t('selection.removeCondition', [number])} onClick={onRemove} />
      </div>
      {problem && (
        <p id={errorId} className="mt-1 text-sm text-danger">
          {problem === 'field' && i18n.t('selection.fieldMissing')}
          {problem === 'value' && i18n.t(choices ? 'selection.choiceMissing' : 'selection.valueMissing')}
        </p>
      )}
    </fieldset>
  );
}
