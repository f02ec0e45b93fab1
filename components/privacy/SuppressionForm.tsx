import { useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';

/** Addresses and numbers of people who must not be put into the CRM again. Only how many there are can be shown: they are hashes. */
export function SuppressionForm({ connectionId }: { connectionId: string }) {
  const client = useQueryClient();
  const list = useRequest('basis.suppressed', { connectionId });
  const change = useAction('basis.suppress');
  const [contact, setContact] = useState('');
  const send = (on: boolean) =>
    change.mutate(
      { connectionId, contact, on },
      {
        onSuccess(now) {
          setContact('');
          client.setQueryData(['basis.suppressed', { connectionId }], now);
        },
      },
    );
  const isWrong = change.error?.code === 'basis.contact-invalid';
  const error = list.error ?? (isWrong ? null : change.error);
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label={i18n.t('basis.suppress.title')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send(true);
      }}
    >
      <h2 className="font-medium">{i18n.t('basis.suppress.title')}</h2>
      <p className="mb-2 text-muted">{i18n.t('basis.suppress.text')}</p>
      <div className="flex flex-wrap items-end gap-2">
        <Labelled
          className="min-w-48 flex-1"
          label={i18n.t('basis.suppress.contact')}
          error={isWrong ? i18n.t('error.basis_contact_invalid') : undefined}
        >
          {(wiring) => (
            <input
              {...wiring}
              type="text"
              maxLength={320}
              value={contact}
              onChange={(event) => {
                change.reset();
                setContact(event.target.value);
              }}
              className={cx(CONTROL_LOOK, 'h-7')}
            />
          )}
        </Labelled>
        <Button type="submit" busy={change.isPending}>
          {i18n.t('basis.suppress.add')}
        </Button>
        <Button onClick={() => send(false)} disabled={change.isPending}>
          {i18n.t('basis.suppress.remove')}
        </Button>
      </div>
      {error && <ErrorNotice error={error} className="mt-2" />}
      {error?.code === 'suppression.damaged' && (
        <NewList
          connectionId={connectionId}
          onDone={(now) => {
            change.reset();
            client.setQueryData(['basis.suppressed', { connectionId }], now);
          }}
        />
      )}
      <p role="status" className="mt-2 text-sm text-faint">
        {list.data && i18n.t('basis.suppress.count', list.data.count)}
      </p>
    </form>
  );
}

/** The way on from a list that was damaged. Whoever was on it is forgotten, so that it asks first. */
function NewList({ connectionId, onDone }: { connectionId: string; onDone: (now: { count: number }) => void }) {
  const reset = useAction('basis.resetSuppressed');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button className="mt-2" onClick={() => setAsking(true)}>
        {i18n.t('basis.suppress.reset')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={i18n.t('basis.suppress.resetTitle')}
        confirmLabel={i18n.t('basis.suppress.resetConfirm')}
        busy={reset.isPending}
        onConfirm={() =>
          reset.mutate(
            { connectionId },
            {
              onSuccess(now) {
                setAsking(false);
                onDone(now);
              },
            },
          )
        }
        onCancel={() => setAsking(false)}
      >
        <p>{i18n.t('basis.suppress.resetText')}</p>
        {reset.error && <ErrorNotice error={reset.error} className="mt-3" />}
      </ConfirmDialog>
    </>
  );
}
