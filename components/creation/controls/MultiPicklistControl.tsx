import { useId } from 'react';
import { i18n } from '#i18n';
import type { RecordFormField } from '@/lib/messaging/creation-protocol';
import { valuesOfMany, withToggled } from '@/lib/shared/picklist';
import { Checkbox } from '../../ui/Checkbox';
import { cx } from '../../ui/class-names';
import { readable } from '../../ui/text';

interface Props {
  field: RecordFormField;
  value: string;
  onChange: (value: string) => void;
  options: RecordFormField['options'];
  error: string | undefined;
}

/** Several values of a list: a group of boxes, which everybody can use without holding a key. */
export function MultiPicklistControl({ field, value, onChange, options, error }: Props) {
  const id = useId();
  const chosen = valuesOfMany(value);
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} data-invalid={error ? true : undefined}>
      <legend className="mb-1 text-sm font-medium text-muted">
        <bdi>{readable(field.label)}</bdi>
        {field.required && (
          <span aria-hidden="true" className="text-danger">
            {' *'}
          </span>
        )}
        <span className="sr-only"> {i18n.t('form.chooseSeveral')}</span>
      </legend>
      <div
        className={cx('max-h-32 overflow-y-auto rounded-md border px-2 py-1', error ? 'border-danger' : 'border-edge-strong/70')}
      >
        {options.map((option) => (
          <Checkbox
            key={option.value}
            checked={chosen.includes(option.value)}
            onChange={() => onChange(withToggled(value, option.value))}
            label={<bdi>{readable(option.label)}</bdi>}
          />
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
