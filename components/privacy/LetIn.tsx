import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { i18n } from '#i18n';
import type { RightsList } from '@/lib/messaging/rights-protocol';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';

/** Takes somebody off a list who was put on it by mistake. The user has to know who it is: the list does not. */
export function LetIn({ connectionId, list }: { connectionId: string; list: RightsList }) {
  const isErased = list === 'erased';
  const client = useQueryClient();
  const letIn = useAction('rights.letIn');
  const [asking, setAsking] = useState(false);
  const [text, setText] = useState('');
  const close = () => {
    setAsking(false);
    setText('');
    letIn.reset();
  };
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setAsking(true)}>
        {i18n.t(isErased ? 'rights.letIn' : 'rights.takeBack')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={i18n.t(isErased ? 'rights.letInTitle' : 'rights.takeBackTitle')}
        confirmLabel={i18n.t(isErased ? 'rights.letInConfirm' : 'rights.takeBackConfirm')}
        busy={letIn.isPending}
        onConfirm={() =>
          letIn.mutate(
            { connectionId, list, text },
            {
              onSuccess() {
                close();
                void client.invalidateQueries({ queryKey: ['rights.lists', {}] });
              },
            },
          )
        }
        onCancel={close}
      >
        <p>{i18n.t('rights.letInText')}</p>
        {!isErased && <p className="mt-2">{i18n.t('rights.letInFlags')}</p>}
        {/* A dialog that is closed keeps nothing that was typed, and no second field by that name. */}
        {asking && (
          <Labelled className="mt-3" label={i18n.t('rights.letInWho')}>
            {(wiring) => (
              <input
                {...wiring}
                type="text"
                maxLength={320}
                autoComplete="off"
                spellCheck={false}
                value={text}
                onChange={(event) => setText(event.target.value)}
                className={cx(CONTROL_LOOK, 'h-7')}
              />
            )}
          </Labelled>
        )}
        {letIn.error && <ErrorNotice error={letIn.error} className="mt-3" />}
      </ConfirmDialog>
    </>
  );
}
