import { i18n } from '#i18n';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { DuplicateChoice, OutboxNeed } from '@/lib/messaging/outbox-protocol';
import { AppError } from '@/lib/shared/errors';
import { DuplicateNotice } from '../creation/DuplicateNotice';
import { SideBySide } from '../creation/SideBySide';
import { ObjectionSteps } from './ObjectionSteps';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { sentenceOf } from '../ui/sentence';

interface Props {
  needs: OutboxNeed;
  object: CreatableObject;
  busy: boolean;
  onChoose: (choice: DuplicateChoice) => void;
}

/** What only the user can answer, and the answers there are. What is wrong with a field is mended in the form. */
export function OutboxNeedView({ needs, object, busy, onChoose }: Props) {
  switch (needs.kind) {
    case 'duplicates':
      return (
        <div className="mt-2">
          <DuplicateNotice found={needs} object={object} busy={busy} onChoose={onChoose} />
        </div>
      );
    case 'conflict':
      return <Conflict fields={needs.fields} busy={busy} onOverwrite={() => onChoose('ask')} />;
    case 'refused':
      return <p className="mt-1 text-sm">{sentenceOf(new AppError(needs.code))}</p>;
    case 'objection':
      return <ObjectionSteps needs={needs} />;
    case 'basis':
      return <Reasons texts={needs.reasons} />;
    case 'invalid':
      return (
        <Reasons texts={[...needs.formErrors, ...Object.entries(needs.fieldErrors).map(([name, text]) => `${name}: ${text}`)]} />
      );
  }
}

function Reasons({ texts }: { texts: readonly string[] }) {
  return (
    <ul className="mt-1 text-sm">
      {texts.map((text) => (
        <li key={text}>
          <CrmText text={text} />
        </li>
      ))}
    </ul>
  );
}

interface ConflictProps {
  fields: Extract<OutboxNeed, { kind: 'conflict' }>['fields'];
  busy: boolean;
  onOverwrite: () => void;
}

function Conflict({ fields, busy, onOverwrite }: ConflictProps) {
  return (
    <div className="mt-1 text-sm">
      <p>{i18n.t('outbox.conflict')}</p>
      <SideBySide fields={fields} />
      <Button size="small" className="mt-1.5" busy={busy} onClick={onOverwrite}>
        {i18n.t('outbox.overwrite')}
      </Button>
    </div>
  );
}
