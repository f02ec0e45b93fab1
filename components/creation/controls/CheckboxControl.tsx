import { useId } from 'react';
import type { RecordFormField } from '@/lib/messaging/creation-protocol';
import { readable } from '../../ui/text';

interface Props {
  field: RecordFormField;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** Yes or no. An unticked box is an answer. */
export function CheckboxControl({ field, value, onChange, error }: Props) {
  const errorId = useId();
  return (
    <div>
      <label className="flex items-center gap-2 py-1">
        <input
          type="checkbox"
          name={field.name}
          checked={value === 'true'}
          onChange={(event) => onChange(String(event.target.checked))}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          className="size-3.5 accent-accent"
        />
        <bdi>{readable(field.label)}</bdi>
      </label>
      {error && (
        <p id={errorId} className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
