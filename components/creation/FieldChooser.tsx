import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { i18n } from '#i18n';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { IconButton } from '../ui/IconButton';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { readable } from '../ui/text';

interface Props {
  form: RecordForm;
  onLeave: (changed: boolean) => void;
}

/** Which fields stand in the short form, and in which order; by pointer and by keyboard alike. */
export function FieldChooser({ form, onLeave }: Props) {
  const client = useQueryClient();
  const [short, setShort] = useState(form.short);
  const { mutate, isPending, error } = useAction('creation.choose');
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<string | null>(null);
  useEffect(() => heading.current?.focus(), []);
  const { connectionId, object } = form;
  const choice = useRequest('creation.choice', { connectionId, object });
  const save = (names: string[] | null) =>
    mutate(
      { connectionId, object, short: names },
      {
        onSuccess: () => {
          client.removeQueries({ queryKey: ['creation.choice'] });
          onLeave(true);
        },
      },
    );
  const rest = form.fields.filter(({ name }) => !short.includes(name));
  // The row has gone elsewhere in the document, and the focus goes with it.
  useLayoutEffect(() => {
    if (pressed.current !== null) list.current?.querySelector<HTMLElement>(`[data-move="${pressed.current}"]`)?.focus();
    pressed.current = null;
  });
  const move = (at: number, step: -1 | 1) => {
    const next = [...short];
    const [name] = next.splice(at, 1);
    pressed.current = `${name} ${step}`;
    if (name !== undefined) next.splice(at + step, 0, name);
    setShort(next);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto px-4 py-4">
        <h2 ref={heading} tabIndex={-1} className="font-semibold">
          {i18n.t('form.fields')}
        </h2>
        <p className="text-sm text-muted">{i18n.t('form.fieldsText')}</p>
        {error && <ErrorNotice error={error} />}
        <ol ref={list} aria-label={i18n.t('form.fields')} className="divide-y divide-hairline rounded-lg border border-hairline">
          {short.map((name, at) => (
            <ChosenField
              key={name}
              field={form.fields.find((one) => one.name === name)}
              isFirst={at === 0}
              isLast={at === short.length - 1}
              onMove={(step) => move(at, step)}
              onRemove={() => setShort(short.filter((one) => one !== name))}
            />
          ))}
        </ol>
        {rest.length > 0 && (
          <Labelled label={i18n.t('form.addField')}>
            {(wiring) => (
              <select
                {...wiring}
                value=""
                onChange={(event) => setShort([...short, event.target.value])}
                className={cx(CONTROL_LOOK, 'h-7 px-1')}
              >
                <option value="">{i18n.t('form.choose')}</option>
                {rest.map(({ name, label }) => (
                  <option key={name} value={name}>
                    {readable(label)}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-hairline px-4 py-2.5">
        <Button
          look="quiet"
          busy={isPending}
          off={choice.data?.isChosen !== true}
          onClick={() => save(null)}
          className="-ms-2 me-auto"
        >
          {i18n.t('form.fieldsReset')}
        </Button>
        <Button onClick={() => onLeave(false)}>{i18n.t('common.cancel')}</Button>
        <Button look="primary" busy={isPending} onClick={() => save(short)}>
          {i18n.t('form.fieldsSave')}
        </Button>
      </div>
    </div>
  );
}

interface ChosenProps {
  field: RecordForm['fields'][number] | undefined;
  isFirst: boolean;
  isLast: boolean;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

function ChosenField({ field, isFirst, isLast, onMove, onRemove }: ChosenProps) {
  if (!field) return null;
  const name = readable(field.label);
  return (
    <li className="flex h-8 items-center ps-3 pe-1">
      <span className="min-w-0 flex-1 truncate">
        <CrmText text={field.label} />
        {field.required && <span className="text-danger"> *</span>}
      </span>
      <IconButton
        icon={ArrowUp}
        label={i18n.t('form.moveUp', { name })}
        data-move={`${field.name} -1`}
        aria-disabled={isFirst || undefined}
        onClick={() => !isFirst && onMove(-1)}
        className="aria-disabled:opacity-40"
      />
      <IconButton
        icon={ArrowDown}
        label={i18n.t('form.moveDown', { name })}
        data-move={`${field.name} 1`}
        aria-disabled={isLast || undefined}
        onClick={() => !isLast && onMove(1)}
        className="aria-disabled:opacity-40"
      />
      <IconButton
        icon={X}
        label={i18n.t('form.remove', { name })}
        aria-disabled={field.required || undefined}
        onClick={() => !field.required && onRemove()}
        className="aria-disabled:opacity-40"
      />
    </li>
  );
}
