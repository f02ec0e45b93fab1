import { useId, type ReactNode } from 'react';
import { cx } from './class-names';

interface Props {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  /** Behind the label in a quieter voice, e.g. why it cannot be changed. */
  remark?: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
  className?: string;
}

/** A box and its label, one target together. */
export function Checkbox({ checked, onChange, label, remark, description, disabled = false, className }: Props) {
  const id = useId();
  const described = [remark && `${id}-remark`, description && `${id}-text`].filter(Boolean).join(' ');
  return (
    <div className={cx('flex gap-2 py-[3px]', className)}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={described || undefined}
        className="mt-[3px] size-3.5 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className={disabled ? 'text-muted' : undefined}>
          {label}
        </label>
        {remark && (
          <span id={`${id}-remark`} className="ms-1.5 text-sm text-faint">
            {remark}
          </span>
        )}
        {description && (
          <p id={`${id}-text`} className="text-sm text-muted">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}
