import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { FormField, SuggestionSource } from '@/lib/messaging/protocol';
import { CONTROL_LOOK, Labelled, type Wiring } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { readable } from '../ui/text';

interface Props {
  field: FormField;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

const INPUT_TYPES = { text: 'text', email: 'email', phone: 'tel', url: 'url', number: 'text', date: 'date' } as const;

/** Message keys cannot hold a hyphen. */
const SOURCES = {
  'company-data': 'companyData',
  'site-name': 'siteName',
  'page-title': 'pageTitle',
  'site-address': 'siteAddress',
  text: 'text',
} as const satisfies Record<SuggestionSource, string>;

/** Browsers and their password managers must not keep or offer the data of people who are not their user. */
const PRIVATE = { autoComplete: 'off', spellCheck: false, 'data-1p-ignore': true, 'data-lpignore': 'true' } as const;

/** One field of the CRM, drawn by its type alone. */
export function FieldControl({ field, value, onChange, error }: Props) {
  if (field.type === 'checkbox') return <CheckboxField field={field} value={value} onChange={onChange} error={error} />;
  const source = value === field.value && value !== '' ? field.source : null;
  return (
    <Labelled
      label={<bdi>{readable(field.label)}</bdi>}
      required={field.required}
      error={error}
      hint={source ? i18n.t(`lead.from.${SOURCES[source]}`) : undefined}
    >
      {(wiring) => control(field, value, onChange, wiring)}
    </Labelled>
  );
}

function control(field: FormField, value: string, onChange: (value: string) => void, wiring: Wiring): ReactNode {
  const shared = { ...wiring, ...PRIVATE, name: field.name, maxLength: field.maxLength ?? undefined };
  if (field.type === 'textarea') {
    return (
      <textarea
        {...shared}
        rows={3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
      />
    );
  }
  if (field.type === 'picklist') {
    return (
      <select
        {...wiring}
        name={field.name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx(CONTROL_LOOK, 'h-7 px-1')}
      >
        {!field.options.some((option) => option.value === '') && <option value="">{i18n.t('lead.choose')}</option>}
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {readable(option.label)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      {...shared}
      type={INPUT_TYPES[field.type === 'checkbox' ? 'text' : field.type]}
      inputMode={field.type === 'number' ? 'decimal' : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cx(CONTROL_LOOK, 'h-7')}
    />
  );
}

function CheckboxField({ field, value, onChange, error }: Props) {
  const errorId = `${field.name}-error`;
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
