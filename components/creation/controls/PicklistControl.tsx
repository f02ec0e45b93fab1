import { i18n } from '#i18n';
import type { RecordFormField } from '@/lib/messaging/creation-protocol';
import { CONTROL_LOOK } from '../../ui/Labelled';
import { cx } from '../../ui/class-names';
import { readable } from '../../ui/text';
import type { ControlProps } from './control';

interface Props extends ControlProps {
  /** Those of the field's options that can be chosen as things stand. */
  options: RecordFormField['options'];
}

/** One value of a list. A value that is not in it stays: the CRM may take it. */
export function PicklistControl({ field, value, onChange, wiring, options }: Props) {
  const isListed = options.some((option) => option.value === value);
  return (
    <select
      {...wiring}
      name={field.name}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cx(CONTROL_LOOK, 'h-7 px-1')}
    >
      {(value === '' || !field.required) && !options.some((option) => option.value === '') && (
        <option value="">{i18n.t('form.choose')}</option>
      )}
      {value !== '' && !isListed && <option value={value}>{readable(value)}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {readable(option.label)}
        </option>
      ))}
    </select>
  );
}
