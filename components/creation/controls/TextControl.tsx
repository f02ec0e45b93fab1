import { CONTROL_LOOK } from '../../ui/Labelled';
import { cx } from '../../ui/class-names';
import { type ControlProps, PRIVATE } from './control';

/** A number is typed as people write it, which `type=number` does not allow in every language. */
const TYPES = { email: 'email', phone: 'tel', url: 'url', date: 'date', moment: 'datetime-local' } as const;

/** A line of text, or what a browser has a field of its own for. */
export function TextControl({ field, value, onChange, wiring }: ControlProps) {
  const type = Object.hasOwn(TYPES, field.type) ? TYPES[field.type as keyof typeof TYPES] : 'text';
  return (
    <input
      {...wiring}
      {...PRIVATE}
      name={field.name}
      type={type}
      inputMode={field.type === 'number' ? 'decimal' : undefined}
      maxLength={field.maxLength ?? undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cx(CONTROL_LOOK, 'h-7', field.type === 'number' && 'text-end')}
    />
  );
}

/** A text of several lines. */
export function LongTextControl({ field, value, onChange, wiring }: ControlProps) {
  return (
    <textarea
      {...wiring}
      {...PRIVATE}
      name={field.name}
      rows={3}
      maxLength={field.maxLength ?? undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
    />
  );
}
