import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { i18n } from '#i18n';
import type { RightsList, RightsRequests } from '@/lib/messaging/rights-protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { formatNumber } from '../ui/format';
import { LetIn } from './LetIn';

type Connection = RightsRequests['rights.lists']['out'][number];
interface Props {
  of: Connection;
  list: RightsList;
}

const LISTS: readonly RightsList[] = ['erased', 'objections'];

/** How many people each connection keeps out or does not contact, and the way on from a list that was damaged. Who they are nobody can say: it holds hashes. */
export function KeptOut() {
  const { data, error, refetch } = useRequest('rights.lists', {});
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} className="mt-3" />;
  const shown = (data ?? []).flatMap((of) => LISTS.filter((list) => of[list] !== 0).map((list) => ({ of, list })));
  return (
    <ul className="mt-3 space-y-2 text-sm text-muted empty:hidden">
      {shown.map(({ of, list }) => (
        <li key={`${of.connectionId} ${list}`}>
          {of[list] === null ? <Damaged of={of} list={list} /> : <Line of={of} list={list} people={of[list]} />}
        </li>
      ))}
    </ul>
  );
}

function Line({ of: { connectionId, orgName, crmLabel }, list, people }: Props & { people: number }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span>
        <CrmText text={orgName || crmLabel} />
        {': '}
        {i18n.t(list === 'erased' ? 'rights.keptOut' : 'rights.objected', people, [formatNumber(people)])}
      </span>
      <LetIn connectionId={connectionId} list={list} />
    </div>
  );
}

/** Whoever was on the list can be copied or contacted again with a new one, so that it asks first. */
function Damaged({ of: { connectionId, orgName, crmLabel }, list }: Props) {
  const client = useQueryClient();
  const reset = useAction('rights.reset');
  const [asking, setAsking] = useState(false);
  const begin = () =>
    reset.mutate(
      { connectionId, list },
      {
        onSuccess() {
          setAsking(false);
          void client.invalidateQueries({ queryKey: ['rights.lists', {}] });
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
        {i18n.t(list === 'erased' ? 'error.erased_damaged' : 'error.objections_damaged')}
      </p>
      <ConfirmDialog
        open={asking}
        title={i18n.t('rights.resetTitle')}
        confirmLabel={i18n.t('rights.reset')}
        busy={reset.isPending}
        onConfirm={begin}
        onCancel={() => setAsking(false)}
      >
        <p>{i18n.t(list === 'erased' ? 'rights.resetText' : 'rights.resetObjections')}</p>
        {reset.error && <ErrorNotice error={reset.error} className="mt-3" />}
      </ConfirmDialog>
    </Notice>
  );
}
