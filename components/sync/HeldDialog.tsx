import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { HeldItem } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { Dialog } from '../ui/Dialog';
import { ErrorNotice } from '../ui/ErrorNotice';
import { formatNumber } from '../ui/format';
import { readable } from '../ui/text';
import { objectsName, type ObjectKind } from './object-names';

interface Props {
  connectionId: string;
  crmLabel: string;
  object: ObjectKind;
  open: boolean;
  /** Closed without an answer: the question stays. */
  onClose: () => void;
  onAnswered: () => void;
}

/** Shows which records would go, because a number alone tells nobody whether they should. */
export function HeldDialog({ connectionId, crmLabel, object, open, onClose, onAnswered }: Props) {
  const client = useQueryClient();
  const held = useRequest('sync.held', { connectionId, object }, { enabled: open });
  const act = useAction('sync.answer');
  const answer = async (given: 'keep' | 'remove') => {
    const done = await act.mutateAsync({ connectionId, object, answer: given }).then(
      () => true,
      () => false,
    );
    if (!done) return;
    await client.invalidateQueries({ queryKey: ['connections.list'] });
    onAnswered();
  };
  const close = () => {
    act.reset();
    onClose();
  };
  const doing = (given: 'keep' | 'remove') => act.isPending && act.variables.answer === given;
  return (
    <Dialog
      open={open}
      size="medium"
      closeButton
      title={i18n.t('held.title', [objectsName(object), crmLabel])}
      text={i18n.t('held.text', [crmLabel])}
      busy={act.isPending}
      onClose={close}
      actions={
        <>
          <Button busy={doing('keep')} disabled={doing('remove')} onClick={() => void answer('keep')}>
            {i18n.t('held.keep')}
          </Button>
          <Button
            look="danger"
            busy={doing('remove')}
            disabled={doing('keep') || held.data === undefined}
            onClick={() => void answer('remove')}
          >
            {i18n.t('held.remove')}
          </Button>
        </>
      }
    >
      <div className="mt-4">
        {held.error && <ErrorNotice error={held.error} onRetry={() => void held.refetch()} />}
        {!held.error && !held.data && <ListSkeleton />}
        {!held.error && held.data && <HeldItems items={held.data.items} count={held.data.count} object={object} />}
      </div>
      {act.error && <ErrorNotice error={act.error} className="mt-3" />}
    </Dialog>
  );
}

function HeldItems({ items, count, object }: { items: HeldItem[]; count: number; object: ObjectKind }) {
  const more = count > items.length;
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={objectsName(object)}
        className="max-h-72 overflow-y-auto rounded-lg border border-hairline"
      >
        <ul className="divide-y divide-hairline">
          {items.map(({ id, name, detail }) => (
            <li key={id} className="flex items-baseline gap-3 px-3 py-1.5">
              <span className="min-w-0 truncate">
                {readable(name) === '' ? <i>{i18n.t('common.noName')}</i> : <CrmText text={name} />}
              </span>
              {detail !== null && (
                <span className="ms-auto max-w-[50%] shrink-0 truncate text-sm text-faint">
                  <CrmText text={detail} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <p className="mt-1.5 text-sm text-faint">
        {more
          ? i18n.t('held.first', [formatNumber(items.length), formatNumber(count)])
          : i18n.t('held.all', count, [formatNumber(count)])}
      </p>
    </>
  );
}

function ListSkeleton() {
  return (
    <div role="status" className="rounded-lg border border-hairline px-3 py-2.5">
      <span className="sr-only">{i18n.t('common.loading')}</span>
      <div aria-hidden="true" className="space-y-3">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div key={row} className="shimmer h-3 w-full" />
        ))}
      </div>
    </div>
  );
}
