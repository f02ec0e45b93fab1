import { i18n } from '#i18n';
import type { Changeable } from '@/lib/messaging/creation-protocol';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { Phrase, slots } from '../ui/Phrase';
import type { RowChange, Values } from './changes';

interface Props {
  change: RowChange;
  onUndo: () => void;
  onForce: () => void;
  onDismiss: () => void;
}

/** What has become of a change, below its row. */
export function RowNews({ change: { state }, onUndo, onForce, onDismiss }: Props) {
  const leave = (
    <Button size="small" onClick={onDismiss}>
      {i18n.t('quick.keep')}
    </Button>
  );
  if (state.kind === 'failed') return <ErrorNotice error={state.error} className="my-2" onRetry={onForce} />;
  if (state.kind === 'refused' && state.result.kind === 'conflict')
    return (
      <Notice
        tone="warn"
        urgent
        className="my-2"
        actions={
          <>
            <Button size="small" onClick={onForce}>
              {i18n.t('quick.overwrite')}
            </Button>
            {leave}
          </>
        }
      >
        <Phrase
          text={i18n.t('quick.conflict', slots('current'))}
          parts={{ current: <Current values={state.result.current} /> }}
        />
      </Notice>
    );
  if (state.kind === 'refused' && state.result.kind === 'gone')
    return (
      <Notice tone="warn" urgent className="my-2">
        {i18n.t('quick.gone')}
      </Notice>
    );
  if (state.kind === 'refused' && state.result.kind === 'invalid')
    return (
      <Notice tone="danger" urgent className="my-2" actions={leave}>
        {state.result.reasons.map((reason) => (
          <CrmText key={reason} text={reason} className="block" />
        ))}
      </Notice>
    );
  return (
    <p role="status" className="flex h-6 items-center gap-1.5 text-sm text-good">
      {state.kind === 'undone' && i18n.t('quick.undone')}
      {state.kind === 'done' && (
        <>
          {i18n.t('quick.changed')}
          <Button size="small" look="quiet" onClick={onUndo}>
            {i18n.t('quick.undo')}
          </Button>
        </>
      )}
    </p>
  );
}

function Current({ values }: { values: Values }) {
  const texts = (Object.keys(values) as Changeable[]).map((model) => values[model] || i18n.t('quick.emptyValue'));
  return <CrmText text={texts.join(', ')} className="font-medium" />;
}
