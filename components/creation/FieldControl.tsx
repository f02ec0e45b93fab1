import { i18n } from '#i18n';
import type { CreatableObject, RecordFormField } from '@/lib/messaging/creation-protocol';
import type { SuggestionSource } from '@/lib/prefill/suggestion';
import { Labelled, type Wiring } from '../ui/Labelled';
import { readable } from '../ui/text';
import { CheckboxControl } from './controls/CheckboxControl';
import { MultiPicklistControl } from './controls/MultiPicklistControl';
import { PicklistControl } from './controls/PicklistControl';
import { ReferenceControl } from './controls/ReferenceControl';
import { LongTextControl, TextControl } from './controls/TextControl';

interface Props {
  connectionId: string;
  object: CreatableObject;
  field: RecordFormField;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  /** Those of a picklist's options that can be chosen as things stand. */
  options: RecordFormField['options'];
  /** Of a dependent picklist whose controlling field is empty: what that is called. */
  dependsOn: string | null;
  /** Of a reference: what the chosen record is called. */
  label: string | null;
  onChoose: (id: string, label: string) => void;
}

/** Message keys cannot hold a hyphen. */
const SOURCES = {
  'company-data': 'companyData',
  'site-name': 'siteName',
  'page-title': 'pageTitle',
  copyright: 'copyright',
  'site-address': 'siteAddress',
  'mail-link': 'mailLink',
  'phone-link': 'phoneLink',
  selection: 'selection',
  text: 'text',
} as const satisfies Record<SuggestionSource, string>;

/** One field of the CRM, drawn by its type alone. */
export function FieldControl(props: Props) {
  const { field, value, error, dependsOn } = props;
  if (field.type === 'checkbox') return <CheckboxControl {...props} />;
  if (field.type === 'multi-picklist') return <MultiPicklistControl {...props} />;
  const source = value === field.value && value !== '' ? field.source : null;
  return (
    <Labelled
      label={<bdi>{readable(field.label)}</bdi>}
      required={field.required}
      error={error}
      hint={hintOf(field, source, dependsOn)}
    >
      {(wiring) => <Control {...props} wiring={wiring} />}
    </Labelled>
  );
}

/** Where the value is from matters most, then why nothing can be chosen, then what the CRM's admin says of the field. */
function hintOf({ help }: RecordFormField, source: SuggestionSource | null, dependsOn: string | null): string | undefined {
  if (source) return i18n.t(`lead.from.${SOURCES[source]}`);
  if (dependsOn !== null) return i18n.t('form.controlledBy', { field: readable(dependsOn) });
  return help === null || help.trim() === '' ? undefined : readable(help);
}

function Control(props: Props & { wiring: Wiring }) {
  switch (props.field.type) {
    case 'textarea':
      return <LongTextControl {...props} />;
    case 'picklist':
      return <PicklistControl {...props} />;
    case 'reference':
      return <ReferenceControl {...props} />;
    default:
      return <TextControl {...props} />;
  }
}
