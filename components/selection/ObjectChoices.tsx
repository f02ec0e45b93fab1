import { i18n } from '#i18n';
import { COPIED, type ObjectKind } from '../sync/object-names';
import { ObjectRow } from './ObjectRow';
import { withObject, type SelectionDraft } from './selection-draft';

interface Props {
  connectionId: string;
  draft: SelectionDraft;
  onChange: (draft: SelectionDraft) => void;
  unavailable: readonly ObjectKind[];
}

/** Which kinds of record are copied, and which of their fields. */
export function ObjectChoices({ connectionId, draft, onChange, unavailable }: Props) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">{i18n.t('selection.objects')}</legend>
      <ul className="divide-y divide-hairline rounded-lg border border-edge bg-raised">
        {COPIED.map((kind) => (
          <li key={kind}>
            <ObjectRow
              connectionId={connectionId}
              kind={kind}
              chosen={draft.objects[kind]}
              onChange={(change) => onChange(withObject(draft, kind, change))}
              unavailable={unavailable.includes(kind)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
