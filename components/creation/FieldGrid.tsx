import type { RecordForm, RecordFormField } from '@/lib/messaging/creation-protocol';
import { FieldControl } from './FieldControl';
import { placeFields } from './form-layout';
import { optionsOf, type RecordDraft, typedValue, withValue } from './record-draft';

interface Props {
  form: RecordForm;
  fields: readonly RecordFormField[];
  draft: RecordDraft;
  onDraft: (draft: RecordDraft) => void;
  errorOf: (name: string) => string | undefined;
}

/** Fields in their rows. */
export function FieldGrid({ form, fields, draft, onDraft, errorOf }: Props) {
  return (
    <div className="grid grid-cols-2 items-start gap-x-3 gap-y-3">
      {placeFields(fields).map(({ field, half }) => (
        <div key={field.name} className={half ? 'min-w-0' : 'col-span-2 min-w-0'}>
          <FieldControl
            connectionId={form.connectionId}
            object={form.object}
            field={field}
            value={typedValue(form, draft, field)}
            onChange={(value) => onDraft(withValue(form, draft, field.name, value))}
            error={errorOf(field.name)}
            options={optionsOf(form, draft, field)}
            dependsOn={dependsOn(form, field, draft)}
            label={draft.labels[field.name] ?? form.labels[field.name] ?? null}
            onChoose={(id, label) => {
              const named = { ...draft, labels: { ...draft.labels, [field.name]: label } };
              onDraft(withValue(form, named, field.name, id));
            }}
          />
        </div>
      ))}
    </div>
  );
}

/** What has to be chosen before anything can be chosen here. */
function dependsOn(form: RecordForm, field: RecordFormField, draft: RecordDraft): string | null {
  const controller = form.fields.find(({ name }) => name === field.controller);
  return controller && optionsOf(form, draft, field).length === 0 ? controller.label : null;
}
