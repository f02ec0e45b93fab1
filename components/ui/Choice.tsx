import { useId, type ReactNode } from 'react';
import { cx } from './class-names';

interface Props {
  name: string;
  value: string;
  checked: boolean;
  onChoose: () => void;
  title: ReactNode;
  /** At the right of the title, e.g. the article of a law. */
  aside?: ReactNode;
  description?: ReactNode;
  invalid?: boolean;
  describedBy?: string | undefined;
  disabled?: boolean;
}

/** One radio button with a title and an explanation, in a row that is a target as a whole. */
export function Choice({ name, value, checked, onChoose, title, aside, description, invalid, describedBy, disabled }: Props) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cx(
        'flex gap-2.5 px-3 py-2 transition-colors not-first:border-t not-first:border-hairline has-checked:bg-accent-soft/60',
        'first:rounded-t-md last:rounded-b-md hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-1',
        'has-focus-visible:outline-accent',
      )}
    >
      <input
        id={id}
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onChoose}
        disabled={disabled}
        aria-describedby={[description ? `${id}-text` : '', describedBy ?? ''].join(' ').trim() || undefined}
        aria-invalid={invalid || undefined}
        className="mt-[3px] size-3.5 shrink-0 accent-accent focus-visible:outline-none"
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="font-medium">{title}</span>
          {aside && <span className="ms-auto text-xs text-faint">{aside}</span>}
        </span>
        {description && (
          <span id={`${id}-text`} className="block text-sm text-muted">
            {description}
          </span>
        )}
      </span>
    </label>
  );
}

/** The frame around a group of choices. */
export const CHOICES_LOOK = 'overflow-clip rounded-lg border border-edge bg-raised';
