import type { RecordFormField } from '@/lib/messaging/creation-protocol';
import type { Wiring } from '../../ui/Labelled';

/** What every control of a form is given. Values are text as it is typed; the background makes the CRM's of them. */
export interface ControlProps {
  field: RecordFormField;
  value: string;
  onChange: (value: string) => void;
  wiring: Wiring;
}

/** Browsers and their password managers must not keep or offer the data of people who are not their user. */
export const PRIVATE = { autoComplete: 'off', spellCheck: false, 'data-1p-ignore': true, 'data-lpignore': 'true' } as const;
