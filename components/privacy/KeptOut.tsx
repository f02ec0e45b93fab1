import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { i18n } from '#i18n';
import type { RightsRequests } from '@/lib/messaging/rights-protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { formatNumber } from '../ui/format';

type List = RightsRequests['rights.erased']['out'][number];

/** How many people each connection keeps out, and the way on from a list that was damaged. Who they are nobody can say: it holds hashes. */
export function KeptOut() {
  const { data, error, refetch } = useRequest('rights.erased', {});
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="mt-3" />;
  const shown = data?.filter(({ people }) => people !== 0) ?? [];
  return (
    <ul className="mt-3 space-y-2 text-sm text-muted empty:hidden">
      {shown.map((list) => (
        <li key={list.connectionId}>
          {list.people === null ? <Damaged list={list} /> : <Line list={list} people={list.people} />}
        </li>
      ))}
    </ul>
  );
}

function Line({ list: { orgName, crmLabel }, people }: { list: List; people: number }) {
  return (
    <>
      <CrmText text={orgName || crmLabel} />
      {': '}
      {i18n.t('rights.keptOut', people, [formatNumber(people)])}
    </>
  );
}

/** Whoever was on the list can be copied again with a new one, so that it asks first. */
function Damaged({ list: { connectionId, orgName, crmLabel } }: { list: List }) {
  const client = useQueryClient();
  const reset = useAction('rights.reset');
  const [asking, setAsking] = useState(false);
  const begin = () =>
    reset.mutate(
      { connectionId },
      {
        onSuccess() {
          setAsking(false);
          void client.invalidateQueries({ queryKey: ['rights.erased', {}] });
        },
      },
    );
  return (
    <Notice
      tone="danger"
      actions={
        <Button size="small" onClick={() => setAsking(true)}>
          {i18n.t('rights.reset')}
        </Button>
      }
    >
      <p>
        <CrmText text={orgName || crmLabel} />
        {': '}
        {i18n.t('error.erased_damaged')}
      </p>
      <ConfirmDialog
        open={asking}
        title={i18n.t('rights.resetTitle')}
        confirmLabel={i18n.t('rights.reset')}
        busy={reset.isPending}
        onConfirm={begin}
        onCancel={() => setAsking(false)}
      >
        <p>{i18n.t('rights.resetText')}</p>
        {reset.error && <ErrorNotice error={reset.error} className="mt-3" />}
      </ConfirmDialog>
    </Notice>
  );
}
