import { useEffect, useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { Changeable, ChangeableField } from '@/lib/messaging/creation-protocol';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { readable } from '../ui/text';
import { differing, type Values } from './changes';

interface Props {
  connectionId: string;
  object: 'task' | 'opportunity';
  values: Values;
  onSave: (values: Values) => void;
  onCancel: () => void;
}

/** What can be changed of a row without a form: its stage or status, and its date. */
export function RowEditor({ connectionId, object, values, onSave, onCancel }: Props) {
  const known = useRequest('creation.changeable', { connectionId, object });
  const [typed, setTyped] = useState(values);
  const form = useRef<HTMLFormElement>(null);
  const isThere = known.data !== undefined;
  useEffect(() => {
    if (isThere) form.current?.querySelector<HTMLElement>('select, input')?.focus();
  }, [isThere]);
  if (known.error) return <ErrorNotice error={known.error} onRetry={() => void known.refetch()} className="my-2" />;
  if (!known.data) return <div className="shimmer my-2 h-7 w-full" />;
  const { fields, doneStatus } = known.data;
  const changed = differing(values, typed);
  const isDone = doneStatus !== null && values.status === doneStatus;
  const mayFinish = doneStatus !== null && !isDone && fields.some(({ model }) => model === 'status');
  if (fields.length === 0) return <p className="my-2 text-sm text-muted">{i18n.t('quick.nothing')}</p>;
  return (
    <form
      ref={form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (Object.keys(changed).length === 0) onCancel();
        else onSave(changed);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
      className="my-2 rounded-lg border border-hairline bg-subtle p-2.5"
    >
      <div className="grid grid-cols-2 gap-2">
        {fields.map((field) => (
          <ChangeControl
            key={field.model}
            field={field}
            value={typed[field.model] ?? ''}
            onChange={(value) => setTyped({ ...typed, [field.model]: value })}
          />
        ))}
      </div>
      <div className="mt-2.5 flex flex-wrap justify-end gap-2">
        {mayFinish && (
          <Button size="small" look="quiet" className="-ms-2 me-auto" onClick={() => onSave({ status: doneStatus })}>
            {i18n.t('quick.finish')}
          </Button>
        )}
        <Button size="small" onClick={onCancel}>
          {i18n.t('common.cancel')}
        </Button>
        <Button size="small" type="submit" look="primary">
          {i18n.t('quick.apply')}
        </Button>
      </div>
    </form>
  );
}

const DATES: readonly Changeable[] = ['closeOn', 'dueOn'];

interface ControlProps {
  field: ChangeableField;
  value: string;
  onChange: (value: string) => void;
}

function ChangeControl({ field, value, onChange }: ControlProps) {
  return (
    <Labelled label={<bdi>{readable(field.label)}</bdi>} className="min-w-0">
      {(wiring) =>
        DATES.includes(field.model) ? (
          <input
            {...wiring}
            type="date"
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={cx(CONTROL_LOOK, 'h-7')}
          />
        ) : (
          <select
            {...wiring}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={cx(CONTROL_LOOK, 'h-7 px-1')}
          >
            {!field.options.some((option) => option.value === value) && <option value={value}>{readable(value)}</option>}
            {field.options.map((option) => (
              <option key={option.value} value={option.value}>
                {readable(option.label)}
              </option>
            ))}
          </select>
        )
      }
    </Labelled>
  );
}
